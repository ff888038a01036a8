import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, from } from '../../../../src/collection/collection.ts';
import { diff } from '../../../../src/collection/diff.ts';
import { mapEntries } from '../../../../src/collection/operator/map-entries.ts';
import { branchAt, firstKey } from '../../../../src/collection/trie/branch.ts';
import { finish } from '../../../../src/collection/work.ts';
import { aHistory, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

const double = (n: number, key: string) => (n === 0 ? undefined : `${key}: ${2 * n}`);

test('makes the collection of the values that there are', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(3)), (history) => {
      for (const version of versionsOf(history)) {
        const plain = [...entries(version)].flatMap(([key, n]) => {
          const value = double(n, key);
          return value === undefined ? [] : [[key, value] as const];
        });
        assert.deepEqual(finish(mapEntries(version, double)), from(plain));
      }
    }),
    { numRuns: 300 },
  );
});

test('where every value stays the collection is another one, which shares everything', (t) => {
  for (const size of [0, 1, 2, 1000]) {
    const some = from(Array.from({ length: size }, (_, i) => [`key-${i}`, i] as const));
    const same = finish(mapEntries(some, (n) => n));
    t.not(same, some);
    t.deepEqual(same, some);
    if (size > 1) t.is(same.root, some.root);
  }
});

test('a subtree in which every value stays is shared', (t) => {
  const before = from(Array.from({ length: 1000 }, (_, i) => [`key-${i}`, i] as const));
  const after = finish(mapEntries(before, (n) => (n === 7 ? -7 : n)));
  t.deepEqual(diff(before, after), [{ key: 'key-7', before: 7, after: -7 }]);
  const places = Array.from({ length: 32 }, (_, i) => firstKey + 2 * i);
  const own = places.filter((at) => branchAt(before.root, at) !== branchAt(after.root, at));
  t.is(own.length, 1);
});
