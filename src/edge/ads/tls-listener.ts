import { constants } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';

import type { TlsMaterial } from './tls-material.ts';

/** A client that was not accepted. */
export interface TurnedAway {
  /** Its address; Node does not tell it if the certificate was refused. */
  readonly peer?: string;
  readonly reason: string;
}

interface TlsListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly material: TlsMaterial;
  /** A connection of a client whose certificate the CA has signed. */
  readonly accept: (socket: TLSSocket) => void;
  /** Not called for clients that leave by themselves, as health checks do. */
  readonly turnedAway: (client: TurnedAway) => void;
}

interface TlsListener {
  readonly port: number;
  /** Uses these certificates for new connections; open ones go on. */
  readonly use: (material: TlsMaterial) => void;
  /** Takes no more connections. */
  readonly close: () => void;
}

/**
 * Listens for clients that have a certificate of the CA, over TLS 1.3 and for HTTP/2.
 *
 * Sessions are not resumed: a client that comes back shows its certificate again, which is checked
 * against the present CA.
 */
export const startTlsListener = async (options: TlsListenerOptions): Promise<TlsListener> => {
  const { host, port, material, accept, turnedAway } = options;
  const server = createServer({
    ...contextOf(material),
    requestCert: true,
    rejectUnauthorized: true,
    ALPNProtocols: ['h2'],
    handshakeTimeout: 10_000,
    noDelay: true,
  });
  server.maxConnections = 10_000;
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined);
    accept(socket);
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const reason: unknown = socket.authorizationError ?? error.code ?? error.message;
    if (reason !== 'ECONNRESET') turnedAway({ ...peerOf(socket), reason: String(reason) });
  });
  server.listen(port, host);
  await once(server, 'listening');
  server.on('error', () => undefined);
  return {
    port: (server.address() as AddressInfo).port,
    use: (next) => server.setSecureContext(contextOf(next)),
    close: () => server.close(),
  };
};

const contextOf = ({ certificate, privateKey, ca }: TlsMaterial): SecureContextOptions => ({
  cert: certificate,
  key: privateKey,
  ca,
  minVersion: 'TLSv1.3',
  secureOptions: constants.SSL_OP_NO_TICKET,
});

const peerOf = ({ remoteAddress, remotePort }: TLSSocket): Pick<TurnedAway, 'peer'> =>
  remoteAddress === undefined ? {} : { peer: `${remoteAddress}:${remotePort}` };
