import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { text } from 'node:stream/consumers';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';

/** A request as the server got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a server answers, now or later; without a status it never answers. */
export interface AuthAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** A server that says who may pass, over HTTP, on loopback; it can be killed, and start again on its port. */
export interface HttpAuthServer {
  readonly port: number;
  /** All that it was asked since this was asked last. */
  readonly asked: () => readonly Asked[];
  /** What it says from now on. */
  readonly says: (answer: (asked: Asked) => AuthAnswer | Promise<AuthAnswer>) => void;
  readonly kill: () => Promise<void>;
  /** Starts it again, over TLS if it has a certificate. */
  readonly restart: (identity?: KeyPair) => Promise<void>;
}

/** Lets those pass that show the token `good`; it tells the backend who that is. */
export const byToken = ({ headers }: Asked): AuthAnswer =>
  headers.authorization === 'good'
    ? { status: 200, headers: { 'x-user': 'ann' } }
    : { status: 401, headers: { 'www-authenticate': 'Token' }, body: 'who are you?' };

/** Starts such a server, which asks for the token. */
export const startHttpAuthServer = async (identity?: KeyPair): Promise<HttpAuthServer> => {
  const asked: Asked[] = [];
  let answer: (one: Asked) => AuthAnswer | Promise<AuthAnswer> = byToken;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answered(request, response);
  };
  const answered = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const one = { method, path: url, headers, body: await text(request).catch(() => '') };
    asked.push(one);
    const { status, headers: said = {}, body = '' } = await answer(one);
    if (status === undefined) return;
    for (const [name, value] of Object.entries(said)) response.setHeader(name, value);
    response.writeHead(status).end(body);
  };
  const started = async (at: number, own?: KeyPair): Promise<Server> => {
    const server =
      own === undefined
        ? createServer(listener)
        : createSecureServer({ cert: own.certificate, key: own.privateKey }, listener);
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
    return server;
  };
  let server = await started(0, identity);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const kill = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return {
    port,
    asked: () => asked.splice(0),
    says: (next) => {
      answer = next;
    },
    kill,
    restart: async (own) => {
      await kill();
      server = await started(port, own);
    },
  };
};
