import type { RemoteAdsOptions } from '../../edge/ads/remote-ads.ts';
import { showAddress } from '../../edge/socket-address.ts';
import { UsageError } from '../usage-error.ts';
import type { ServeOptions } from './serve-options.ts';

/** The flags about who may fetch the configuration. */
export type AdsOptions = Pick<
  ServeOptions,
  'adsAddress' | 'adsTlsAddress' | 'adsTlsCert' | 'adsTlsKey' | 'adsTlsCa'
>;

/**
 * Where remote Envoys are served, if anywhere; a wrong call is a UsageError.
 *
 * The configuration holds private keys: it leaves this machine over TLS, to clients with a
 * certificate, or not at all. A port of loopback is open to whoever can make Envoy send requests.
 */
export const remoteOptions = (options: AdsOptions): RemoteAdsOptions | undefined => {
  const { adsAddress, adsTlsAddress: address } = options;
  if (adsAddress?._tag === 'Tcp')
    throw new UsageError(
      `--ads-address ${showAddress(adsAddress)} would give private keys to everybody who can ` +
        'connect to it, also through Envoy; use unix:PATH, or --ads-tls-address for Envoys elsewhere',
    );
  const { adsTlsCert: certificate, adsTlsKey: privateKey, adsTlsCa: ca } = options;
  const files = { '--ads-tls-cert': certificate, '--ads-tls-key': privateKey, '--ads-tls-ca': ca };
  const given = namesOf(files, (path) => path !== undefined);
  if (address === undefined) {
    if (given.length === 0) return undefined;
    throw new UsageError(`${given.join(', ')} without --ads-tls-address: nothing would be served`);
  }
  if (certificate === undefined || privateKey === undefined || ca === undefined) {
    const missing = namesOf(files, (path) => path === undefined).join(', ');
    throw new UsageError(`--ads-tls-address ${showAddress(address)} needs ${missing} as well`);
  }
  return { address, files: { certificate, privateKey, ca } };
};

const namesOf = (
  files: Readonly<Record<string, string | undefined>>,
  wanted: (path: string | undefined) => boolean,
): readonly string[] =>
  Object.entries(files).flatMap(([name, path]) => (wanted(path) ? [name] : []));
