import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

import { showAddress, type SocketAddress } from '../socket-address.ts';
import { claimSocket, restrictSocket } from '../unix-socket.ts';
import { limitConnections } from './connection-limit.ts';
import { debugJson } from './debug-json.ts';
import { writePieces } from './write-pieces.ts';

/** What is answered to a request. */
export interface Page {
  readonly status: number;
  readonly type: string;
  /** A text that may be large comes in pieces, of which no more are made than the client takes. */
  readonly body: string | Iterable<string> | AsyncIterable<Buffer>;
}

/** The pages by their paths; each is made when a request asks for it. */
type Pages = ReadonlyMap<string, () => Page | Promise<Page>>;

/** Pages that are asked for with a query, by their paths without it. */
type AskedPages = ReadonlyMap<string, (query: URLSearchParams) => Page>;

/** For how long a client is waited for. */
interface Patience {
  /** Milliseconds from a request to the end of its answer; absent: as long as the client takes to read it. */
  readonly longestAnswer?: number;
}

/** A running server of pages. */
export interface PageServer<Address extends SocketAddress = SocketAddress> {
  readonly address: Address;
  readonly close: () => Promise<void>;
}

/** A page of one line. */
export const line = (status: number, text: string): Page => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
});

/** A page of JSON, without private keys and credentials: see `debugJson`. */
export const jsonPage = (value: unknown): Page => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: debugJson(value),
});

/**
 * Answers GET and HEAD of these pages on this address; a unix socket is for our own user alone.
 *
 * It only reads: no request changes anything. A path is answered only if it is exactly one that
 * exists, so no other spelling leads to it.
 */
export const startPageServer = async <Address extends SocketAddress>(
  address: Address,
  pages: Pages,
  asked: AskedPages = new Map(),
  { longestAnswer }: Patience = {},
): Promise<PageServer<Address>> => {
  const server = createServer(limits, (request, response) => {
    if (longestAnswer !== undefined) endAfter(response, longestAnswer);
    answer(request, response, pageOf(pages, asked, request)).catch(() => response.destroy());
  });
  limitConnections(server, { all: 256, ofAPeer: 64 });
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n'));
  await listening(server, address);
  return {
    address: address._tag === 'Tcp' ? { ...address, port: portOf(server) } : address,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
};

/** Whoever does not read holds one of the connections, which others may need. */
const endAfter = (response: ServerResponse, milliseconds: number): void => {
  const late = setTimeout(() => response.destroy(), milliseconds);
  response.once('close', () => clearTimeout(late));
};

/** A client that sends slowly or too much is not waited for. */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const pageOf = (
  pages: Pages,
  asked: AskedPages,
  { url = '' }: IncomingMessage,
): (() => Page | Promise<Page>) | undefined => {
  const mark = url.indexOf('?');
  if (mark === -1 || pages.has(url)) return pages.get(url);
  const page = asked.get(url.slice(0, mark));
  return page && (() => page(new URLSearchParams(url.slice(mark))));
};

const answer = async (
  { method = '' }: IncomingMessage,
  response: ServerResponse,
  page: (() => Page | Promise<Page>) | undefined,
): Promise<void> => {
  if (page === undefined) return await send(response, method, line(404, 'not found'));
  if (method === 'GET' || method === 'HEAD') return await send(response, method, await shown(page));
  response.setHeader('allow', 'GET, HEAD');
  return await send(response, method, line(405, 'only GET and HEAD are allowed'));
};

/** If a page fails, the answer says so and no more: an error message can quote anything. */
const shown = async (page: () => Page | Promise<Page>): Promise<Page> => {
  try {
    return await page();
  } catch {
    return line(500, 'this page cannot be shown');
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
  else if (Symbol.asyncIterator in body) await pipeline(body, response);
  else await writePieces(response, body);
};

const listening = async (server: Server, address: SocketAddress): Promise<void> => {
  if (address._tag === 'Unix') await claimSocket(address.path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = reasons.get(error.code ?? '') ?? error.message;
      reject(new Error(`cannot listen on ${showAddress(address)}: ${reason}`));
    });
    if (address._tag === 'Unix') server.listen(address.path, resolve);
    else server.listen(address.port, address.host, resolve);
  });
  if (address._tag === 'Unix') await restrictSocket(address.path);
};

const reasons: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'the port is in use'],
  ['EACCES', 'this user may not use the port'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['ENOTFOUND', 'the name cannot be resolved'],
]);
