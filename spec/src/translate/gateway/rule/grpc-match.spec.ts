import test from 'ava';

import type { RouteMatch } from '../../../../../src/ir/route.ts';
import type { MatchOrder } from '../../../../../src/translate/gateway/rule/compiled-route.ts';
import { aService } from '../../../../_support/world/builders.ts';
import { rulesOf } from '../../../../_support/gateway/compiled-rules.ts';
import { aGrpcRoute, toWeb } from '../../../../_support/world/gateway-api/builders.ts';

const compiled = (...matches: readonly object[]) =>
  rulesOf([aService('default/web'), aGrpcRoute('default/r', { rules: [{ ...toWeb, matches }] })]);

const isGrpc = { name: 'content-type', match: { _tag: 'Prefix', value: 'application/grpc' } };

const takes = test.macro({
  exec(t, match: object, path: RouteMatch['path'], order: MatchOrder['path']) {
    const { routes, problems } = compiled(match);
    t.deepEqual(problems, []);
    t.deepEqual(routes[0]?.route.match, { path, headers: [isGrpc], queryParameters: [] });
    t.is(routes[0]?.order.path, order);
  },
  title: (name = '') => `a match takes ${name}`,
});

test('all calls', takes, {}, { _tag: 'Prefix', value: '/', caseSensitive: true }, 'PathPrefix');
test(
  'the calls of a method',
  takes,
  { method: { service: 'a.B', method: 'C' } },
  { _tag: 'Exact', value: '/a.B/C', caseSensitive: true },
  'Exact',
);
test(
  'the calls of a service',
  takes,
  { method: { service: 'a.B' } },
  { _tag: 'Prefix', value: '/a.B/', caseSensitive: true },
  'PathPrefix',
);
test(
  'the calls of a method of any service',
  takes,
  { method: { method: 'C_d' } },
  { _tag: 'Regex', value: '/[^/]+/C_d' },
  'PathPrefix',
);
test(
  'calls by regular expressions',
  takes,
  { method: { type: 'RegularExpression', service: 'a|b', method: 'C.*' } },
  { _tag: 'Regex', value: '/(?:a|b)/(?:C.*)' },
  'RegularExpression',
);
test(
  'calls by a regular expression for the service',
  takes,
  { method: { type: 'RegularExpression', service: 'a|b' } },
  { _tag: 'Regex', value: '/(?:a|b)/[^/]+' },
  'PathPrefix',
);

test('a method that is no expression is taken as it is written', (t) => {
  const [first] = compiled({ method: { method: 'C.d' } }).routes;
  t.deepEqual(first?.route.match.path, { _tag: 'Regex', value: String.raw`/[^/]+/C\.d` });
});

test('headers are asked for beside those of gRPC, and only they count', (t) => {
  const [first] = compiled({ headers: [{ name: 'Version', value: 'one' }] }).routes;
  t.deepEqual(first?.route.match.headers, [
    isGrpc,
    { name: 'version', match: { _tag: 'Exact', value: 'one' } },
  ]);
  t.is(first?.order.headers, 1);
});

test('longer services come first, then longer methods, then a method alone, then all calls', (t) => {
  const lengths = compiled(
    { method: { service: 'long.Service' } },
    { method: { service: 'short' } },
    { method: { method: 'LongMethod' } },
    { method: { method: 'Short' } },
    {},
  ).routes.map(({ order }) => order.pathLength);
  t.deepEqual(
    lengths,
    [...lengths].sort((a, b) => b - a),
  );
  t.is(new Set(lengths).size, lengths.length);
});

const refused = test.macro({
  exec(t, method: object, field: RegExp) {
    const { accepted } = compiled({ method });
    t.like(accepted, { status: 'False', reason: 'UnsupportedValue' });
    t.regex(accepted?.message ?? '', field);
  },
  title: (name = '') => `a route is not accepted with ${name}`,
});

test(
  'an expression that Envoy refuses for the service',
  refused,
  { type: 'RegularExpression', service: '(' },
  /spec\.rules\[0\]\.matches\[0\]\.method\.service: /,
);
test(
  'an expression that would end the group it is put into',
  refused,
  { type: 'RegularExpression', service: 'a)|(b' },
  /spec\.rules\[0\]\.matches\[0\]\.method\.service: /,
);
test(
  'an expression that would quote all that follows',
  refused,
  { type: 'RegularExpression', service: String.raw`\Qa` },
  /spec\.rules\[0\]\.matches\[0\]\.method: /,
);
