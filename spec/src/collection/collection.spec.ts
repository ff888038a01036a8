import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  empty,
  entries,
  from,
  get,
  has,
  keys,
  remove,
  set,
  values,
} from '../../../src/collection/collection.ts';
import { hashOf } from '../../../src/collection/hash.ts';
import {
  aHistory,
  aKey,
  nearHash,
  rebuilt,
  sameHash,
  sorted,
} from '../../_support/property/collection-history.ts';
import { holds } from '../../_support/property/property.ts';

/** How many of the lowest bits a key's hash has in common with that of `sameHash`, in bits tried. */
const lowestDifference = (key: string): number | undefined =>
  [30, 25, 10].find((bits) => (hashOf(key) ^ hashOf(sameHash[0])) << (32 - bits) === 0);

test('the keys of these specs do collide', (t) => {
  t.deepEqual(sameHash.map(hashOf), [3658084707, 3658084707, 3658084707, 3658084707]);
  t.deepEqual(nearHash.map(lowestDifference), [30, 25, 25, 10, 10]);
});

test('hashes never change: they decide the order of everything that is sent', (t) => {
  t.deepEqual(
    ['', 'a', 'shop/web', 'Ω'].map(hashOf),
    [2872998923, 444641715, 1083882110, 1109145794],
  );
});

test('behaves like a Map, whatever the history', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), (history) => {
      let collection = empty<string, number>();
      const model = new Map<string, number>();
      for (const [key, value] of history.flat()) {
        collection = value === undefined ? remove(collection, key) : set(collection, key, value);
        if (value === undefined) model.delete(key);
        else model.set(key, value);
        assert.equal(collection.size, model.size);
        assert.equal(get(collection, key), value);
        assert.equal(has(collection, key), value !== undefined);
      }
      assert.deepEqual(sorted(entries(collection)), sorted(model));
      assert.deepEqual([...keys(collection)].sort(), [...model.keys()].sort());
      assert.deepEqual([...values(collection)].sort(), [...model.values()].sort());
      for (const key of [...sameHash, ...nearHash])
        assert.equal(get(collection, key), model.get(key));
    }),
    { numRuns: 300 },
  );
});

test('equal contents have equal structure and order, whatever the history', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), (history) => {
      let collection = empty<string, number>();
      for (const [key, value] of history.flat())
        collection = value === undefined ? remove(collection, key) : set(collection, key, value);
      const again = rebuilt(entries(collection));
      assert.deepEqual(collection, again);
      assert.deepEqual([...entries(collection)], [...entries(again)]);
    }),
    { numRuns: 300 },
  );
});

test('a version that exists already never changes', (t) => {
  const before = from([...sameHash, ...nearHash].map((key, i) => [key, i] as const));
  const contents = [...entries(before)];
  for (const key of [...sameHash, ...nearHash]) {
    set(before, key, 100);
    remove(before, key);
  }
  set(before, 'new', 1);
  t.deepEqual([...entries(before)], contents);
});

test('what changes nothing gives the same collection back', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), aKey, (history, key) => {
      const collection = from(
        history.flat().flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])),
      );
      const value = get(collection, key);
      assert.equal(
        value === undefined ? remove(collection, key) : set(collection, key, value),
        collection,
      );
    }),
  );
});

test('of two entries with one key the later one counts', (t) => {
  t.deepEqual(
    [
      ...entries(
        from([
          ['a', 1],
          ['b', 2],
          ['a', 3],
        ]),
      ),
    ].sort(),
    [
      ['a', 3],
      ['b', 2],
    ],
  );
});

test('every empty collection is one of its own, made of the same branch', (t) => {
  const emptied = remove(set(empty<string, number>(), 'a', 1), 'a');
  for (const one of [emptied, empty<string, number>()]) {
    t.not(one, empty());
    t.is(one.root, empty<string, number>().root);
  }
});

test('every branch of a large collection has two entries below it or leads to such a branch', (t) => {
  const large = from(Array.from({ length: 5000 }, (_, i) => [`key-${i}`, i] as const));
  let left = large;
  for (let i = 0; i < 4990; i += 1) left = remove(left, `key-${i}`);
  t.is(large.size, 5000);
  t.is(left.size, 10);
  t.deepEqual(left, rebuilt(entries(left)));
});
