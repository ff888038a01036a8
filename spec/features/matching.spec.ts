import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { answered, type Expected } from '../_support/envoy/answers.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** Who answers each of these requests. */
const answers = test.macro<[manifests: string, expected: readonly Expected[]]>(
  async (t, manifests, expected) => await answered(t, gateway, manifests, expected),
);

test(
  'a prefix takes every path that begins with it',
  answers,
  mapping('prefix', a.port, 'prefix: /prefix/'),
  [
    ['a', { path: '/prefix/' }],
    ['a', { path: '/prefix/deeper?and=query' }],
    [404, { path: '/prefix' }],
    [404, { path: '/PREFIX/' }],
  ],
);

test(
  'the longest prefix takes a request',
  answers,
  mapping('short', a.port, 'prefix: /long') + mapping('longer', b.port, 'prefix: /longer/'),
  [
    ['a', { path: '/long' }],
    ['a', { path: '/longer' }],
    ['b', { path: '/longer/still' }],
  ],
);

test(
  'a precedence beats the length of the prefix',
  answers,
  mapping('first', a.port, 'prefix: /rank, precedence: 1') +
    mapping('second', b.port, 'prefix: /ranked/'),
  [['a', { path: '/ranked/' }]],
);

test(
  'prefix_exact takes one path only',
  answers,
  mapping('exact', a.port, 'prefix: /exact, prefix_exact: true'),
  [
    ['a', { path: '/exact' }],
    ['a', { path: '/exact?query' }],
    [404, { path: '/exact/' }],
  ],
);

test(
  'prefix_regex takes the paths that match as a whole',
  answers,
  mapping('regex', a.port, "prefix: '/regex/[0-9]+', prefix_regex: true"),
  [
    ['a', { path: '/regex/42?q' }],
    [404, { path: '/regex/42/' }],
    [404, { path: '/regex/x' }],
  ],
);

test(
  'case_sensitive: false takes a prefix in any case',
  answers,
  mapping('anycase', a.port, 'prefix: /anycase/, case_sensitive: false'),
  [
    ['a', { path: '/AnyCase/' }],
    ['a', { path: '/anycase/' }],
  ],
);

test(
  'a method tells Mappings with one prefix apart',
  answers,
  mapping('get', a.port, 'prefix: /method/, method: GET') +
    mapping('others', b.port, "prefix: /method/, method: 'PUT|DELETE', method_regex: true"),
  [
    ['a', { path: '/method/' }],
    ['b', { path: '/method/', method: 'PUT' }],
    ['b', { path: '/method/', method: 'DELETE' }],
    [404, { path: '/method/', method: 'POST' }],
  ],
);

test(
  'headers are compared exactly and by regular expression',
  answers,
  mapping('header', a.port, 'prefix: /header/, headers: { x-team: red }') +
    mapping('by-regex', b.port, "prefix: /header/, regex_headers: { x-team: 'b[a-z]*' }"),
  [
    ['a', { path: '/header/', headers: { 'x-team': 'red' } }],
    ['b', { path: '/header/', headers: { 'X-Team': 'blue' } }],
    [404, { path: '/header/', headers: { 'x-team': 'reddish' } }],
    [404, { path: '/header/', headers: { 'x-team': 'a blue' } }],
    [404, { path: '/header/' }],
  ],
);

test(
  'query parameters are compared exactly and by regular expression',
  answers,
  mapping('query', a.port, 'prefix: /query/, query_parameters: { v: one }') +
    mapping('query-regex', b.port, "prefix: /query/, regex_query_parameters: { v: '[0-9]+' }"),
  [
    ['a', { path: '/query/?v=one' }],
    ['b', { path: '/query/?u=x&v=12' }],
    [404, { path: '/query/?v=one2' }],
    [404, { path: '/query/' }],
  ],
);

test(
  'the Mapping that asks for more is tried first',
  answers,
  mapping('plain', a.port, 'prefix: /more/') +
    mapping('with-header', b.port, 'prefix: /more/, headers: { x-canary: yes-please }'),
  [
    ['b', { path: '/more/', headers: { 'x-canary': 'yes-please' } }],
    ['a', { path: '/more/' }],
  ],
);

test('what a Mapping took is nobody’s when it is gone', async (t) => {
  await gateway.apply('gone.yaml', mapping('gone', a.port, 'prefix: /gone/'));
  t.is((await gateway.ask({ path: '/gone/' })).status, 200);

  await gateway.remove('gone.yaml');
  t.is((await gateway.ask({ path: '/gone/' })).status, 404);
});
