import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SocketAddress } from '../socket-address.ts';
import { showAddress } from '../socket-address.ts';
import { admit } from './admin-request.ts';
import { debugJson } from './debug-json.ts';
import { writePieces } from './write-pieces.ts';

/** Everything the admin server can answer; each function is called when a request asks for it. */
export interface AdminPages {
  /** Why this process should be restarted, in one line; undefined when it should not. */
  readonly notAlive: () => string | undefined;
  /** Why requests should not be sent here yet, in one line; undefined when they should. */
  readonly notReady: () => string | undefined;
  readonly metrics: () => Promise<string>;
  readonly metricsType: string;
  /** The pages under `/debug`, as values that `debugJson` can show: `snapshot`, `ir`, `streams`. */
  readonly debug: Readonly<Record<string, () => unknown>>;
}

/** A running admin server. */
export interface AdminServer {
  readonly address: Extract<SocketAddress, { readonly _tag: 'Tcp' }>;
  readonly close: () => Promise<void>;
}

/**
 * Answers health checks, metrics and debug pages on this address.
 *
 * It only reads: no request changes anything. Private keys never leave it, see `debugJson`. The
 * debug pages are for this machine only, wherever it listens.
 */
export const startAdminServer = async (
  { host, port }: { readonly host: string; readonly port: number },
  pages: AdminPages,
): Promise<AdminServer> => {
  const routes = routesTo(pages);
  const paths: ReadonlySet<string> = new Set(routes.keys());
  const server = createServer(limits, (request, response) => {
    answer(request, response, routes, paths, host).catch(() => response.destroy());
  });
  server.maxConnections = 256;
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n'));
  await listening(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    address: { _tag: 'Tcp', host, port: bound },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
};

/** A client that is slow or sends too much is not waited for. */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;

interface Page {
  readonly status: number;
  readonly type: string;
  /** A text that may be large comes in pieces. */
  readonly body: string | Iterable<string>;
}

type Routes = ReadonlyMap<string, () => Page | Promise<Page>>;

const routesTo = ({ notAlive, notReady, metrics, metricsType, debug }: AdminPages): Routes =>
  new Map<string, () => Page | Promise<Page>>([
    ['/ambassador/v0/check_alive', () => health('alive', notAlive())],
    ['/ambassador/v0/check_ready', () => health('ready', notReady())],
    ['/metrics', async () => ({ status: 200, type: metricsType, body: await metrics() })],
    ['/debug', () => json(Object.keys(debug).map((name) => `/debug/${name}`))],
    ...Object.entries(debug).map(([name, show]) => [`/debug/${name}`, () => json(show())] as const),
  ]);

const health = (state: 'alive' | 'ready', reason: string | undefined): Page =>
  reason === undefined ? text(200, state) : text(503, `not ${state}: ${reason}`);

const text = (status: number, line: string): Page => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${line}\n`,
});

const json = (value: unknown): Page => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: debugJson(value),
});

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
  paths: ReadonlySet<string>,
  boundTo: string,
): Promise<void> => {
  const { method = '', url = '', headers, socket } = request;
  const { host, origin } = headers;
  const wanted = { peer: socket.remoteAddress, method, target: url, host, origin };
  const admission = admit(wanted, paths, boundTo);
  if (admission._tag === 'Refused') {
    if (admission.status === 405) response.setHeader('allow', 'GET, HEAD');
    await send(response, method, text(admission.status, admission.reason));
    return;
  }
  const page = routes.get(admission.path) ?? (() => text(404, 'not found'));
  await send(response, method, await shown(page));
};

/** If a page fails, the answer says so and no more: an error message can quote anything. */
const shown = async (page: () => Page | Promise<Page>): Promise<Page> => {
  try {
    return await page();
  } catch {
    return text(500, 'this page cannot be shown');
  }
};

const send = async (
  response: ServerResponse,
  method: string,
  { status, type, body }: Page,
): Promise<void> => {
  response.writeHead(status, {
    'content-type': type,
    ...(typeof body === 'string' && { 'content-length': Buffer.byteLength(body) }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  if (typeof body === 'string') response.end(body);
  else if (method === 'HEAD') response.end();
  else await writePieces(response, body);
};

const listening = async (server: Server, host: string, port: number): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const at = showAddress({ _tag: 'Tcp', host, port });
      const reason = reasons.get(error.code ?? '') ?? error.message;
      reject(
        new Error(
          `the admin server cannot listen on ${at}: ${reason}; ` +
            'choose another address with --admin-address',
        ),
      );
    });
    server.listen(port, host, resolve);
  });
};

const reasons: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'the port is in use'],
  ['EACCES', 'this user may not use the port'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['ENOTFOUND', 'the name cannot be resolved'],
]);
