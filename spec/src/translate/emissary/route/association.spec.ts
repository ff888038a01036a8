import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  associates,
  candidateKeys,
  mappingIndexKeys,
  serves,
  type Associated,
  type Associating,
} from '../../../../../src/translate/emissary/route/association.ts';
import { holds } from '../../../../_support/property/property.ts';

const blue = { matchLabels: { team: 'blue' } };
const inBlue = { team: 'blue', tier: 'web' };
const inRed = { team: 'red' };

const takes = test.macro({
  exec(t, host: Associating, rule: Associated, expected: boolean) {
    t.is(associates(host, rule, 'default/shop'), expected);
  },
  title: (name = '', _host: Associating, _rule: Associated, expected: boolean) =>
    `${name}: ${expected ? 'taken' : 'not taken'}`,
});

const shop = { hostname: 'shop.example' };
const any = { hostname: '*' };

test('neither selector nor hostname', takes, shop, { labels: inBlue }, false);
test('a hostname that overlaps', takes, shop, { hostname: '*.example', labels: {} }, true);
test('a hostname that does not', takes, shop, { hostname: 'x.example', labels: {} }, false);
test('a selector alone that selects', takes, { ...shop, selector: blue }, { labels: inBlue }, true);
test(
  'a selector alone that does not',
  takes,
  { ...shop, selector: blue },
  { labels: inRed },
  false,
);
test('both agree', takes, { ...shop, selector: blue }, { ...shop, labels: inBlue }, true);
test(
  'only the hostname agrees',
  takes,
  { ...shop, selector: blue },
  { ...shop, labels: inRed },
  false,
);
test(
  'only the selector agrees',
  takes,
  { ...shop, selector: blue },
  { hostname: 'x.example', labels: inBlue },
  false,
);
test('host_regex, for every hostname', takes, shop, { hostRegex: '.*', labels: {} }, true);
test(
  'host_regex, but the selector does not select',
  takes,
  { ...any, selector: blue },
  { hostRegex: '.*', labels: inRed },
  false,
);
test(
  'host_regex, and the selector selects',
  takes,
  { ...any, selector: blue },
  { hostRegex: '.*', labels: inBlue },
  true,
);

test(
  'all agree, and the Host is open to the namespace',
  takes,
  { ...any, mappingNamespaces: { edge: true, default: true } },
  { ...shop, labels: {} },
  true,
);
test(
  'all agree, but the Host is not open to the namespace',
  takes,
  { ...any, selector: blue, mappingNamespaces: { edge: true, 'default-2': true } },
  { hostRegex: '.*', labels: inBlue },
  false,
);

const selecting = test.macro({
  exec(t, operator: string, values: readonly string[] | undefined, expected: boolean) {
    const [key = '', name = ''] = operator.split(' ');
    const expression = { key, operator: name, ...(values === undefined ? {} : { values }) };
    const host = { ...any, selector: { matchExpressions: [expression] } };
    t.is(associates(host, { labels: inBlue }, 'default/shop'), expected);
  },
  title: (_, operator: string, values: readonly string[] | undefined) =>
    `matchExpressions: ${operator} ${values?.join() ?? ''}`,
});

test(selecting, 'team In', ['blue', 'red'], true);
test(selecting, 'team In', ['red'], false);
test(selecting, 'team NotIn', ['red'], true);
test(selecting, 'team NotIn', ['blue'], false);
test(selecting, 'other NotIn', ['blue'], true);
test(selecting, 'team Exists', undefined, true);
test(selecting, 'other Exists', undefined, false);
test(selecting, 'other DoesNotExist', undefined, true);
test(selecting, 'team DoesNotExist', undefined, false);
test(selecting, 'team Matches', ['blue'], false);

const aHostname = fc.constantFrom(
  '*',
  '*.example',
  '*.b.example',
  'a.*',
  'a.b.*',
  'a.b.example',
  'c.example',
  'a.b.test',
);
const someLabels = fc.constantFrom<Readonly<Record<string, string>>>({}, inBlue, inRed);
const aRule: fc.Arbitrary<Associated> = fc.oneof(
  someLabels.map((labels) => ({ labels })),
  fc.tuple(aHostname, someLabels).map(([hostname, labels]) => ({ hostname, labels })),
  someLabels.map((labels) => ({ hostRegex: 'x', labels })),
);
const aSelector = fc.constantFrom(
  undefined,
  blue,
  { matchLabels: { tier: 'web', team: 'blue' } },
  { matchExpressions: [{ key: 'team', operator: 'Exists' }] },
);

test('every rule that a domain needs is in one of its groups', (t) => {
  holds(
    t,
    fc.property(aHostname, aSelector, aRule, (domain, selector, rule) => {
      const host = { hostname: domain, ...(selector === undefined ? {} : { selector }) };
      fc.pre(serves(rule, domain) && associates(host, rule, 'default/shop'));
      const groups = candidateKeys(domain, selector);
      assert.ok(
        mappingIndexKeys(rule).some((key) => groups.includes(key)),
        `${JSON.stringify(rule)} for ${domain}`,
      );
    }),
    { numRuns: 3000 },
  );
});
