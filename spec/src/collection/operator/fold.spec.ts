import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { empty, entries, from, remove, set } from '../../../../src/collection/collection.ts';
import { fold } from '../../../../src/collection/operator/fold.ts';
import { aHistory, rebuilt, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

test('equals a plain fold over all entries, in every version of every history', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(9)), (history) => {
      const text = fold<string, number, string>(
        (value, key) => `${key}=${value} `,
        (parts) => parts.join(''),
      );
      for (const version of versionsOf(history)) {
        const plain = [...entries(version)].map(([key, value]) => `${key}=${value} `).join('');
        assert.equal(text(version), plain);
        assert.equal(text(rebuilt(entries(version))), plain);
      }
    }),
  );
});

test('the empty collection is the join of nothing', (t) => {
  const sum = fold<string, number, number>(
    (value) => value,
    (parts) => parts.reduce((a, b) => a + b, 0),
  );
  t.is(sum(empty()), 0);
});

test('one change among 20,000 entries computes one path again', (t) => {
  let leaves = 0;
  let joins = 0;
  const sum = fold<string, number, number>(
    (value) => {
      leaves += 1;
      return value;
    },
    (parts) => {
      joins += 1;
      return parts.reduce((a, b) => a + b, 0);
    },
  );
  const before = from(Array.from({ length: 20_000 }, (_, i) => [`key-${i}`, 1] as const));
  t.is(sum(before), 20_000);
  t.is(leaves, 20_000);
  for (const [after, expected] of [
    [set(before, 'key-777', 11), 20_010],
    [set(before, 'another', 1), 20_001],
    [remove(before, 'key-19999'), 19_999],
  ] as const) {
    leaves = 0;
    joins = 0;
    t.is(sum(after), expected);
    t.true(joins >= 1 && joins <= 7, `${joins} joins`);
    t.true(leaves <= 7 * 32, `${leaves} leaves`);
    t.is(sum(after), expected);
    t.true(joins <= 7, 'a version that is known costs nothing');
  }
});
