import test from 'ava';

import type { RouteMatch } from '../../../../../src/ir/route.ts';
import type { MatchOrder } from '../../../../../src/translate/gateway/rule/compiled-route.ts';
import {
  problemsOf,
  rulesOf,
  showAction,
  routesOf,
} from '../../../../_support/gateway/compiled-rules.ts';
import { aService } from '../../../../_support/world/builders.ts';
import { anHttpRoute, toWeb } from '../../../../_support/world/gateway-api/builders.ts';

const service = aService('default/web');

const compiled = (...matches: readonly object[]) =>
  rulesOf([service, anHttpRoute('default/r', { rules: [{ ...toWeb, matches }] })]);

const takes = test.macro({
  exec(t, match: object, expected: Partial<RouteMatch>, order: Partial<MatchOrder>) {
    const { routes, problems } = compiled(match);
    t.deepEqual(problems, []);
    t.is(routes.length, 1);
    t.like(routes[0]?.route.match, expected);
    t.like(routes[0]?.order, order);
  },
  title: (name = '') => `a match takes ${name}`,
});

test(
  'every path if it asks for none',
  takes,
  {},
  { path: { _tag: 'Prefix', value: '/', caseSensitive: true }, headers: [], queryParameters: [] },
  { path: 'PathPrefix', pathLength: 1, hasMethod: false, headers: 0, queryParams: 0 },
);
test(
  'one path',
  takes,
  { path: { type: 'Exact', value: '/a/' } },
  { path: { _tag: 'Exact', value: '/a/', caseSensitive: true } },
  { path: 'Exact', pathLength: 3 },
);
test(
  'a path and what is below it',
  takes,
  { path: { value: '/a/b' } },
  { path: { _tag: 'Segment', value: '/a/b', caseSensitive: true } },
  { path: 'PathPrefix', pathLength: 4 },
);
test(
  'the same with a slash at the end of the prefix',
  takes,
  { path: { type: 'PathPrefix', value: '/a/b/' } },
  { path: { _tag: 'Segment', value: '/a/b', caseSensitive: true } },
  { path: 'PathPrefix', pathLength: 4 },
);
test(
  'paths by a regular expression',
  takes,
  { path: { type: 'RegularExpression', value: '/v[12]/.*' } },
  { path: { _tag: 'Regex', value: '/v[12]/.*' } },
  { path: 'RegularExpression', pathLength: 9 },
);
test(
  'a method',
  takes,
  { method: 'POST' },
  { headers: [{ name: ':method', match: { _tag: 'Exact', value: 'POST' } }] },
  { hasMethod: true, headers: 0 },
);
test(
  'headers in any case, of which each counts once',
  takes,
  {
    headers: [
      { name: 'X-Color', value: 'blue' },
      { name: 'x-color', value: 'red' },
      { name: 'x-size', type: 'RegularExpression', value: '[0-9]+' },
    ],
  },
  {
    headers: [
      { name: 'x-color', match: { _tag: 'Exact', value: 'blue' } },
      { name: 'x-size', match: { _tag: 'Regex', value: '[0-9]+' } },
    ],
  },
  { headers: 2 },
);
test(
  'query parameters, whose names have a case, of which each counts once',
  takes,
  {
    queryParams: [
      { name: 'a', value: '1' },
      { name: 'A', value: '2' },
      { name: 'a', value: '3' },
    ],
  },
  {
    queryParameters: [
      { name: 'a', match: { _tag: 'Exact', value: '1' } },
      { name: 'A', match: { _tag: 'Exact', value: '2' } },
    ],
  },
  { queryParams: 2 },
);

test('each match of a rule is a route, at its place', (t) => {
  const { routes } = compiled({ path: { value: '/a' } }, { path: { value: '/b' } });
  t.deepEqual(
    routes.map(({ order: { rule, match, part } }) => [rule, match, part]),
    [
      [0, 0, 0],
      [0, 1, 0],
    ],
  );
});

const refused = test.macro({
  exec(t, match: object, problem: RegExp) {
    const { accepted, routes } = compiled(match);
    t.like(accepted, { type: 'Accepted', status: 'False', reason: 'UnsupportedValue' });
    t.regex(accepted?.message ?? '', problem);
    t.deepEqual(routes, []);
    t.regex(problemsOf(compiled(match)).join('; '), problem);
  },
  title: (name = '') => `a route is not accepted with ${name}`,
});

test(
  'a regular expression that Envoy refuses as path',
  refused,
  { path: { type: 'RegularExpression', value: '/(' } },
  /spec\.rules\[0\]\.matches\[0\]\.path\.value: expected an RE2 regular expression/,
);
test(
  'one as header',
  refused,
  { headers: [{ name: 'x', type: 'RegularExpression', value: '(' }] },
  /spec\.rules\[0\]\.matches\[0\]\.headers\[0\]\.value: .* got "\(" /,
);
test(
  'one as query parameter',
  refused,
  { queryParams: [{ name: 'x', type: 'RegularExpression', value: '(' }] },
  /spec\.rules\[0\]\.matches\[0\]\.queryParams\[0\]\.value: /,
);
test(
  'an expression for a credential, which is not shown',
  refused,
  { headers: [{ name: 'Authorization', type: 'RegularExpression', value: 'geheim(' }] },
  /^(?!.*geheim).*headers\[0\]\.value: .* got \[redacted\]$/,
);
test(
  'expressions that are too long together',
  refused,
  {
    headers: Array.from({ length: 5 }, (_, i) => ({
      name: `x-${i}`,
      type: 'RegularExpression',
      value: 'a'.repeat(4000),
    })),
  },
  /spec: expected regular expressions of at most 16384 characters in all, got 20000$/,
);
for (const value of [
  ...['', 'a', '/a?b', '/a#b', '/a b', '/ä', '/a%', '/a%2', '//', '/a//b'],
  ...['/.', '/./a', '/..', '/a/../b', '/a%2fb', '/a%2F'],
])
  for (const type of ['Exact', 'PathPrefix'])
    test(
      `${JSON.stringify(value)} as path (${type}), which none is in a URI`,
      refused,
      { path: { type, value } },
      /path\.value: expected a path that begins with a slash, as it is in a URI: .*, got "/,
    );

test('a path may have all that a URI allows', (t) => {
  for (const value of ["/a-._~!$&'()*+,;=:@/%41", '/.a', '/a..', '/a./', '/...'])
    t.is(compiled({ path: { value } }).accepted, undefined, value);
});

test('of a rule with a match that cannot be followed the others fail, and other rules are served', (t) => {
  const rules = rulesOf([
    service,
    anHttpRoute('default/r', {
      rules: [
        {
          ...toWeb,
          matches: [
            { path: { type: 'RegularExpression', value: '(' } },
            { path: { value: '/guarded' } },
          ],
        },
        toWeb,
      ],
    }),
  ]);
  t.is(rules.accepted, undefined);
  t.like(rules.notes, [{ type: 'PartiallyInvalid', status: 'True', reason: 'UnsupportedValue' }]);
  t.regex(rules.notes[0]?.message ?? '', /^Dropped Rule 0, whose requests fail: spec\.rules\[0\]/);
  t.deepEqual(routesOf(rules).map(showAction), ['500', 'web_80_default 1']);
});
