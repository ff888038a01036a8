import type { Cluster } from '../../../../src/ir/cluster.ts';
import { noMutation } from '../../../../src/ir/header-mutation.ts';
import { aCluster } from '../an-ir.ts';

const dns = (lookup: 'strict' | 'logical', family: 'v4' | 'v6' | 'auto', respectTtl: boolean) =>
  ({ _tag: 'Dns', lookup, host: 'shop.example', port: 443, family, respectTtl }) as const;

const times = { timeout: 500, interval: 60_000, unhealthyThreshold: 2, healthyThreshold: 1 };

/** Every way to find, reach and verify an upstream. */
export const everyCluster: readonly Cluster[] = [
  aCluster(),
  aCluster({
    name: 'strict',
    discovery: { ...dns('strict', 'v4', true), others: [{ host: '192.0.2.1', port: 80 }] },
    tls: { sni: 'shop.example' },
    protocol: 'http2',
    loadBalancer: { _tag: 'RingHash' },
  }),
  aCluster({ name: 'logical', discovery: dns('logical', 'v6', false), tls: {} }),
  aCluster({
    name: 'fixed',
    discovery: { _tag: 'Static', address: '::1', port: 80 },
    idleTimeout: 30_000,
    maxConnectionLifetime: 60_000,
    loadBalancer: { _tag: 'Maglev' },
    circuitBreakers: [
      { priority: 'default', maxConnections: 1, maxPendingRequests: 2 },
      { priority: 'high', maxRequests: 3, maxRetries: 4 },
    ],
    keepalive: { probes: 3, time: 60, interval: 10 },
  }),
  aCluster({
    name: 'checked',
    protocol: 'http2',
    healthChecks: [
      {
        ...times,
        probe: {
          _tag: 'Http',
          path: '/up',
          host: 'shop.example',
          headers: {
            add: [
              { name: 'x-a', value: '100% of %NOPE(', append: true },
              { name: 'x-b', value: '%PROTOCOL%', append: false },
            ],
            remove: ['user-agent'],
          },
          statuses: [
            { from: 200, to: 200 },
            { from: 300, to: 399 },
          ],
        },
      },
      { ...times, probe: { _tag: 'Http', path: '/', headers: noMutation, statuses: [] } },
      { ...times, probe: { _tag: 'Tcp' } },
      { ...times, probe: { _tag: 'Grpc' } },
      { ...times, probe: { _tag: 'Grpc', service: 'shop.Cart', authority: 'shop.example' } },
    ],
    outlierDetection: {
      consecutive5xx: 3,
      consecutiveGatewayErrors: 2,
      interval: 1000,
      baseEjectionTime: 2000,
      maxEjectionTime: 60_000,
      maxEjectionPercent: 50,
    },
  }),
  aCluster({ name: 'observed', outlierDetection: { maxEjectionPercent: 0 } }),
  aCluster({ name: 'slow', loadBalancer: { _tag: 'RoundRobin', slowStart: 60_000 } }),
  aCluster({ name: 'slower', loadBalancer: { _tag: 'LeastRequest', slowStart: 90_500 } }),
  aCluster({ name: 'ring', loadBalancer: { _tag: 'RingHash', minimumSize: 2048 } }),
  aCluster({ name: 'table', loadBalancer: { _tag: 'Maglev', tableSize: 251 } }),
  aCluster({ name: 'negotiated', tls: {}, protocol: 'negotiated' }),
  aCluster({ name: 'as-client', protocol: 'as-client' }),
  aCluster({
    name: 'auto',
    discovery: dns('strict', 'auto', false),
    loadBalancer: { _tag: 'LeastRequest' },
  }),
  aCluster({
    name: 'verified',
    tls: {
      sni: 'shop.example',
      clientCertificate: 'demo/cert',
      verify: {
        trust: 'trust://demo/ca',
        names: [
          { _tag: 'Dns', name: 'shop.example' },
          { _tag: 'Uri', uri: 'spiffe://shop.example/shop' },
        ],
      },
      parameters: {
        minVersion: '1.0',
        maxVersion: '1.3',
        ciphers: ['ECDHE-RSA-AES128-GCM-SHA256', 'AES128-SHA'],
        curves: ['X25519', 'P-256'],
      },
      alpn: ['h2', 'http/1.1'],
    },
  }),
  aCluster({
    name: 'trusted',
    discovery: { _tag: 'Static', address: '127.0.0.1', port: 443 },
    tls: {
      verify: { trust: 'trust://demo/ca', names: [] },
      parameters: { minVersion: '1.1', maxVersion: '1.2' },
    },
  }),
];
