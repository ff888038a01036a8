import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  empty,
  entries,
  from,
  remove,
  set,
  type Change,
  type Collection,
} from '../../../src/collection/collection.ts';
import { diff } from '../../../src/collection/diff.ts';
import { branchAt, firstKey, keyAt, type Branch } from '../../../src/collection/trie/branch.ts';
import {
  aHistory,
  rebuilt,
  sameHash,
  versionsOf,
} from '../../_support/property/collection-history.ts';
import { holds } from '../../_support/property/property.ts';

/** What two Maps differ by, found by looking at every key. */
const plainDiff = (before: Collection<string, number>, after: Collection<string, number>) => {
  const [old, now] = [new Map(entries(before)), new Map(entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => old.get(key) !== now.get(key))
    .sort()
    .map((key) => [key, old.get(key), now.get(key)]);
};

const byKey = (changes: readonly Change<string, number>[]) =>
  changes
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, before, after }) => [key, before, after]);

test('finds every change between any two versions, each once', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), fc.nat(), fc.nat(), (history, i, j) => {
      const versions = [empty<string, number>(), ...versionsOf(history)];
      const before = versions[i % versions.length] ?? empty();
      const after = versions[j % versions.length] ?? empty();
      const changes = diff(before, after);
      assert.deepEqual(byKey(changes), plainDiff(before, after));
      assert.deepEqual(byKey(diff(rebuilt(entries(before)), after)), plainDiff(before, after));
    }),
    { numRuns: 300 },
  );
});

test('an absent side of a change has no property', (t) => {
  const one = from([['a', 1]]);
  t.deepEqual(diff(empty(), one), [{ key: 'a', after: 1 }]);
  t.deepEqual(diff(one, empty()), [{ key: 'a', before: 1 }]);
  t.deepEqual(diff(one, set(one, 'a', 2)), [{ key: 'a', before: 1, after: 2 }]);
  t.deepEqual(diff(one, one), []);
});

test('values are compared by identity', (t) => {
  const [a, b] = [{ x: 1 }, { x: 1 }];
  t.is(diff(from([['k', a]]), from([['k', b]])).length, 1);
  t.is(diff(from([['k', a]]), from([['k', a]])).length, 0);
});

test('finds changes among keys with one hash', (t) => {
  const before = from(sameHash.map((key, i) => [key, i] as const));
  const after = remove(set(before, sameHash[1], 10), sameHash[2]);
  t.deepEqual(
    byKey(diff(before, after)),
    [
      [sameHash[1], 1, 10],
      [sameHash[2], 2, undefined],
    ].sort(),
  );
});

/** The collection with every branch wrapped, so that each look at its entries is counted once. */
const watched = (
  collection: Collection<string, number>,
  seen: Set<Branch<string, number>>,
  known: Map<Branch<string, number>, Branch<string, number>>,
): Collection<string, number> => {
  const watch = (branch: Branch<string, number>): Branch<string, number> => {
    const before = known.get(branch);
    if (before !== undefined) return before;
    const cells = [...branch];
    for (let at = firstKey; at < branch.length; at += 2)
      if (keyAt(branch, at) === undefined) cells[at + 1] = watch(branchAt(branch, at));
    const wrapped = new Proxy(cells as unknown as Branch<string, number>, {
      get: (target, name) => {
        seen.add(branch);
        return Reflect.get(target, name) as unknown;
      },
    });
    known.set(branch, wrapped);
    return wrapped;
  };
  return { size: collection.size, root: watch(collection.root) };
};

test('one change among 20,000 entries looks at one path of branches', (t) => {
  const before = from(Array.from({ length: 20_000 }, (_, i) => [`key-${i}`, i] as const));
  for (const after of [
    set(before, 'key-777', -1),
    set(before, 'another', 1),
    remove(before, 'key-19999'),
  ]) {
    const seen = new Set<Branch<string, number>>();
    const known = new Map<Branch<string, number>, Branch<string, number>>();
    const changes = diff(watched(before, seen, known), watched(after, seen, known));
    t.is(changes.length, 1);
    t.true(seen.size > 0 && seen.size <= 2 * 7, `${seen.size} branches were looked at`);
  }
});
