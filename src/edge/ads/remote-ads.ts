import { ServerCredentials, type Server } from '@grpc/grpc-js';
import type { Observer, Subscription } from 'rxjs';

import { messageOf } from '../message-of.ts';
import { showAddress, type TcpAddress } from '../socket-address.ts';
import { startTlsListener, type TurnedAway } from './tls-listener.ts';
import { readTlsMaterial, type TlsFiles } from './tls-material.ts';
import { watchTls, type TlsChange } from './watch-tls.ts';

/** Where Envoys on the network are served, and as whom. */
export interface RemoteAdsOptions {
  /** Port 0 takes a free one. */
  readonly address: TcpAddress;
  readonly files: TlsFiles;
  /** How often the files are looked at, in milliseconds; once a second unless said otherwise. */
  readonly lookEvery?: number;
}

/** What happens to the certificates and at the door. */
export type RemoteAdsEvent = TlsChange | ({ readonly _tag: 'TurnedAway' } & TurnedAway);

/** A door that is open. */
export interface RemoteAds {
  readonly address: TcpAddress;
  readonly close: () => void;
}

/**
 * Lets Envoys in that show a certificate, to a gRPC server of their own.
 *
 * The TLS is ours and not that of grpc-js, which has no say over the version of TLS, the resumption
 * of sessions and the number of connections, and turns everybody away while a file is missing.
 */
export const openRemoteAds = async (
  { address, files, lookEvery = 1_000 }: RemoteAdsOptions,
  server: Server,
  events: Pick<Observer<RemoteAdsEvent>, 'next'>,
): Promise<RemoteAds> => {
  const material = await readTlsMaterial(files);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = await startTlsListener({
    ...address,
    material,
    accept: (socket) => injector.injectConnection(socket),
    turnedAway: (client) => events.next({ _tag: 'TurnedAway', ...client }),
  }).catch((cause: unknown) => {
    throw new Error(
      `cannot listen for remote Envoys on ${showAddress(address)}: ${messageOf(cause)}; ` +
        'choose another address with --ads-tls-address',
      { cause },
    );
  });
  events.next({ _tag: 'Loaded', material });
  const watch: Subscription = watchTls(files, material, lookEvery).subscribe((change) => {
    if (change._tag === 'Loaded') listener.use(change.material);
    events.next(change);
  });
  return {
    address: { ...address, port: listener.port },
    close: () => {
      watch.unsubscribe();
      listener.close();
    },
  };
};
