import test from 'ava';

import { values } from '../../../../src/collection/collection.ts';
import { serviceCluster } from '../../../../src/translate/contribution/service-cluster.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  translated,
} from '../../../_support/world/builders.ts';

const mapped = (spec: Readonly<Record<string, unknown>>) => {
  const { ir } = translated(
    aListener(),
    aHost('shop/all'),
    aService('shop/cart'),
    aMapping('shop/a', { service: 'cart:8080', resolver: 'endpoint', ...spec }),
  );
  return [...values(ir.clusters)];
};

test('a Service port has the cluster that a Mapping with the endpoint resolver has', (t) => {
  t.deepEqual(mapped({}), [
    serviceCluster({ service: 'shop/cart', port: 8080, protocol: 'http1' }),
  ]);
});

test('a Service port that speaks gRPC has the cluster that a Mapping for gRPC has', (t) => {
  t.deepEqual(mapped({ grpc: true }), [
    serviceCluster({ service: 'shop/cart', port: 8080, protocol: 'http2' }),
  ]);
});

test('ports that are spoken to in different ways have clusters with different names', (t) => {
  const place = { service: 'shop/cart', port: 8080, protocol: 'http1' } as const;
  const names = [
    serviceCluster(place),
    serviceCluster({ ...place, port: 8081 }),
    serviceCluster({ ...place, service: 'other/cart' }),
    serviceCluster({ ...place, protocol: 'http2' }),
    serviceCluster({ ...place, tls: { sni: 'cart.example' } }),
  ].map(({ name }) => name);
  t.is(new Set(names).size, 5);
  t.regex(names[0] ?? '', /^cluster_cart_8080_shop-[0-9a-f]{16}$/);
});
