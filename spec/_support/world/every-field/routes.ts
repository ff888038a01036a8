import { onlyTo, type ClusterBackend } from '../../../../src/ir/backend.ts';
import { corsFilter } from '../../../../src/ir/filter/cors.ts';
import { percent } from '../../../../src/ir/fraction.ts';
import type { RouteMatch } from '../../../../src/ir/route.ts';
import type { Port } from '../../../../src/ir/port.ts';
import { segmentMatch } from '../../../../src/ir/segment.ts';
import type { VirtualHost } from '../../../../src/ir/virtual-host.ts';
import { aForward, aRoute, aVirtualHost } from '../an-ir.ts';
import { everyCorsField, everyUse } from './filters.ts';

const ofSegment = (value: string): RouteMatch => ({
  path: segmentMatch(value, false),
  headers: [],
  queryParameters: [],
});

const matchEverything = aRoute({
  match: {
    path: { _tag: 'Exact', value: '/exact', caseSensitive: false },
    headers: [
      { name: ':method', match: { _tag: 'Exact', value: 'GET' } },
      { name: ':authority', match: { _tag: 'Suffix', value: '.example' } },
      { name: 'x-a', match: { _tag: 'Prefix', value: 'a' } },
      { name: 'x-b', match: { _tag: 'Regex', value: 'a+' } },
      { name: 'x-c', match: { _tag: 'Present' } },
    ],
    queryParameters: [
      { name: 'q', match: { _tag: 'Exact', value: '1' } },
      { name: 'r', match: { _tag: 'Present' } },
    ],
    fraction: { numerator: 1, denominator: 8 },
  },
});

const forwardEverything = aRoute({
  match: {
    path: { _tag: 'Prefix', value: '/api/', caseSensitive: true },
    headers: [],
    queryParameters: [],
    fraction: percent(30),
  },
  action: aForward({
    idleTimeout: 500,
    backendTimeout: 1500,
    retry: {
      on: ['5xx', 'reset'],
      statusCodes: [409, 503],
      retries: 2,
      backOff: { base: 25, max: 250 },
    },
    hash: [
      { _tag: 'Header', name: 'x-user' },
      { _tag: 'SourceIp' },
      { _tag: 'Cookie', name: 'sticky', path: '/', ttl: 0 },
      { _tag: 'Cookie', name: 'own' },
    ],
    mirrors: [{ cluster: 'fixed', fraction: percent(25), removeRequestHeaders: ['cookie'] }],
    upgrades: ['websocket', 'spdy/3.1'],
    priority: 'high',
  }),
  requestHeaders: {
    add: [
      { name: 'x-client', value: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', append: false },
      { name: 'x-share', value: '100% of %ENVIRONMENT(HOME)% and %NOPE(', append: true },
    ],
    remove: ['x-gone'],
  },
  responseHeaders: {
    add: [{ name: 'x-path', value: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH):20%', append: true }],
    remove: ['server'],
  },
  filters: [{ filter: corsFilter, settings: everyCorsField }],
  statPrefix: 'Mapping demo/every',
});

const rewrites = [
  aForward({
    pathRewrite: { _tag: 'Prefix', value: '/v2/%NOPE(%' },
    hostRewrite: { _tag: 'Literal', value: 'inner.example' },
    timeout: 0,
  }),
  aForward({
    backends: onlyTo('strict'),
    pathRewrite: { _tag: 'Regex', pattern: '^/old/(.*)$', substitution: '/new/\\1' },
    hostRewrite: { _tag: 'Upstream' },
  }),
  aForward({ pathRewrite: { _tag: 'Full', value: '/%NOPE(%' }, backendTimeout: 100 }),
].map((action) => aRoute({ action }));

const redirectToPath = aRoute({
  action: {
    _tag: 'Redirect',
    scheme: 'https',
    host: 'new.example',
    port: 8443,
    path: { _tag: 'Full', value: '/%NOPE(%' },
    code: 301,
  },
});

const redirectToPrefix = aRoute({
  match: { path: { _tag: 'Regex', value: '/x/[0-9]+' }, headers: [], queryParameters: [] },
  action: { _tag: 'Redirect', path: { _tag: 'Prefix', value: '/p' }, code: 308 },
});

const redirectByRegex = aRoute({
  match: ofSegment('/x'),
  action: {
    _tag: 'Redirect',
    scheme: 'http',
    path: { _tag: 'Regex', pattern: '^/a', substitution: '/b' },
    code: 307,
  },
});

const share = (cluster: string, weight: number): ClusterBackend => ({
  _tag: 'Cluster',
  cluster,
  weight,
});

const ownHeaders = {
  add: [{ name: 'x-share', value: '%PROTOCOL%', append: true }],
  remove: ['x-gone'],
};

const weighted = [
  aForward({
    backends: [
      share('shop', 3),
      { ...share('fixed', 2), requestHeaders: ownHeaders, responseHeaders: ownHeaders },
      { _tag: 'Fails', status: 500, weight: 1 },
      share('strict', 0),
    ],
  }),
  aForward({ backends: [] }),
].map((action) => aRoute({ action }));

const filterEverything = aRoute({
  action: aForward({ backends: [{ ...share('shop', 1), filters: everyUse }] }),
  filters: everyUse,
});

const answer = aRoute({ match: ofSegment('/y'), action: { _tag: 'Respond', status: 421 } });

/** The virtual hosts of `everyFieldIr`: together their routes have every field and every choice. */
export const everyVirtualHost: readonly VirtualHost[] = [
  aVirtualHost('*', matchEverything, redirectToPath, filterEverything),
  aVirtualHost('*.b.example', forwardEverything, ...rewrites, ...weighted),
  {
    ...aVirtualHost('a.example', redirectToPrefix, redirectByRegex, answer),
    http3Port: 443 as Port,
  },
];
