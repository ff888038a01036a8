import { get } from '../../../src/collection/collection.ts';
import type { ServedName } from '../../../src/ir/server-name.ts';
import type { Translation } from '../../../src/translate/translate.ts';
import type { Manifest } from '../world/builders.ts';
import { aGateway, aGatewayClass, aTlsListener } from '../world/gateway-api/builders.ts';
import { gatewaysOf, toldOf } from '../world/gateway-api/gateway-reports.ts';

const pool = { gatewayAddresses: ['192.0.2.7'] };

/** What objects come to, beside our class. */
export const translated = (...objects: readonly Manifest[]): Translation =>
  gatewaysOf([aGatewayClass(), ...objects], pool);

/** What became of the listener `https` of the Gateway `gw`. */
export const told = (...objects: readonly Manifest[]): readonly string[] =>
  toldOf(translated(...objects), 'Gateway', 'default/gw').flatMap((line) =>
    line.startsWith('https: ') && !line.includes('Conflicted') ? [line.slice(7)] : [],
  );

/** What is served for the name a.example, on 443. */
export const served = (...objects: readonly Manifest[]): Partial<ServedName> | undefined => {
  const { ir } = translated(...objects);
  const chain = get(ir.filterChains, 'listener-192.0.2.7-443 tls/a.example');
  if (chain?.tls === undefined) return undefined;
  const { serverNames: _, ...tls } = chain.tls;
  return tls as Partial<ServedName>;
};

/** A Gateway with one listener for TLS, for a.example. */
export const gatewayOf = (listener: Readonly<Record<string, unknown>>, tls?: object): Manifest =>
  aGateway('default/gw', {
    listeners: [aTlsListener({ hostname: 'a.example', ...listener })],
    ...(tls !== undefined && { tls }),
  });
