import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  empty,
  entries,
  from,
  get,
  settled,
  withEdits,
} from '../../../src/collection/collection.ts';
import { editOf, valuesOf } from '../../../src/collection/edit.ts';
import {
  aHistory,
  nearHash,
  rebuilt,
  sameHash,
  versionsOf,
  type History,
} from '../../_support/property/collection-history.ts';
import { holds } from '../../_support/property/property.ts';

const editsOf = <V>(batch: History<V>[number]) => batch.map(([key, value]) => editOf(key, value));

test('edits at once make what the same edits make one after the other', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), (history) => {
      let atOnce = empty<string, number>();
      for (const [i, oneByOne] of versionsOf(history).entries()) {
        atOnce = withEdits(atOnce, editsOf(history[i] ?? []));
        assert.deepEqual(atOnce, oneByOne);
        assert.deepEqual(atOnce, rebuilt(entries(atOnce)));
      }
    }),
    { numRuns: 300 },
  );
});

test('a version that was handed out never changes', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), (history) => {
      let version = empty<string, number>();
      const shown = history.map((batch) => {
        version = withEdits(version, editsOf(batch));
        return { version, text: JSON.stringify(version.root) };
      });
      for (const { version: one, text } of shown) assert.equal(JSON.stringify(one.root), text);
      assert.deepEqual([...entries(empty())], []);
    }),
  );
});

test('edits that change nothing give the same collection back', (t) => {
  const all = [...sameHash, ...nearHash];
  const before = from(all.map((key) => [key, { key }] as const));
  const again = all.map((key) => editOf(key, get(before, key)));
  t.is(withEdits(before, again), before);
  t.is(withEdits(before, []), before);
  t.is(withEdits(before, [editOf<string, { key: string }>('nobody', undefined)]), before);
});

test('a present value that is the same stays where it is', (t) => {
  const before = from(['a', 'b', ...sameHash].map((key) => [key, { n: 1 }] as const));
  const edits = [editOf('a', { n: 1 }), editOf('b', { n: 2 }), editOf(sameHash[2], { n: 1 })];
  const after = withEdits(before, edits, (a, b) => a.n === b.n);
  t.is(get(after, 'a'), get(before, 'a'));
  t.is(get(after, sameHash[2]), get(before, sameHash[2]));
  t.deepEqual(get(after, 'b'), { n: 2 });
  t.is(
    withEdits(before, [editOf('a', { n: 1 })], (a, b) => a.n === b.n),
    before,
  );
});

test('all edits of one key are settled together, in order, with what is there', (t) => {
  const before = from([
    ['a', 'a'],
    [sameHash[0], 'b'],
    [sameHash[1], 'gone'],
  ]);
  const edits = [
    editOf('a', '1'),
    editOf(sameHash[0], '2'),
    editOf('new', '3'),
    editOf(sameHash[0], '4'),
    editOf('a', '5'),
    editOf(sameHash[1], '-'),
  ];
  const after = settled<string, string, string>(before, edits, (present = '', about) => {
    const text = present + valuesOf(about).join('');
    return text.endsWith('-') ? undefined : text;
  });
  t.is(after.size, 3);
  t.deepEqual(
    ['a', sameHash[0], 'new', sameHash[1]].map((key) => get(after, key)),
    ['a15', 'b24', '3', undefined],
  );
});
