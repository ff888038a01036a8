import test from 'ava';
import * as fc from 'fast-check';

import { entries, from, remove, set } from '../../../../src/collection/collection.ts';
import { shareSubtrees } from '../../../../src/collection/trie/share-subtrees.ts';

const same = (a: { readonly n: number }, b: { readonly n: number }): boolean => a.n === b.n;

const numbers = (count: number, n = 0) =>
  from(Array.from({ length: count }, (_, i) => [`key-${i}`, { n }] as const));

test('equal entries that were made apart become the same collection', (t) => {
  const other = numbers(2_000);
  t.not(numbers(2_000), other);
  t.is(shareSubtrees(numbers(2_000), other, same), other);
});

test('what differs stays as it is', (t) => {
  const other = numbers(500);
  const changed = { n: 7 };
  const shared = shareSubtrees(set(numbers(500), 'key-3', changed), other, same);
  t.is(set(shared, 'key-3', { n: 0 }).size, 500);
  t.deepEqual(
    [...entries(shared)].filter(([, { n }]) => n !== 0),
    [['key-3', changed]],
  );
});

test('a collection that shares nothing is given back', (t) => {
  const mine = numbers(50, 1);
  t.is(shareSubtrees(mine, numbers(50, 2), same), mine);
});

test('one that differs at one key takes all else from the other', (t) => {
  const other = numbers(1_000);
  const shared = shareSubtrees(remove(numbers(1_000), 'key-1'), other, same);
  t.is(shared.size, 999);
  const theirs = new Map(entries(other));
  t.true([...entries(shared)].every(([key, value]) => theirs.get(key) === value));
});

test('whatever both hold, the entries stay the same', (t) => {
  const content = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.nat({ max: 2 })));
  t.notThrows(() =>
    fc.assert(
      fc.property(content, content, (mine, theirs) => {
        const [a, b] = [mine, theirs].map((list) =>
          from(list.map(([key, n]) => [key, { n }] as const)),
        );
        if (a === undefined || b === undefined) return false;
        const shared = shareSubtrees(a, b, same);
        return (
          shared.size === a.size &&
          JSON.stringify([...entries(shared)]) === JSON.stringify([...entries(a)])
        );
      }),
    ),
  );
});
