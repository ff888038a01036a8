import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Secret } from '../../../src/ir/secret.ts';
import type { Sensitive } from '../../../src/ir/sensitive.ts';
import { aCluster, anIr, aSecret, aTrustBundle, someEndpoints } from './an-ir.ts';
import { everyChain, everyListener } from './every-field/chains.ts';
import { everyVirtualHost } from './every-field/routes.ts';

/** What cannot be made up: ports that are free, and certificates that Envoy takes. */
interface Real {
  readonly ports: readonly [Port, Port, Port, Port];
  readonly chain: string;
  readonly key: Sensitive;
  /** Another one, whose key is RSA. */
  readonly rsa: Pick<Secret, 'certificateChain' | 'privateKey'>;
  readonly authorities: string;
}

/** An IR that uses every field and every choice, so that Envoy can be asked whether it takes them. */
export const everyFieldIr = ({ ports, chain, key, rsa, authorities }: Real): Ir =>
  anIr({
    listeners: everyListener(ports),
    filterChains: everyChain,
    virtualHosts: everyVirtualHost,
    clusters: [
      aCluster(),
      aCluster({
        name: 'strict',
        discovery: dns('strict', 'v4', true),
        tls: { sni: 'shop.example' },
        protocol: 'http2',
        loadBalancer: 'ring_hash',
      }),
      aCluster({ name: 'logical', discovery: dns('logical', 'v6', false), tls: {} }),
      aCluster({
        name: 'fixed',
        discovery: { _tag: 'Static', address: '::1', port: 80 },
        idleTimeout: 30_000,
        maxConnectionLifetime: 60_000,
        loadBalancer: 'maglev',
        circuitBreakers: [
          { priority: 'default', maxConnections: 1, maxPendingRequests: 2 },
          { priority: 'high', maxRequests: 3, maxRetries: 4 },
        ],
        keepalive: { probes: 3, time: 60, interval: 10 },
      }),
      aCluster({ name: 'negotiated', tls: {}, protocol: 'negotiated' }),
      aCluster({ name: 'as-client', protocol: 'as-client' }),
      aCluster({
        name: 'auto',
        discovery: dns('strict', 'auto', false),
        loadBalancer: 'least_request',
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
        },
      }),
      aCluster({
        name: 'trusted',
        discovery: { _tag: 'Static', address: '127.0.0.1', port: 443 },
        tls: { verify: { trust: 'trust://demo/ca', names: [] } },
      }),
    ],
    endpoints: [someEndpoints('10.0.0.1', '2001:db8::1')],
    secrets: [
      aSecret({ certificateChain: chain, privateKey: key }),
      aSecret({ name: 'demo/rsa', ...rsa }),
    ],
    trustBundles: [aTrustBundle({ authorities })],
  });

const dns = (lookup: 'strict' | 'logical', family: 'v4' | 'v6' | 'auto', respectTtl: boolean) =>
  ({ _tag: 'Dns', lookup, host: 'shop.example', port: 443, family, respectTtl }) as const;
