import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { empty, from, get, set } from '../../../src/collection/collection.ts';
import { equal } from '../../../src/collection/equal.ts';
import { put } from '../../../src/collection/put.ts';
import { Sensitive } from '../../../src/ir/sensitive.ts';
import { holds } from '../../_support/property/property.ts';

const compares = test.macro({
  exec(t, a: unknown, b: unknown, expected: boolean) {
    t.is(equal(a, b), expected);
    t.is(equal(b, a), expected);
    t.is(equal({ within: [a] }, { within: [b] }), expected);
  },
  title: (name = '') => `equal: ${name}`,
});

test('the order of properties does not matter', compares, { a: 1, b: 2 }, { b: 2, a: 1 }, true);
test('the order of a list does', compares, [1, 2], [2, 1], false);
test('a longer list differs', compares, [1], [1, 2], false);
test('a property more makes a difference', compares, { a: 1 }, { a: 1, b: 2 }, false);
test('undefined is not absent', compares, { a: undefined }, { b: undefined }, false);
test('undefined is not nothing', compares, { a: undefined }, {}, false);
test('a list is not a record', compares, [], {}, false);
test('null is not a record', compares, null, {}, false);
test('a number is not its text', compares, 1, '1', false);
test('no number is equal to itself', compares, Number.NaN, Number.NaN, true);
test('an inherited property does not count', compares, { toString: 1 }, { a: 1 }, false);
test(
  'a private key counts by its handle',
  compares,
  new Sensitive('one', 'a'),
  new Sensitive('one', 'b'),
  true,
);
test(
  'a private key that is lost differs from one that is not',
  compares,
  new Sensitive('one', 'a'),
  new Sensitive('one', 'a').lost(),
  false,
);
test(
  'private keys with two handles differ',
  compares,
  new Sensitive('one', 'a'),
  new Sensitive('two', 'a'),
  false,
);

test('equal means: the same JSON, when properties are in one order', (t) => {
  holds(
    t,
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
      assert.ok(equal(a, structuredClone(a)));
      assert.equal(equal(a, b), JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value;
  const properties = Object.entries(value)
    .map(([key, below]) => [key, sorted(below)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return { properties };
};

test('put keeps a value that is equal, with its identity', (t) => {
  const value = { list: [1, 2] };
  const collection = from([['a', value]]);
  t.is(put(collection, 'a', { list: [1, 2] }), collection);
  t.is(get(put(collection, 'a', { list: [1, 2] }), 'a'), value);
  t.deepEqual(get(put(collection, 'a', { list: [1] }), 'a'), { list: [1] });
});

test('put without a value removes', (t) => {
  const collection = set(empty<string, number>(), 'a', 1);
  t.deepEqual(put(collection, 'a', undefined), empty<string, number>());
  t.is(put(collection, 'b', undefined), collection);
});
