import { deepStrictEqual } from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, get, keys } from '../../../src/collection/collection.ts';
import type { Cluster as ClusterNode } from '../../../src/ir/cluster.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import { snapshotChanges } from '../../../src/xds/changes.ts';
import { makeSnapshot, type SnapshotGraph } from '../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../src/xds/message/to-json.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { holds } from '../../_support/property/property.ts';
import {
  aChain,
  aCluster,
  aForward,
  aListener,
  anIr,
  aRoute,
  aSecret,
  aTrustBundle,
  aVirtualHost,
  requestsOf,
  someEndpoints,
  tlsFor,
} from '../../_support/world/an-ir.ts';

const { Endpoints, Extension, Listener, Routes, ScopedRoutes } = TypeUrl;

const resourcesOf = (ir: Ir): Snapshot['resources'] => makeSnapshot(undefined, ir).resources;

const aTlsChain = (name: string, secret: `${string}/${string}` = 'demo/cert') =>
  aChain({ name, tls: tlsFor([`${name}.example`], { certificates: [secret] }) });

test('a table without a virtual host exists if a filter chain names it', (t) => {
  const resources = resourcesOf(anIr({ listeners: [aListener()], filterChains: [aChain()] }));
  const scope = get(resources[ScopedRoutes], 'web');
  t.deepEqual(scope && toJson(scope), {
    '@type': ScopedRoutes,
    name: 'web',
    key: { fragments: [{ string_key: 'web' }] },
    route_configuration: {
      name: 'web',
      ignore_port_in_host_matching: true,
      request_headers_to_remove: ['x-headgate-shard', 'x-headgate-sni'],
      validate_clusters: false,
    },
  });
  t.deepEqual([...keys(resources[Extension])], ['shards web']);
  t.is(resources[Routes].size, 0);
});

test('the table of a chain for one server name is never cut, so it is plain', (t) => {
  const filterChains = [aTlsChain('a')];
  const resources = resourcesOf(
    anIr({ listeners: [aListener()], filterChains, secrets: [aSecret()] }),
  );
  t.deepEqual([...keys(resources[Routes])], ['web']);
  t.is(resources[ScopedRoutes].size, 0);
});

test('the endpoints that a cluster names exist, be they empty', (t) => {
  const resources = resourcesOf(anIr({ clusters: [aCluster()] }));
  t.deepEqual([...keys(resources[Endpoints])], ['demo/shop:80']);
});

test('what nothing names is not made', (t) => {
  const resources = resourcesOf(
    anIr({
      endpoints: [someEndpoints('10.0.0.1')],
      secrets: [aSecret()],
      virtualHosts: [aVirtualHost('*', aRoute())],
    }),
  );
  for (const typeUrl of typeUrls) t.is(resources[typeUrl].size, 0, typeUrl);
});

test('a listener without a way in is left out', (t) => {
  t.is(resourcesOf(anIr({ listeners: [aListener()] }))[Listener].size, 0);
});

const aVerifiedCluster = (fields: Partial<ClusterNode> = {}) =>
  aCluster({
    tls: { clientCertificate: 'demo/cert', verify: { trust: 'trust://demo/ca', names: [] } },
    ...fields,
  });

const world = {
  listeners: [aListener({ tlsInspector: true })],
  filterChains: [aChain(), aTlsChain('a')],
  virtualHosts: [aVirtualHost('a.example', aRoute()), aVirtualHost('b.example', aRoute())],
  clusters: [aVerifiedCluster()],
  endpoints: [someEndpoints('10.0.0.1')],
  secrets: [aSecret()],
  trustBundles: [aTrustBundle()],
};

const changesTo = test.macro<[next: Partial<typeof world>, changed: readonly string[]]>({
  exec(t, next, changed) {
    const before = makeSnapshot(undefined, anIr(world));
    const after = makeSnapshot(before, anIr({ ...world, ...next }));
    const changes = snapshotChanges(before.resources, after.resources);
    t.deepEqual(
      changes.map(({ name, change }) => `${change} ${name}`),
      changed,
    );
  },
  title: (name = '') => name,
});

test(
  'an endpoint touches its assignment and nothing else',
  changesTo,
  { endpoints: [someEndpoints('10.0.0.1', '10.0.0.2')] },
  ['updated demo/shop:80'],
);
test(
  'a route touches its table, plain or in a scope, and nothing else',
  changesTo,
  { virtualHosts: [aVirtualHost('a.example')] },
  ['updated web', 'updated web'],
);
test(
  'a renewed certificate touches its secret and nothing else',
  changesTo,
  { secrets: [aSecret({ certificateChain: 'renewed' })] },
  ['updated demo/cert'],
);
test(
  'a renewed trust bundle touches its secret and nothing else',
  changesTo,
  { trustBundles: [aTrustBundle({ authorities: 'renewed' })] },
  ['updated trust://demo/ca'],
);
test(
  'a trust bundle that goes takes along who trusts it, and what only that names',
  changesTo,
  { trustBundles: [] },
  ['removed shop', 'removed trust://demo/ca'],
);
test(
  'where a node came from touches nothing',
  changesTo,
  {
    listeners: [aListener({ tlsInspector: true, from: ['Listener a/b'] })],
    virtualHosts: [
      aVirtualHost('b.example', aRoute({ from: ['Mapping a/b'] })),
      aVirtualHost('a.example', aRoute()),
    ],
  },
  [],
);
test(
  'a listener that goes takes along what only it names',
  changesTo,
  { listeners: [], filterChains: [] },
  ['removed web', 'removed web', 'removed web', 'removed shards web'],
);

const a = <T>(...choices: readonly T[]): fc.Arbitrary<readonly T[]> => fc.subarray([...choices]);

const anyIr = fc
  .record({
    listeners: a(
      aListener(),
      aListener({ name: 'other', port: 8081 as Port, proxyProtocol: true }),
    ),
    filterChains: a(
      aChain(),
      aTlsChain('a'),
      aTlsChain('b', 'demo/other'),
      aChain({ listener: 'other', carries: requestsOf('second') }),
    ),
    virtualHosts: a(
      ...[0, 1].flatMap((timeout) =>
        ['*', 'a.example', 'b.example', '*.c.example'].map((domain) =>
          aVirtualHost(domain, aRoute({ action: aForward({ timeout }) })),
        ),
      ),
      { ...aVirtualHost('*', aRoute()), table: 'second' },
    ),
    clusters: a(aCluster(), aVerifiedCluster(), aVerifiedCluster({ name: 'second' })),
    endpoints: a(someEndpoints('10.0.0.1'), someEndpoints('10.0.0.2')),
    secrets: a(
      aSecret(),
      aSecret({ name: 'demo/other' }),
      aSecret({ certificateChain: 'renewed' }),
    ),
    trustBundles: a(aTrustBundle(), aTrustBundle({ authorities: 'renewed' })),
  })
  .map(anIr);

const contents = (resources: Snapshot['resources']): object =>
  typeUrls.map((typeUrl) => [...entries(resources[typeUrl])]);

test('a snapshot by change is the snapshot from nothing, byte for byte', (t) => {
  holds(
    t,
    fc.property(fc.array(anyIr, { maxLength: 6 }), (history) => {
      let graph: SnapshotGraph | undefined;
      for (const ir of history) {
        graph = makeSnapshot(graph, ir);
        deepStrictEqual(contents(graph.resources), contents(resourcesOf(ir)));
      }
    }),
  );
});
