import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  coveringKeys,
  covers,
  indexKey,
  isHostname,
  moreSpecific,
  normalHostname,
  overlaps,
} from '../../../src/ir/hostname.ts';
import { holds } from '../../_support/property/property.ts';

const covering = test.macro({
  exec(t, outer: string, inner: string, expected: boolean) {
    t.is(covers(outer, inner), expected);
  },
  title: (_, outer: string, inner: string, expected: boolean) =>
    `${outer} ${expected ? 'covers' : 'does not cover'} ${inner}`,
});

test(covering, '*', '*', true);
test(covering, '*', 'a.example', true);
test(covering, '*', '*.example', true);
test(covering, 'a.example', 'a.example', true);
test(covering, 'a.example', '*', false);
test(covering, '*.example', 'a.example', true);
test(covering, '*.example', 'a.b.example', true);
test(covering, '*.example', '.example', false);
test(covering, '*.example', 'example', false);
test(covering, '*.example', '*.a.example', true);
test(covering, '*.a.example', '*.example', false);
test(covering, '*ample', '*.example', true);
test(covering, '*.example', '*ample', false);
test(covering, '*.example', 'a.*', false);
test(covering, 'a.*', 'a.example', true);
test(covering, 'a.*', 'a.', false);
test(covering, 'a.*', 'a.b.*', true);
test(covering, 'a.b.*', 'a.*', false);
test(covering, 'a*', 'a.*', true);

const overlapping = test.macro({
  exec(t, a: string, b: string, expected: boolean) {
    t.is(overlaps(a, b), expected);
    t.is(overlaps(b, a), expected);
  },
  title: (_, a: string, b: string, expected: boolean) =>
    `${a} and ${b} ${expected ? 'can' : 'cannot'} both match one name`,
});

test(overlapping, 'a.*', '*.example', true);
test(overlapping, '*.example', '*.test', false);
test(overlapping, 'a.*', 'b.*', false);
test(overlapping, 'a.example', 'b.example', false);
test(overlapping, '*.b.example', '*.example', true);

test('a name is compared in lower case and without its port', (t) => {
  t.is(normalHostname('Shop.Example:8443'), 'shop.example');
  t.is(normalHostname('[::1]:80'), '[::1]');
  t.is(normalHostname('[::1]'), '[::1]');
});

const named = test.macro({
  exec(t, name: string, expected: boolean) {
    t.is(isHostname(name), expected);
  },
  title: (_, name: string, expected: boolean) =>
    `${JSON.stringify(name)} is ${expected ? '' : 'no '}hostname`,
});

for (const good of ['*', 'a', 'a.b', '*.b', '*b', 'a.*', 'a*', 'a_b.c', '10.0.0.1', '[::1]'])
  test(named, good, true);
for (const bad of ['', '**', '*a*', 'a*b', '*.a.*', 'a b', 'a,b', 'ä.example', 'a/b', '.example'])
  test(named, bad, false);

test('names are ordered as Envoy looks them up', (t) => {
  t.deepEqual(
    ['*', 'a.*', 'a.b.*', '*.example', '*.b.example', 'z.example', 'a.example'].sort(moreSpecific),
    ['a.example', 'z.example', '*.b.example', '*.example', 'a.b.*', 'a.*', '*'],
  );
});

/** Names of few letters and labels, so that they meet. */
const aName = fc
  .array(fc.stringMatching(/^[ab]{1,2}$/), { minLength: 1, maxLength: 3 })
  .map((labels) => labels.join('.'));

/** Names and patterns of them, cut anywhere. */
const aHostname = fc
  .tuple(aName, fc.constantFrom('exact', 'suffix', 'prefix', 'any'), fc.nat(6))
  .map(([name, form, cut]) => {
    if (form === 'any') return '*';
    if (form === 'suffix') return `*${name.slice(Math.min(cut, name.length - 1))}`;
    return form === 'prefix' ? `${name.slice(0, (cut % name.length) + 1)}*` : name;
  });

test('whatever covers a name is found under one of its keys', (t) => {
  holds(
    t,
    fc.property(aHostname, aHostname, (outer, inner) => {
      fc.pre(covers(outer, inner));
      assert.ok(coveringKeys(inner).includes(indexKey(outer)), `${outer} around ${inner}`);
    }),
    { numRuns: 5000 },
  );
});

/** The names that a pattern stands for, as a regular expression would say it. */
const matches = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '.+')}$`).test(name);

test('what covers a pattern matches every name that the pattern matches', (t) => {
  holds(
    t,
    fc.property(aHostname, aHostname, aName, (outer, inner, name) => {
      if (covers(outer, inner) && matches(inner, name)) assert.ok(matches(outer, name));
      if (matches(outer, name) && matches(inner, name)) assert.ok(overlaps(outer, inner));
      assert.equal(covers(outer, name), matches(outer, name));
    }),
    { numRuns: 5000 },
  );
});
