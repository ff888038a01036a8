import test from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import type { Cluster } from '../../../../../src/ir/cluster.ts';
import type { Forward, Route } from '../../../../../src/ir/route.ts';
import { translate } from '../../../../../src/translate/translate.ts';
import {
  aHost,
  aListener,
  aMapping,
  aModule,
  aService,
  problemLines,
  storeOf,
} from '../../../../_support/world/builders.ts';

type Fields = Readonly<Record<string, unknown>>;

const options = { ambassadorId: 'default', namespace: 'default' };

const worldOf = (config: Fields, ...mappings: readonly Fields[]) =>
  translate(options)(
    undefined,
    storeOf(
      ...[aListener(), aHost('default/all'), aService('default/web'), aModule(config)],
      ...mappings.map((spec, i) => aMapping(`default/m${i}`, { service: 'web', ...spec })),
    ),
  );

const routesOf = (config: Fields, ...mappings: readonly Fields[]): readonly Route[] =>
  [...values(worldOf(config, ...mappings).ir.virtualHosts)].flatMap(({ routes }) => routes);

const gives = test.macro({
  exec(t, config: Fields, own: Fields, expected: Partial<Cluster>, without: Partial<Cluster>) {
    const clusterOf = (spec: Fields): Cluster | undefined =>
      [...values(worldOf(config, spec).ir.clusters)][0];
    t.like(clusterOf({}), expected);
    t.like(clusterOf(own), without);
  },
  title: (name = '') => `a Module gives a cluster ${name}, where its Mapping says nothing of it`,
});

const breaker = (max_requests: number) => [{ priority: 'default', max_requests }];
const limit = (maxRequests: number) => [{ priority: 'default', maxRequests } as const];

test(
  'circuit breakers',
  gives,
  { circuit_breakers: breaker(1) },
  { circuit_breakers: breaker(2) },
  { circuitBreakers: limit(1) },
  { circuitBreakers: limit(2) },
);
test(
  'an idle time',
  gives,
  { cluster_idle_timeout_ms: 1000 },
  { cluster_idle_timeout_ms: 2000 },
  { idleTimeout: 1000 },
  { idleTimeout: 2000 },
);
test(
  'a life time of connections',
  gives,
  { cluster_max_connection_lifetime_ms: 1000 },
  { cluster_max_connection_lifetime_ms: 2000 },
  { maxConnectionLifetime: 1000 },
  { maxConnectionLifetime: 2000 },
);
test(
  'keepalive',
  gives,
  { keepalive: { time: 10 } },
  { keepalive: { probes: 3 } },
  { keepalive: { time: 10 } },
  { keepalive: { probes: 3 } },
);
test(
  'its resolver',
  gives,
  { resolver: 'endpoint' },
  { resolver: 'kubernetes-service' },
  { discovery: { _tag: 'Eds', endpoints: 'default/web:80' } },
  { statName: 'web' },
);
test(
  'a load balancer',
  gives,
  { resolver: 'endpoint', load_balancer: { policy: 'least_request' } },
  { load_balancer: { policy: 'round_robin' } },
  { loadBalancer: { _tag: 'LeastRequest' } },
  { loadBalancer: { _tag: 'RoundRobin' } },
);
test(
  'a name for statistics',
  gives,
  { defaults: { stats_name: 'common', httpmapping: { stats_name: 'of_http' } } },
  { stats_name: 'own' },
  { statName: 'of_http' },
  { statName: 'own' },
);
const dns = { _tag: 'Dns', lookup: 'strict', port: 80, respectTtl: false } as const;
test(
  'addresses of IPv6',
  gives,
  { enable_ipv6: true },
  { enable_ipv6: false },
  { discovery: { ...dns, host: 'web', family: 'auto' } },
  { discovery: { ...dns, host: 'web', family: 'v4' } },
);

test('a load balancer of a Module is no problem of Mappings whose services cannot be balanced', (t) => {
  const world = worldOf({ load_balancer: { policy: 'least_request' } }, {});
  t.deepEqual(problemLines(world), []);
});

test('services without a namespace are of that of the installation, if the Module says so', (t) => {
  const host = (config: Fields): unknown => {
    const { ir } = translate(options)(
      undefined,
      storeOf(
        ...[aListener(), aHost('default/all'), aModule(config)],
        aMapping('shop/a', { service: 'web' }),
      ),
    );
    return [...values(ir.clusters)].map(({ discovery }) => Object(discovery).host);
  };
  t.deepEqual(host({}), ['web.shop']);
  t.deepEqual(host({ use_ambassador_namespace_for_service_resolution: true }), ['web']);
});

const forwardOf = (route: Route | undefined): Forward | undefined =>
  route?.action._tag === 'Forward' ? route.action : undefined;

test('a request may take as long as the Module says, where its Mapping says nothing', (t) => {
  const routes = routesOf(
    { cluster_request_timeout_ms: 7000 },
    { prefix: '/a/' },
    { prefix: '/b/', timeout_ms: 1000 },
  );
  t.deepEqual(
    routes.map((route) => forwardOf(route)?.timeout),
    [1000, 7000],
  );
});

test('headers of a Module are added and removed where a Mapping has no list of its own', (t) => {
  const config = {
    defaults: {
      add_response_headers: { 'x-common': 'never' },
      httpmapping: {
        add_request_headers: { 'x-in': 'in' },
        add_response_headers: { 'x-out': { value: 'out', append: false } },
        remove_request_headers: 'x-gone',
      },
    },
    add_linkerd_headers: true,
  };
  const [own, none] = routesOf(
    config,
    { prefix: '/a/' },
    {
      prefix: '/b/',
      add_request_headers: {},
      add_response_headers: {},
      add_linkerd_headers: false,
    },
  );
  t.deepEqual(none?.requestHeaders, {
    add: [
      { name: 'x-in', value: 'in', append: true },
      { name: 'l5d-dst-override', value: 'web:80', append: false },
    ],
    remove: ['x-gone'],
  });
  t.deepEqual(none?.responseHeaders.add, [{ name: 'x-out', value: 'out', append: false }]);
  t.deepEqual(own?.requestHeaders, { add: [], remove: ['x-gone'] });
  t.deepEqual(own?.responseHeaders.add, []);
});

test('what a group says counts before the Module, and what a member says before both', (t) => {
  const config = { retry_policy: { retry_on: '5xx' }, cors: { origins: ['http://a.example'] } };
  const retries = (...mappings: readonly Fields[]): unknown =>
    routesOf(config, ...mappings).map((route) => [
      forwardOf(route)?.retry?.on.join(),
      Object(route.filters?.[0]).settings?.origins,
    ]);
  const origin = ['http://a.example'];
  t.deepEqual(retries({}), [['5xx', origin]]);
  t.deepEqual(retries({ retry_policy: { retry_on: 'gateway-error' } }, { weight: 10 }), [
    ['gateway-error', origin],
    ['gateway-error', origin],
  ]);
});

test('what is wrong with a default is said of the Module, and costs that alone', (t) => {
  const world = worldOf(
    {
      cluster_request_timeout_ms: 7000,
      defaults: {
        add_request_headers: { 'x-a': '%ENVIRONMENT(HOME)%' },
        httpmapping: { add_response_headers: { 'x-b': {} } },
      },
      load_balancer: { policy: 'ring_hash' },
      regex_max_size: 100,
      retry_policy: { num_retries: 1 },
    },
    {},
  );
  t.deepEqual(
    problemLines(world).map((line) => line.split(': ').slice(0, 2).join(': ')),
    [
      'Module default/ambassador: spec.config.regex_max_size',
      'Module default/ambassador: spec.config.defaults.add_request_headers.x-a.value',
      'Module default/ambassador: spec.config.defaults.httpmapping.add_response_headers.x-b.value',
      'Module default/ambassador: spec.config.retry_policy.retry_on',
      'Module default/ambassador: spec.config.load_balancer',
    ],
  );
  const [route] = [...values(world.ir.virtualHosts)].flatMap(({ routes }) => routes);
  t.is(forwardOf(route)?.timeout, 7000);
  t.deepEqual(route?.requestHeaders.add, []);
});
