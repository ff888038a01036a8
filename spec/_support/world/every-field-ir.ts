import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Sensitive } from '../../../src/ir/sensitive.ts';
import {
  aChain,
  aCluster,
  aForward,
  aListener,
  anIr,
  aRoute,
  aSecret,
  aVirtualHost,
  requestsOf,
  someEndpoints,
  tlsFor,
} from './an-ir.ts';

/** What cannot be made up: ports that are free, and a certificate that Envoy takes. */
interface Real {
  readonly ports: readonly [Port, Port];
  readonly chain: string;
  readonly key: Sensitive;
}

/** An IR that uses every field and every choice, so that Envoy can be asked whether it takes them. */
export const everyFieldIr = ({ ports: [port, otherPort], chain, key }: Real): Ir =>
  anIr({
    listeners: [
      aListener({ port, tlsInspector: true, proxyProtocol: true }),
      aListener({ name: 'plain', port: otherPort }),
    ],
    filterChains: [
      aChain({ carries: requestsOf('web', { trustedHops: 1 }) }),
      aChain({ name: 'a', tls: tlsFor(['a.example', '*.b.example']) }),
      aChain({ name: 'one', tls: tlsFor(['one.example']) }),
      aChain({ name: 'any', tls: tlsFor([]), carries: requestsOf('empty') }),
      aChain({
        listener: 'plain',
        carries: requestsOf('empty', { http2MaxConcurrentStreams: 7 }),
      }),
    ],
    virtualHosts: [
      aVirtualHost('*', matchEverything, redirectToPath),
      aVirtualHost('*.b.example', forwardEverything, ...rewrites),
      aVirtualHost('a.example', redirectToPrefix, redirectByRegex),
    ],
    clusters: [
      aCluster(),
      aCluster({
        name: 'strict',
        discovery: dns('strict', 'v4', true),
        tls: { sni: 'shop.example' },
        http2: true,
        loadBalancer: 'ring_hash',
      }),
      aCluster({ name: 'logical', discovery: dns('logical', 'v6', false), tls: {} }),
      aCluster({
        name: 'fixed',
        discovery: { _tag: 'Static', address: '::1', port: 80 },
        idleTimeout: 30_000,
        maxConnectionLifetime: 60_000,
        loadBalancer: 'maglev',
        circuitBreakers: [
          { priority: 'default', maxConnections: 1, maxPendingRequests: 2 },
          { priority: 'high', maxRequests: 3, maxRetries: 4 },
        ],
        keepalive: { probes: 3, time: 60, interval: 10 },
      }),
      aCluster({
        name: 'auto',
        discovery: dns('strict', 'auto', false),
        loadBalancer: 'least_request',
      }),
    ],
    endpoints: [someEndpoints('10.0.0.1', '2001:db8::1')],
    secrets: [aSecret({ certificateChain: chain, privateKey: key })],
  });

const dns = (lookup: 'strict' | 'logical', family: 'v4' | 'v6' | 'auto', respectTtl: boolean) =>
  ({ _tag: 'Dns', lookup, host: 'shop.example', port: 443, family, respectTtl }) as const;

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
    percent: 12.5,
  },
});

const forwardEverything = aRoute({
  match: {
    path: { _tag: 'Prefix', value: '/api/', caseSensitive: true },
    headers: [],
    queryParameters: [],
    percent: 30,
  },
  action: aForward({
    idleTimeout: 500,
    retry: { on: '5xx,reset', retries: 2, perTryTimeout: 1500 },
    hash: [
      { _tag: 'Header', name: 'x-user' },
      { _tag: 'SourceIp' },
      { _tag: 'Cookie', name: 'sticky', path: '/', ttl: 0 },
      { _tag: 'Cookie', name: 'own' },
    ],
    mirrors: [{ cluster: 'fixed', percent: 25 }],
    cors: {
      origins: ['https://a.example', '*'],
      methods: ['GET', 'POST'],
      headers: ['x-a', 'x-b'],
      exposedHeaders: ['x-c'],
      credentials: true,
      maxAge: '600',
    },
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
});

const rewrites = [
  aForward({
    pathRewrite: { _tag: 'Prefix', value: '/v2/%NOPE(%' },
    hostRewrite: { _tag: 'Literal', value: 'inner.example' },
    timeout: 0,
  }),
  aForward({
    cluster: 'strict',
    pathRewrite: { _tag: 'Regex', pattern: '^/old/(.*)$', substitution: '/new/\\1' },
    hostRewrite: { _tag: 'Upstream' },
  }),
].map((action) => aRoute({ action }));

const redirectToPath = aRoute({
  action: {
    _tag: 'Redirect',
    https: true,
    host: 'new.example',
    path: { _tag: 'Full', value: '/%NOPE(%' },
    code: 301,
  },
});

const redirectToPrefix = aRoute({
  match: { path: { _tag: 'Regex', value: '/x/[0-9]+' }, headers: [], queryParameters: [] },
  action: { _tag: 'Redirect', https: false, path: { _tag: 'Prefix', value: '/p' }, code: 308 },
});

const redirectByRegex = aRoute({
  action: {
    _tag: 'Redirect',
    https: false,
    path: { _tag: 'Regex', pattern: '^/a', substitution: '/b' },
    code: 307,
  },
});
