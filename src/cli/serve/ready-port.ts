import { isIP } from 'node:net';

import { showAddress } from '../../edge/socket-address.ts';
import type { ReadyPort } from '../../xds/bootstrap/ready-listener.ts';
import { UsageError } from '../usage-error.ts';
import type { ServeOptions } from './serve-options.ts';

/** The flags about who says that requests can be sent here. */
export type ReadyOptions = Pick<ServeOptions, 'envoy' | 'envoyReadyAddress' | 'adminAddress'>;

/**
 * Where our Envoy says whether it is ready, if anywhere; a wrong call is a UsageError.
 *
 * Envoy has to know for certain where to ask: an address that leads nowhere would mean that the
 * control plane is never asked and Envoy always says yes.
 */
export const readyPort = (options: ReadyOptions): ReadyPort | undefined => {
  const { envoy, envoyReadyAddress: address, adminAddress } = options;
  if (address === undefined) return undefined;
  const flag = `--envoy-ready-address ${showAddress(address)}`;
  if (envoy === false) throw new UsageError(`${flag} with --no-envoy: nobody would answer`);
  const { host, port } = adminAddress;
  const admin = { _tag: 'Tcp', host: reachable.get(host) ?? host, port } as const;
  for (const [name, asked] of [
    ['--envoy-ready-address', address],
    ['--admin-address', admin],
  ] as const)
    if (asked.port === 0 || isIP(asked.host) === 0)
      throw new UsageError(`${flag} needs an IP address and a port that is not 0 in ${name}`);
  if (address.port === port)
    throw new UsageError(`${flag} has the port of --admin-address; choose another one`);
  return { address, controlPlane: admin };
};

/** Where to reach what listens on every address. */
const reachable: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);
