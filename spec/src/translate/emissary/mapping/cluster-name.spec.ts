import test from 'ava';

import { keys } from '../../../../../src/collection/collection.ts';
import {
  aHost,
  aListener,
  aMapping,
  aResolver,
  aService,
  translated,
} from '../../../../_support/world/builders.ts';

type Spec = Readonly<Record<string, unknown>>;

const nameFor = (spec: Spec): string => {
  const { ir } = translated(
    aListener(),
    aHost('shop/all'),
    aService('shop/cart'),
    aResolver('Endpoint', 'shop/endpoint'),
    aMapping('shop/a', spec),
  );
  return [...keys(ir.clusters)].join(' and ');
};

/**
 * Mappings, and the clusters they have had since names were given so.
 *
 * A name that changes is a cluster that is new to every Envoy on the day of an upgrade: its connections
 * are made again and its statistics begin at nothing. So these names are never changed.
 */
const pinned: readonly (readonly [spec: Spec, name: string])[] = [
  [{ service: 'cart' }, 'cluster_cart_80_shop-0f42257da1cb01ea'],
  [{ service: 'cart:8080' }, 'cluster_cart_8080_shop-fac93b473afd99d2'],
  [{ service: 'cart.other' }, 'cluster_cart_other_80_shop-b318804099b5f7c2'],
  [{ service: 'https://cart' }, 'cluster_cart_443_shop-7e27d00e599aee86'],
  [{ service: 'cart', tls: 'true' }, 'cluster_cart_443_shop-7e27d00e599aee86'],
  [
    { service: 'https://cart', host_rewrite: 'inside.example' },
    'cluster_cart_443_shop-e857127b05db0f9f',
  ],
  [{ service: 'https://10.0.0.1' }, 'cluster_10_0_0_1_443_shop-1ee8684ce5a640a9'],
  [{ service: '10.0.0.1:81' }, 'cluster_10_0_0_1_81_shop-f110e34c329fe0c0'],
  [
    { service: 'cart', dns_type: 'logical_dns', respect_dns_ttl: true },
    'cluster_cart_80_shop-366bbef080e7dd0e',
  ],
  [{ service: 'cart', enable_ipv6: true }, 'cluster_cart_80_shop-57dc38ad140c9e56'],
  [
    { service: 'cart', enable_ipv4: false, enable_ipv6: true },
    'cluster_cart_80_shop-028369474afaf381',
  ],
  [{ service: 'cart', connect_timeout_ms: 1 }, 'cluster_cart_80_shop-56e262fe8d37df43'],
  [{ service: 'cart', cluster_idle_timeout_ms: 2 }, 'cluster_cart_80_shop-49da3cc7502310db'],
  [
    { service: 'cart', cluster_max_connection_lifetime_ms: 3 },
    'cluster_cart_80_shop-4f094182c7356927',
  ],
  [{ service: 'cart', grpc: true }, 'cluster_cart_80_shop-585707abff163f9c'],
  [{ service: 'cart', stats_name: 'basket' }, 'cluster_cart_80_shop-89fd21db5c4c92dc'],
  [{ service: 'cart', cluster_tag: 'blue' }, 'cluster_blue_cart_80_shop-903ffaab8715b20a'],
  [{ service: 'cart', keepalive: { probes: 3 } }, 'cluster_cart_80_shop-99647ad10e18d51a'],
  [
    { service: 'cart', keepalive: { interval: 5, idle_time: 20, probes: 3 } },
    'cluster_cart_80_shop-703515efb7ad3186',
  ],
  [
    { service: 'cart', circuit_breakers: [{ max_retries: 2 }] },
    'cluster_cart_80_shop-840b39542d83753b',
  ],
  [
    {
      service: 'cart',
      circuit_breakers: [
        { max_requests: 3, max_pending_requests: 2, max_connections: 1, priority: 'high' },
        {},
      ],
    },
    'cluster_cart_80_shop-79aede5876f1267e',
  ],
  [{ service: 'cart', resolver: 'endpoint' }, 'cluster_cart_80_shop-6630c62a2edf67f5'],
  [
    {
      service: 'cart:80',
      resolver: 'endpoint',
      load_balancer: { policy: 'least_request' },
    },
    'cluster_cart_80_shop-84c103f02984a117',
  ],
  [
    {
      service: 'cart:80',
      resolver: 'endpoint',
      load_balancer: { policy: 'ring_hash', source_ip: true },
    },
    'cluster_cart_80_shop-3d62973f3d66500d',
  ],
  [
    {
      service: 'cart:80',
      resolver: 'endpoint',
      load_balancer: { policy: 'maglev', header: 'x-user' },
    },
    'cluster_cart_80_shop-dc13477fa83877e4',
  ],
  [
    {
      service: 'https://cart:80',
      resolver: 'endpoint',
      host_rewrite: 'inside.example',
      load_balancer: { policy: 'maglev', cookie: { name: 'user' } },
      grpc: true,
      connect_timeout_ms: 1,
      cluster_idle_timeout_ms: 2,
      cluster_max_connection_lifetime_ms: 3,
      stats_name: 'basket',
      cluster_tag: 'blue',
      keepalive: { probes: 3, idle_time: 20, interval: 5 },
      circuit_breakers: [{ max_connections: 1 }],
    },
    'cluster_blue_cart_80_shop-473c29872c7c3db1',
  ],
];

for (const [spec, name] of pinned)
  test(`an upgrade keeps the cluster of ${JSON.stringify(spec)}`, (t) => {
    t.is(nameFor(spec), name);
  });
