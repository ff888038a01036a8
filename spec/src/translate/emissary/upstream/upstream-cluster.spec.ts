import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { keys, values } from '../../../../../src/collection/collection.ts';
import { usersOf } from '../../../../../src/ir/cluster-users.ts';
import type { Cluster } from '../../../../../src/ir/cluster.ts';
import type { Ir } from '../../../../../src/ir/ir.ts';
import { holds } from '../../../../_support/property/property.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

type Spec = Readonly<Record<string, unknown>>;

const irOf = (...specs: readonly Spec[]): Ir =>
  translated(
    aListener(),
    aHost('default/all'),
    ...specs.map((spec, i) => aMapping(`default/m${i}`, { prefix: `/${i}/`, ...spec })),
  ).ir;

const clustersOf = (...specs: readonly Spec[]): readonly Cluster[] => [
  ...values(irOf(...specs).clusters),
];

const makes = test.macro({
  exec(t, spec: Spec, expected: Partial<Cluster>) {
    const [cluster, ...others] = clustersOf(spec);
    t.is(others.length, 0);
    t.like(cluster, expected);
  },
  title: (name = '') => `a cluster: ${name}`,
});

const dns = {
  _tag: 'Dns',
  lookup: 'strict',
  host: 'web',
  port: 80,
  family: 'v4',
  respectTtl: false,
} as const;

test(
  'defaults',
  makes,
  {},
  {
    discovery: dns,
    connectTimeout: 3000,
    protocol: 'http1',
    loadBalancer: { _tag: 'RoundRobin' },
    circuitBreakers: [],
    statName: 'web',
  },
);
test(
  'a port',
  makes,
  { service: 'web:81' },
  {
    discovery: { ...dns, port: 81 },
    statName: 'web_81',
  },
);
test(
  'https means TLS and port 443',
  makes,
  { service: 'https://web' },
  {
    discovery: { ...dns, port: 443 },
    tls: { sni: 'web' },
  },
);
test('tls without https', makes, { service: 'web:80', tls: 'true' }, { tls: { sni: 'web' } });
test('tls false', makes, { service: 'web', tls: 'false' }, { discovery: dns });
test(
  'the server name follows the rewritten host',
  makes,
  {
    service: 'https://web',
    host_rewrite: 'inside.example',
  },
  { tls: { sni: 'inside.example' } },
);
test(
  'an address has no server name',
  makes,
  { service: 'https://10.0.0.1' },
  {
    discovery: { _tag: 'Static', address: '10.0.0.1', port: 443 },
    tls: {},
  },
);
test(
  'logical DNS',
  makes,
  { dns_type: 'logical_dns', respect_dns_ttl: true },
  {
    discovery: { ...dns, lookup: 'logical', respectTtl: true },
  },
);
test('both families', makes, { enable_ipv6: true }, { discovery: { ...dns, family: 'auto' } });
test(
  'IPv6 only',
  makes,
  { enable_ipv6: true, enable_ipv4: false },
  {
    discovery: { ...dns, family: 'v6' },
  },
);
test('gRPC', makes, { grpc: true }, { protocol: 'http2' });
test(
  'keepalive, all of it',
  makes,
  { keepalive: { probes: 3, idle_time: 20, interval: 5 } },
  {
    keepalive: { probes: 3, time: 20, interval: 5 },
  },
);
test(
  'circuit breakers',
  makes,
  { circuit_breakers: [{ max_retries: 2 }] },
  {
    circuitBreakers: [{ priority: 'default', maxRetries: 2 }],
  },
);

test('two Mappings that ask for the same share a cluster', (t) => {
  const { clusters, clusterUsers } = irOf({}, { timeout_ms: 5 });
  const [name = '', ...others] = keys(clusters);
  t.is(others.length, 0);
  t.deepEqual([...usersOf(clusterUsers, name)].sort(), [
    'Mapping default/m0',
    'Mapping default/m1',
  ]);
});

for (const different of [
  { connect_timeout_ms: 1 },
  { stats_name: 'x' },
  { grpc: true },
  { cluster_idle_timeout_ms: 1 },
  { cluster_max_connection_lifetime_ms: 1 },
  { keepalive: { probes: 1 } },
  { circuit_breakers: [{ max_requests: 1 }] },
  { cluster_tag: 'x' },
  { tls: 'true' },
  { enable_ipv6: true },
  { service: 'web:81' },
  { service: 'other' },
])
  test(`another cluster for ${JSON.stringify(different)}`, (t) => {
    const clusters = clustersOf({ service: 'web:80' }, { service: 'web:80', ...different });
    t.is(clusters.length, 2);
    t.is(new Set(clusters.map(({ name }) => name)).size, 2);
  });

test('a service is found in the namespace of its Mapping, unless its name has a last dot', (t) => {
  const { ir } = translated(
    aListener(),
    aHost('default/all'),
    aMapping('shop/a', { prefix: '/a/' }),
    aMapping('shop/b', { prefix: '/b/', service: 'web.other' }),
    aMapping('shop/c', { prefix: '/c/', service: 'localhost' }),
    aMapping('shop/d', { prefix: '/d/', service: 'web.' }),
  );
  t.deepEqual(
    [...values(ir.clusters)]
      .map(({ discovery }) => (discovery._tag === 'Dns' ? discovery.host : ''))
      .sort(),
    ['localhost', 'web.', 'web.other', 'web.shop'],
  );
});

test('a long name is cut and stays unambiguous', (t) => {
  const long = 'a'.repeat(60);
  const names = clustersOf({ service: `${long}1` }, { service: `${long}2` }).map(
    ({ name }) => name,
  );
  t.is(new Set(names).size, 2);
  t.true(names.every((name) => name.length <= 77 && /^[\w-]+$/.test(name)));
});

test('a port that the Service does not have is a problem, and so is a missing Service', (t) => {
  t.deepEqual(
    problemLines(
      translated(
        aListener(),
        aHost('default/all'),
        aService('default/web'),
        aMapping('default/a', { resolver: 'endpoint', service: 'web:81' }),
        aMapping('default/b', { prefix: '/b/', resolver: 'endpoint', service: 'none' }),
      ),
    ),
    [
      'Mapping default/a: spec.service: Service default/web has no port 81; it has 80',
      'Mapping default/b: spec.service: Service default/none does not exist',
    ],
  );
});

test('of a Service of another namespace it is not said which of the two is missing', (t) => {
  const said = (service: string): readonly string[] =>
    problemLines(
      translated(
        aListener(),
        aHost('default/all'),
        aService('shop/web'),
        aMapping('default/a', { resolver: 'endpoint', service }),
      ),
    ).map((line) => line.replace('shop/none', 'shop/web'));

  t.deepEqual(said('web.shop:80'), []);
  t.deepEqual(said('web.shop:81'), [
    'Mapping default/a: spec.service: Service shop/web of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here',
  ]);
  t.deepEqual(said('none.shop'), said('web.shop:81'));
});

const aSpec: fc.Arbitrary<Spec> = fc.record(
  {
    service: fc.constantFrom('web', 'web:80', 'https://web', 'web-80', 'web_80', '10.0.0.1'),
    cluster_tag: fc.constantFrom('a', 'a_web', ''),
    stats_name: fc.constantFrom('web', 'x'),
    connect_timeout_ms: fc.constantFrom(3000, 1),
    grpc: fc.boolean(),
  },
  { requiredKeys: ['service'], noNullPrototype: true },
);

test('clusters with one name are one cluster in everything', (t) => {
  holds(
    t,
    fc.property(aSpec, aSpec, (a, b) => {
      const [first] = clustersOf(a);
      const [second] = clustersOf(b);
      if (first?.name === second?.name) assert.deepEqual(first, second);
      assert.equal(clustersOf(a, b).length, first?.name === second?.name ? 1 : 2);
    }),
  );
});
