import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { answered, type Expected } from '../../_support/envoy/answers.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  routeOf,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const gateway = await aGateway(
  ({ http }) =>
    ourClass + gatewayOf([cleartext('any', http)]) + backend('a', a.port) + backend('b', b.port),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** Who answers each of these requests. */
const answers = test.macro<[manifests: string, expected: readonly Expected[]]>(
  async (t, manifests, expected) => await answered(t, gateway, manifests, expected),
);

/** An HTTPRoute for one host, with one rule; the matches in flow style. */
const one = (name: string, to: string, matches: string, metadata = ''): string =>
  httpRoute(
    name,
    `hostnames: [${name.slice(0, name.indexOf('-'))}.example],
     rules: [{ matches: [${matches}], backendRefs: [{ name: ${to}, port: 80 }] }]`,
    metadata,
  );

const path = (type: string, value: string): string =>
  `{ path: { type: ${type}, value: ${value} } }`;

test(
  'an exact path comes before a regular expression, that before a prefix, a longer one before a shorter',
  answers,
  one('paths-1', 'a', path('PathPrefix', '/x')) +
    one('paths-2', 'b', path('PathPrefix', '/x/longer')) +
    one('paths-3', 'a', path('RegularExpression', "'/x/longer/re.*'")) +
    one('paths-4', 'b', path('Exact', '/x/longer/red')),
  [
    ['a', { path: '/x/other', host: 'paths.example' }],
    ['b', { path: '/x/longer/other', host: 'paths.example' }],
    ['a', { path: '/x/longer/rest', host: 'paths.example' }],
    ['b', { path: '/x/longer/red', host: 'paths.example' }],
  ],
);

const header = (name: string): string => `{ name: ${name}, value: '1' }`;

test(
  'a method comes before headers, more headers before fewer, these before query parameters',
  answers,
  one('more-1', 'a', '{ headers: [{ name: x, value: "1" }, { name: y, value: "1" }] }') +
    one('more-2', 'b', '{ method: POST }') +
    one('less-1', 'a', `{ queryParams: [${header('q')}, ${header('r')}] }`) +
    one('less-2', 'b', `{ headers: [${header('x')}] }`) +
    one('count-1', 'a', `{ headers: [${header('x')}] }`) +
    one('count-2', 'b', `{ headers: [${header('x')}, ${header('y')}] }`),
  [
    ['b', { method: 'POST', host: 'more.example', headers: { x: '1', y: '1' } }],
    ['a', { method: 'GET', host: 'more.example', headers: { x: '1', y: '1' } }],
    ['b', { path: '/?q=1&r=1', host: 'less.example', headers: { x: '1' } }],
    ['a', { path: '/?q=1&r=1', host: 'less.example' }],
    ['b', { host: 'count.example', headers: { x: '1', y: '1' } }],
    ['a', { host: 'count.example', headers: { x: '1' } }],
  ],
);

const created = (year: number): string => `creationTimestamp: '${year}-01-01T00:00:00Z'`;

test(
  'of equals the oldest object comes first, then the one whose name is first, then the first rule',
  answers,
  one('age-1', 'a', path('PathPrefix', '/'), created(2026)) +
    one('age-2', 'b', path('PathPrefix', '/'), created(2025)) +
    one('name-2', 'a', path('PathPrefix', '/')) +
    one('name-1', 'b', path('PathPrefix', '/')) +
    httpRoute('rules', `hostnames: [rules.example], rules: [${rule('/', 'b')}, ${rule('/', 'a')}]`),
  [
    ['b', { host: 'age.example' }],
    ['b', { host: 'name.example' }],
    ['b', { host: 'rules.example' }],
  ],
);

const grpcRoute = routeOf('GRPCRoute');

test(
  'GRPCRoutes and HTTPRoutes of one host are tried in one order',
  answers,
  grpcRoute(
    'calls',
    `hostnames: [both.example],
     rules: [{ matches: [{ method: { service: shop.Cart, method: Add } }],
               backendRefs: [{ name: a, port: 80 }] }]`,
  ) + httpRoute('rest', `hostnames: [both.example], rules: [${rule('/', 'b')}]`),
  [
    ['b', { path: '/', host: 'both.example' }],
    ['b', { path: '/shop.Cart/Remove', method: 'POST', host: 'both.example' }],
  ],
);
