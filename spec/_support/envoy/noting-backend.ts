import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';
import { listening } from './a-server.ts';

/** A backend, over TLS if it has a certificate, that keeps the paths of the requests that reach it. */
export const startNotingBackend = async (identity?: KeyPair) => {
  const reached: string[] = [];
  const answer: RequestListener = (request, response) => {
    request.resume();
    reached.push(request.url ?? '');
    response.end('reached');
  };
  const server =
    identity === undefined
      ? createServer(answer)
      : createSecureServer({ cert: identity.certificate, key: identity.privateKey }, answer);
  server.keepAliveTimeout = 0;
  return {
    ...(await listening(server)),
    /** The paths of all requests that came since this was asked last. */
    reached: (): readonly string[] => reached.splice(0),
  };
};
