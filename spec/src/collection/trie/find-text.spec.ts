import test from 'ava';
import * as fc from 'fast-check';

import { from } from '../../../../src/collection/collection.ts';
import { keyAt } from '../../../../src/collection/trie/branch.ts';
import { findText, isText } from '../../../../src/collection/trie/find-text.ts';

test('a key is found by its UTF-8, in the middle of other bytes, and others are not', (t) => {
  const name = fc.string({ unit: 'grapheme', maxLength: 6 });
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.array(name), name, (names, wanted) => {
        const bytes = Buffer.from(`<<${wanted}>>`);
        const { root } = from(names.map((key) => [key, true] as const));
        const found = findText(root, bytes, 2, bytes.length - 2, keyAt<string, true>);
        return found === (names.includes(wanted) ? wanted : undefined);
      }),
    ),
  );
});

test('text that looks like the bytes of other text is another one', (t) => {
  const bytes = Buffer.from('é');
  t.true(isText(bytes, 0, 2, 'é'));
  t.false(isText(bytes, 0, 2, 'Ã©'));
  t.false(isText(bytes, 0, 2, 'e'));
});
