import { createSecureServer } from 'node:http2';
import { TLSSocket } from 'node:tls';

import type { Signed } from '../world/an-authority.ts';
import { listening, type Listening } from './a-server.ts';

/** What a backend saw of the connection a request came on. */
export interface SeenConnection {
  readonly serverName: string;
  /** `1.1` or `2.0` */
  readonly http: string;
  readonly tls: string;
  readonly cipher: string;
  /** The name in the certificate of the client; absent: it showed none. */
  readonly client?: string;
}

/** A backend over TLS that asks for a certificate, lets everybody in, and tells what it saw as JSON. */
export const startSecureBackend = async (identity: Signed): Promise<Listening> => {
  const server = createSecureServer(
    {
      cert: identity.certificate,
      key: identity.privateKey,
      allowHTTP1: true,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      request.resume();
      const seen: SeenConnection = { ...seenOn(request.socket), http: request.httpVersion };
      if (request.httpVersion === '1.1') response.setHeader('connection', 'close');
      response.end(JSON.stringify(seen));
    },
  );
  return await listening(server);
};

const seenOn = (socket: unknown): Omit<SeenConnection, 'http'> => {
  if (!(socket instanceof TLSSocket)) throw new Error('expected a TLS connection');
  const { subjectaltname } = socket.getPeerCertificate();
  return {
    serverName: String(socket.servername),
    tls: String(socket.getProtocol()),
    cipher: socket.getCipher().name,
    ...(subjectaltname !== undefined && { client: subjectaltname }),
  };
};
