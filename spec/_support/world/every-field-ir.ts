import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Secret } from '../../../src/ir/secret.ts';
import type { Sensitive } from '../../../src/ir/sensitive.ts';
import { anIr, aSecret, aTrustBundle, someEndpoints } from './an-ir.ts';
import { everyChain, everyListener } from './every-field/chains.ts';
import { everyCluster } from './every-field/clusters.ts';
import { everyFilter } from './every-field/filters.ts';
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
    filters: everyFilter,
    virtualHosts: everyVirtualHost,
    clusters: everyCluster,
    endpoints: [someEndpoints('10.0.0.1', '2001:db8::1')],
    secrets: [
      aSecret({ certificateChain: chain, privateKey: key }),
      aSecret({ name: 'demo/rsa', ...rsa }),
    ],
    trustBundles: [aTrustBundle({ authorities })],
    connectionLimits: [
      ['all', { requestsPerTurn: 1, requestsBeforeResetsCount: 2, earlyResetSeconds: 3, from: [] }],
    ],
  });
