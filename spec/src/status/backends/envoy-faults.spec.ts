import test from 'ava';

import { entries, from, values, type Collection } from '../../../../src/collection/collection.ts';
import type { Cluster, ClusterName } from '../../../../src/ir/cluster.ts';
import { wholeSlice } from '../../../../src/status/backends/cluster-slice.ts';
import type { ClusterState } from '../../../../src/status/backends/cluster-state.ts';
import {
  afterSweep,
  believedFor,
  noEnvoyFaults,
  withoutClusters,
} from '../../../../src/status/backends/envoy-faults.ts';
import { aCluster } from '../../../_support/world/an-ir.ts';

const byName: Cluster['discovery'] = {
  _tag: 'Dns',
  host: 'shop.example',
  port: 443,
  lookup: 'strict',
  family: 'v4',
  respectTtl: false,
};

const known: Collection<ClusterName, Cluster> = from([
  ['shop', aCluster()],
  ['names', aCluster({ name: 'names', discovery: byName })],
]);

/** A host, what failed there, and the requests that were sent to it. */
type Host = readonly [address: string, failed: number, requests: number];

/** What Envoy says of a cluster with these hosts. */
const state = (name: string, ...hosts: readonly Host[]): ClusterState => ({
  name,
  hosts: hosts.length,
  troubled: hosts
    .filter(([, failed]) => failed > 0)
    .map(([address, failed, requests]) => ({ address, failed, requests })),
});

/** The faults after each of these answers, which come 10 s apart. */
const faultsAfter = (...answers: readonly (readonly ClusterState[])[]) => {
  let faults = noEnvoyFaults;
  return answers.map((clusters, i) => {
    faults = afterSweep(faults, { slice: wholeSlice, clusters, at: i * 10_000 }, known);
    return Object.fromEntries(
      [...entries(faults.faults)].map(([name, { reason }]) => [name, reason]),
    );
  });
};

const failed = { shop: 'ConnectionFailed' };

/** What an answer says of the hosts of a cluster, and whether the cluster counts as failed after it. */
type Said = readonly [hosts: readonly Host[], isFailed: boolean];

/** One answer an argument. */
const says = test.macro<Said[]>({
  exec(t, ...answers) {
    t.deepEqual(
      faultsAfter(...answers.map(([hosts]) => [state('shop', ...hosts)])),
      answers.map(([, isFailed]) => (isFailed ? failed : {})),
    );
  },
  title: (name = '') => name,
});

test(
  'a host to which every connection failed fails',
  says,
  [[['10.0.0.1:80', 0, 0]], false],
  [[['10.0.0.1:80', 2, 0]], true],
);

test(
  'what failed before it was looked at for the first time says nothing where requests were served',
  says,
  [[['10.0.0.1:80', 7, 100]], false],
  [[['10.0.0.1:80', 8, 100]], true],
);

test(
  'a host fails as long as nothing is sent to it, and no longer',
  says,
  [[['10.0.0.1:80', 1, 0]], true],
  [[['10.0.0.1:80', 1, 0]], true],
  [[['10.0.0.1:80', 1, 1]], false],
  [[['10.0.0.1:80', 1, 1]], false],
);

test(
  'a host that fails now and then does not fail',
  says,
  [[['10.0.0.1:80', 1, 5]], false],
  [[['10.0.0.1:80', 3, 9]], false],
);

test(
  'a cluster fails when all its hosts do',
  says,
  [
    [
      ['10.0.0.1:80', 1, 0],
      ['10.0.0.2:80', 0, 0],
    ],
    false,
  ],
  [
    [
      ['10.0.0.1:80', 2, 0],
      ['10.0.0.2:80', 1, 0],
    ],
    true,
  ],
);

test(
  'a host in the place of another one is new',
  says,
  [[['10.0.0.1:80', 1, 0]], true],
  [[['10.0.0.2:80', 0, 0]], false],
);

test(
  'counters that began anew are looked at as for the first time',
  says,
  [[['10.0.0.1:80', 5, 0]], true],
  [[['10.0.0.1:80', 2, 9]], false],
  [[['10.0.0.1:80', 1, 0]], true],
);

test('a failure after which nothing was tried is forgotten', (t) => {
  const answers = Array.from({ length: believedFor / 10_000 + 1 }, () => [
    state('shop', ['10.0.0.1:80', 1, 0]),
  ]);
  const faults = faultsAfter(...answers);
  t.deepEqual(faults.at(-2), failed);
  t.deepEqual(faults.at(-1), {});
});

test('a name without an address is not resolved; other clusters without hosts are not its concern', (t) => {
  t.deepEqual(
    faultsAfter([state('shop'), state('names')], [state('names', ['10.0.0.1:80', 0, 0])]),
    [{ names: 'NameNotResolved' }, {}],
  );
});

test('what is no cluster of ours, or is none any more, has no fault', (t) => {
  t.deepEqual(
    faultsAfter(
      [state('another', ['10.0.0.1:80', 1, 0]), state('shop', ['10.0.0.1:80', 1, 0])],
      [state('names')],
    ),
    [failed, { names: 'NameNotResolved' }],
  );
  const faults = afterSweep(
    noEnvoyFaults,
    { slice: wholeSlice, clusters: [state('shop', ['10.0.0.1:80', 1, 0])], at: 0 },
    known,
  );
  t.deepEqual([...entries(withoutClusters(faults, ['shop']).faults)], []);
});

test('an answer about some clusters leaves others as they are', (t) => {
  const names = ['a-0000000000000000', 'b-0000000000000001'];
  const two = from(names.map((name) => [name, aCluster({ name })] as const));
  const down = names.map((name) => state(name, ['10.0.0.1:80', 1, 0]));
  const both = afterSweep(noEnvoyFaults, { slice: wholeSlice, clusters: down, at: 0 }, two);
  const less = afterSweep(both, { slice: { of: 16, index: 1 }, clusters: [], at: 1 }, two);
  t.deepEqual(
    [...entries(less.faults)].map(([name]) => name),
    ['a-0000000000000000'],
  );
});

test('a message names the cluster as its owner knows it, and does not change with each failure', (t) => {
  const messagesAfter = (...hosts: readonly Host[]) => {
    const swept = { slice: wholeSlice, clusters: [state('shop', ...hosts), state('names')], at: 0 };
    return [...values(afterSweep(noEnvoyFaults, swept, known).faults)]
      .map(({ message }) => message)
      .sort();
  };
  const expected = [
    'demo/shop:80: the Envoy of the leader cannot connect to any of its addresses',
    'shop.example:443: the Envoy of the leader finds no address for this name',
  ];
  t.deepEqual(messagesAfter(['10.0.0.1:80', 3, 0]), expected);
  t.deepEqual(messagesAfter(['10.0.0.2:80', 1, 0], ['10.0.0.1:80', 4, 0]), expected);
});
