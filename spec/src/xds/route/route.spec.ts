import test from 'ava';

import { percent } from '../../../../src/ir/fraction.ts';
import type { PathMatch } from '../../../../src/ir/route.ts';
import type { StringMatch } from '../../../../src/ir/string-match.ts';
import { route } from '../../../../src/xds/route/route.ts';
import { aForward, aRoute } from '../../../_support/world/an-ir.ts';
import { routeJson } from '../../../_support/xds/route-json.ts';

type Forward = ReturnType<typeof aForward>;
type Fields = NonNullable<Parameters<typeof aRoute>[0]>;

test('a route has its name, which access logs say', (t) => {
  t.is(route(aRoute({ name: 'HTTPRoute demo/shop rule 2' })).name, 'HTTPRoute demo/shop rule 2');
});

const everyPath = { path: { _tag: 'Prefix', value: '/', caseSensitive: true } } as const;
const toShop = { cluster: 'shop', timeout: '3s' };

const matches = test.macro<[match: Partial<Fields['match'] & object>, expected: object]>({
  exec(t, match, expected) {
    t.deepEqual(
      routeJson({ match: { ...everyPath, headers: [], queryParameters: [], ...match } }),
      {
        match: expected,
        route: toShop,
      },
    );
  },
  title: (_, match) => `a route for ${JSON.stringify(match)}`,
});

const path = (_tag: PathMatch['_tag'], value: string, caseSensitive = true) =>
  ({ path: { _tag, value, caseSensitive } }) as { readonly path: PathMatch };

test(matches, path('Prefix', '/api/'), { prefix: '/api/' });
test(matches, path('Prefix', '/api/', false), { prefix: '/api/', case_sensitive: false });
test(matches, path('Exact', '/api'), { path: '/api' });
test(matches, path('Exact', '/api', false), { path: '/api', case_sensitive: false });
test(matches, path('Segment', '/api'), { path_separated_prefix: '/api' });
test(matches, path('Segment', '/api', false), {
  path_separated_prefix: '/api',
  case_sensitive: false,
});
test(matches, path('Regex', '/[a-z]+'), { safe_regex: { regex: '/[a-z]+' } });

const compared: readonly (readonly [StringMatch, object])[] = [
  [{ _tag: 'Exact', value: 'a' }, { string_match: { exact: 'a' } }],
  [{ _tag: 'Exact', value: '' }, { string_match: { exact: '' } }],
  [{ _tag: 'Prefix', value: 'a' }, { string_match: { prefix: 'a' } }],
  [{ _tag: 'Suffix', value: 'a' }, { string_match: { suffix: 'a' } }],
  [{ _tag: 'Regex', value: 'a+' }, { string_match: { safe_regex: { regex: 'a+' } } }],
  [{ _tag: 'Present' }, { present_match: true }],
];

for (const [match, expected] of compared) {
  test(
    matches,
    { headers: [{ name: ':authority', match }] },
    {
      prefix: '/',
      headers: [{ name: ':authority', ...expected }],
    },
  );
  test(
    matches,
    { queryParameters: [{ name: 'q', match }] },
    {
      prefix: '/',
      query_parameters: [{ name: 'q', ...expected }],
    },
  );
}

test(
  matches,
  { fraction: { numerator: 3, denominator: 10 } },
  {
    prefix: '/',
    runtime_fraction: { default_value: { numerator: 30 } },
  },
);
test(
  matches,
  { fraction: { numerator: 1, denominator: 8 } },
  {
    prefix: '/',
    runtime_fraction: { default_value: { numerator: 125_000, denominator: 'MILLION' } },
  },
);

const forwards = test.macro<[action: Partial<Forward>, expected: object]>({
  exec(t, action, expected) {
    t.deepEqual(routeJson({ action: aForward(action) }), {
      match: { prefix: '/' },
      route: { ...toShop, ...expected },
    });
  },
  title: (_, action) => `a request is forwarded with ${JSON.stringify(action)}`,
});

test(forwards, {}, {});
test(forwards, { timeout: 0 }, { timeout: '0s' });
test(forwards, { idleTimeout: 500 }, { idle_timeout: '0.500s' });
test(forwards, { pathRewrite: { _tag: 'Prefix', value: '/%a%' } }, { prefix_rewrite: '/%a%' });
test(
  forwards,
  { pathRewrite: { _tag: 'Regex', pattern: 'a(.)', substitution: '\\1' } },
  { regex_rewrite: { pattern: { regex: 'a(.)' }, substitution: '\\1' } },
);
test(forwards, { hostRewrite: { _tag: 'Literal', value: 'b' } }, { host_rewrite_literal: 'b' });
test(forwards, { hostRewrite: { _tag: 'Upstream' } }, { auto_host_rewrite: true });
test(forwards, { pathRewrite: { _tag: 'Full', value: '/%a%' } }, { path_rewrite: '/%%a%%' });
test(forwards, { backendTimeout: 250 }, { retry_policy: { per_try_timeout: '0.250s' } });
test(forwards, { retry: { on: ['5xx'], statusCodes: [] } }, { retry_policy: { retry_on: '5xx' } });
test(
  forwards,
  { retry: { on: ['reset', '5xx'], statusCodes: [], retries: 0 }, backendTimeout: 250 },
  { retry_policy: { retry_on: 'reset,5xx', num_retries: 0, per_try_timeout: '0.250s' } },
);
test(
  forwards,
  { retry: { on: [], statusCodes: [409, 503], backOff: { base: 20, max: 100 } } },
  {
    retry_policy: {
      retry_on: 'retriable-status-codes',
      retriable_status_codes: [409, 503],
      retry_back_off: { base_interval: '0.020s', max_interval: '0.100s' },
    },
  },
);
test(
  forwards,
  { retry: { on: ['retriable-status-codes'], statusCodes: [409] } },
  { retry_policy: { retry_on: 'retriable-status-codes', retriable_status_codes: [409] } },
);
test(
  forwards,
  {
    hash: [
      { _tag: 'Header', name: 'x' },
      { _tag: 'SourceIp' },
      { _tag: 'Cookie', name: 'c', path: '/', ttl: 0 },
      { _tag: 'Cookie', name: 'd' },
    ],
  },
  {
    hash_policy: [
      { header: { header_name: 'x' } },
      { connection_properties: { source_ip: true } },
      { cookie: { name: 'c', path: '/', ttl: '0s' } },
      { cookie: { name: 'd' } },
    ],
  },
);
test(
  forwards,
  { mirrors: [{ cluster: 'copy', fraction: percent(25) }] },
  {
    request_mirror_policies: [
      { cluster: 'copy', runtime_fraction: { default_value: { numerator: 25 } } },
    ],
  },
);
test(
  forwards,
  {
    mirrors: [
      { cluster: 'copy', fraction: percent(100), removeRequestHeaders: ['cookie', 'x-user'] },
    ],
  },
  {
    request_mirror_policies: [
      {
        cluster: 'copy',
        runtime_fraction: { default_value: { numerator: 100 } },
        request_headers_mutations: [{ remove: 'cookie' }, { remove: 'x-user' }],
      },
    ],
  },
);
test('upgrades are allowed, and said to the filter of a table that is cut', (t) => {
  const { route: action, metadata } = routeJson({
    action: aForward({ upgrades: ['WebSocket'] }),
  }) as {
    readonly route: object;
    readonly metadata: object;
  };
  t.like(action, { upgrade_configs: [{ upgrade_type: 'WebSocket' }] });
  t.deepEqual(metadata, { filter_metadata: { 'envoy.filters.http.lua': { websocket: true } } });
});
test(forwards, { priority: 'high' }, { priority: 'HIGH' });

test('headers are replaced or appended, with a percent sign that Envoy takes as one', (t) => {
  t.like(
    routeJson({
      requestHeaders: { add: [{ name: 'a', value: '5%', append: false }], remove: ['b'] },
      responseHeaders: { add: [{ name: 'c', value: '%PROTOCOL%', append: true }], remove: ['d'] },
    }),
    {
      request_headers_to_add: [
        { header: { key: 'a', value: '5%%' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
      ],
      request_headers_to_remove: ['b'],
      response_headers_to_add: [{ header: { key: 'c', value: '%PROTOCOL%' } }],
      response_headers_to_remove: ['d'],
    },
  );
});
