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
  /** How often the files are read, in milliseconds; by default once a second. */
  readonly lookEvery?: number;
}

/** A change of the certificates, or a client that was turned away. */
export type RemoteAdsEvent = TlsChange | ({ readonly _tag: 'TurnedAway' } & TurnedAway);

/** An open port for remote Envoys. */
export interface RemoteAds {
  readonly address: TcpAddress;
  readonly close: () => void;
}

/**
 * Opens a port on which Envoys that show a certificate reach a gRPC server of their own.
 *
 * The TLS is ours and not that of grpc-js, which cannot set the TLS version, session resumption and
 * the number of connections, and turns every client away while a file is missing.
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
