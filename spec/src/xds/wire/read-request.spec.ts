import test from 'ava';

import { empty, get } from '../../../../src/collection/collection.ts';
import { encode } from '../../../../src/xds/message/encode.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { requestReader } from '../../../../src/xds/wire/read-request.ts';
import { versions } from '../../../_support/xds/versions.ts';
import { aCluster, aSnapshot } from '../../../_support/xds/xds-world.ts';

test('a request is read with all it says', (t) => {
  const bytes = encode('envoy.service.discovery.v3.DeltaDiscoveryRequest', {
    node: { id: 'one', cluster: 'edge', user_agent_name: 'envoy' },
    type_url: TypeUrl.Cluster,
    resource_names_subscribe: ['*', 'a'],
    resource_names_unsubscribe: ['b'],
    initial_resource_versions: { a: '1' },
    response_nonce: '7',
    error_detail: { code: 13, message: 'no' },
  });
  t.deepEqual(requestReader()(bytes), {
    node: { id: 'one', cluster: 'edge', userAgent: 'envoy' },
    typeUrl: TypeUrl.Cluster,
    subscribe: ['*', 'a'],
    unsubscribe: ['b'],
    initialVersions: versions({ a: '1' }),
    nonce: '7',
    error: 'no',
  });
});

test('of a long message the beginning is kept', (t) => {
  const bytes = encode('envoy.service.discovery.v3.DeltaDiscoveryRequest', {
    error_detail: { code: 13, message: 'no '.repeat(10_000) },
  });
  t.is(requestReader()(bytes).error?.length, 2_048);
});

test('an empty request is an ACK of nothing', (t) => {
  t.deepEqual(requestReader()(Buffer.alloc(0)), {
    typeUrl: '',
    subscribe: [],
    unsubscribe: [],
    initialVersions: empty(),
    nonce: '',
  });
});

const names = Array.from({ length: 500 }, (_, i) => `cluster-${i}`);
const snapshot = (without: readonly string[] = []) =>
  aSnapshot(1, {
    clusters: names.filter((name) => !without.includes(name)).map((name) => aCluster(name)),
  }).resources;

/** A request of a client that holds some names in version 1. */
const holding = (held: readonly string[], changed: Readonly<Record<string, string>> = {}): Buffer =>
  encode('envoy.service.discovery.v3.DeltaDiscoveryRequest', {
    type_url: TypeUrl.Cluster,
    resource_names_subscribe: [...held],
    initial_resource_versions: {
      ...Object.fromEntries(held.map((name) => [name, '1'])),
      ...changed,
    },
  });

test('a client that holds what there is, in any order, holds the very same', (t) => {
  const current = snapshot();
  const { initialVersions } = requestReader()(holding(names.toReversed()), current);
  t.is(initialVersions, current[TypeUrl.Cluster]);
});

test('clients that ask for everything there is ask with one list, also after a change', (t) => {
  const read = requestReader();
  const first = read(holding(names), snapshot()).subscribe;
  t.deepEqual(first.toSorted(), names.toSorted());
  t.is(read(holding(names), snapshot()).subscribe, first);
});

test('what a client holds otherwise, has not or has in addition is read as it is', (t) => {
  const { initialVersions } = requestReader()(
    holding(names.slice(2), { 'cluster-7': '2', é: '3', '': '' }),
    snapshot(),
  );
  t.is(initialVersions.size, 500);
  t.is(get(initialVersions, 'cluster-0'), undefined);
  t.is(get(initialVersions, 'cluster-7')?.version, '2');
  t.is(get(initialVersions, 'cluster-8')?.version, '1');
  t.is(get(initialVersions, 'é')?.version, '3');
  t.is(get(initialVersions, '')?.version, '');
});

test('a name that is said twice does not stand for one that is missing', (t) => {
  const [first = '', ...others] = names;
  const once = holding([...others]);
  const twice = Buffer.concat([once, holding([others[0] ?? '']).subarray(0)]);
  const { initialVersions } = requestReader()(twice, snapshot());
  t.is(initialVersions.size, 499);
  t.is(get(initialVersions, first), undefined);
});

test('before there is anything, clients that hold the same share it', (t) => {
  const read = requestReader();
  const { initialVersions } = read(holding(names));
  t.is(initialVersions.size, 500);
  t.is(read(holding(names.toReversed())).initialVersions, initialVersions);
});

test('bytes that end within a field are no request', (t) => {
  const bytes = holding(names);
  t.throws(() => requestReader()(bytes.subarray(0, bytes.length - 1)), { instanceOf: RangeError });
  t.throws(() => requestReader()(Buffer.from([0x0b])), { instanceOf: RangeError });
});
