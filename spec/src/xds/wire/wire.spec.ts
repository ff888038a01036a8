import test from 'ava';

import { decode } from '../../../../src/xds/message/encode.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { encodeResponse } from '../../../_support/xds/encode-response.ts';
import { aCluster } from '../../../_support/xds/xds-world.ts';

test('a response is its framed resources and what is its own', (t) => {
  const a = aCluster('a');
  const b = aCluster('b', '2');
  const response = { typeUrl: TypeUrl.Cluster, nonce: '3', resources: [a, b], removed: ['c'] };
  const bytes = encodeResponse(response);
  const read = decode('envoy.service.discovery.v3.DeltaDiscoveryResponse', bytes);
  t.is(read.type_url, TypeUrl.Cluster);
  t.is(read.nonce, '3');
  t.deepEqual(read.removed_resources, ['c']);
  t.deepEqual(
    read.resources?.map(({ name, version, resource }) => [
      name,
      version,
      resource?.type_url,
      Buffer.from(resource?.value ?? []).toString(),
    ]),
    [
      ['a', '1', TypeUrl.Cluster, '{"endpoints":["a"]}'],
      ['b', '2', TypeUrl.Cluster, '{"endpoints":["b"]}'],
    ],
  );
});

test('a resource of any size is framed', (t) => {
  for (const size of [0, 1, 60, 127, 128, 16_383, 16_384, 3_000_000]) {
    const bytes = Buffer.alloc(size, 7);
    const big = { ...aCluster('big'), bytes };
    const response = { typeUrl: TypeUrl.Cluster, nonce: '1', resources: [big], removed: [] };
    const read = decode(
      'envoy.service.discovery.v3.DeltaDiscoveryResponse',
      encodeResponse(response),
    );
    t.is(read.nonce, '1');
    t.is(read.resources?.length, 1);
    t.true(bytes.equals(read.resources?.[0]?.resource?.value ?? Buffer.alloc(0)), String(size));
  }
});
