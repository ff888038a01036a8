import test from 'ava';

import { entries, keys } from '../../../src/collection/collection.ts';
import { clustersUsedBy, usersOf } from '../../../src/ir/cluster-users.ts';
import { objectRef, refParts } from '../../../src/ir/object-ref.ts';
import { shownParts } from '../../../src/ir/shown-parts.ts';
import { aService, translated, type Manifest } from '../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGrpcRoute,
  anHttpRoute,
} from '../../_support/world/gateway-api/builders.ts';
import { sharedWorlds } from '../../_support/world/shared-worlds.ts';

/** The longest list of origins in each part, also of what lies in a node; clusters have none. */
const longest = (objects: readonly Manifest[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    shownParts({ ...translated(...objects).ir, clusterUsers: [] }).map(([part, nodes]) => [
      part,
      Math.max(0, ...Array.from(nodes, ([, node]) => originsIn(node)).flat()),
    ]),
  );

/** How many origins each list in a node has. */
const originsIn = (node: unknown): readonly number[] => {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    key === 'from' && Array.isArray(value) ? [value.length] : originsIn(value),
  );
};

test('no node lists the objects that share it, however many they are', (t) => {
  for (const [world, objects] of sharedWorlds)
    for (const n of [3, 30]) {
      const { endpoints = 0, clusters, ...others } = longest(objects(n));
      t.is(clusters, 0);
      t.true(endpoints <= 2, 'a Service and its only slice');
      for (const [part, length] of Object.entries(others)) t.true(length <= 1, `${world}: ${part}`);
    }
});

test('all that use a cluster can be asked for', (t) => {
  const [[, oneHost]] = sharedWorlds;
  const { clusters, clusterUsers } = translated(...oneHost(30)).ir;
  const [cluster = '', ...others] = keys(clusters);
  t.is(others.length, 0);
  const expected = Array.from({ length: 30 }, (_, i) => `Mapping shops/shop-${i}` as const);
  t.deepEqual([...usersOf(clusterUsers, cluster)].sort(), expected.sort());
});

test('the clusters of an object are those that it is a user of', (t) => {
  const backendRefs = ['web', 'other'].map((name) => ({ name, port: 80 }));
  const { clusterUsers } = translated(
    ...sharedWorlds.flatMap(([, objects]) => objects(2)),
    ...[
      aGatewayClass(),
      aGateway('default/gw'),
      aService('default/web'),
      aService('default/other'),
    ],
    anHttpRoute('default/two', { rules: [{ backendRefs }] }),
    aGrpcRoute('default/one', { rules: [{ backendRefs: backendRefs.slice(1) }] }),
  ).ir;
  const pairs = clusterUsers.flatMap(({ kind, byCluster }) =>
    [...entries(byCluster)].flatMap(([cluster, users]) =>
      Array.from(keys(users), (key) => [objectRef(kind, key), cluster] as const),
    ),
  );
  t.deepEqual([...new Set(pairs.map(([object]) => refParts(object)[0]))].sort(), [
    ...['GRPCRoute', 'HTTPRoute', 'Mapping'],
  ]);
  for (const [object, used] of Map.groupBy(pairs, ([one]) => one))
    t.deepEqual(
      [...clustersUsedBy(clusterUsers, object)].sort(),
      used.map(([, cluster]) => cluster).sort(),
    );
  t.deepEqual(clustersUsedBy(clusterUsers, 'Mapping default/none'), []);
  t.deepEqual(clustersUsedBy(clusterUsers, 'Host default/all'), []);
});
