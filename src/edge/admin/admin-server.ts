import { messageOf } from '../message-of.ts';
import type { TcpAddress } from '../socket-address.ts';
import { line, startPageServer, type Page, type PageServer } from './page-server.ts';

/** Everything the admin server can answer; each function is called when a request asks for it. */
export interface AdminPages {
  /** Why this process should be restarted, in one line; undefined when it should not. */
  readonly notAlive: () => string | undefined;
  /** Why requests should not be sent here yet, in one line; undefined when they should. */
  readonly notReady: () => string | undefined;
  readonly metrics: () => Promise<string>;
  readonly metricsType: string;
}

/**
 * Answers health checks and metrics on this address, to everybody.
 *
 * Whoever can make Envoy send a request can ask it, so of what users configured there are only numbers
 * and names here: see `startDebugServer`.
 */
export const startAdminServer = async (
  { host, port }: Pick<TcpAddress, 'host' | 'port'>,
  { notAlive, notReady, metrics, metricsType }: AdminPages,
): Promise<PageServer<TcpAddress>> => {
  const pages = new Map<string, () => Page | Promise<Page>>([
    ['/ambassador/v0/check_alive', () => health('alive', notAlive())],
    ['/ambassador/v0/check_ready', () => health('ready', notReady())],
    ['/metrics', async () => ({ status: 200, type: metricsType, body: await metrics() })],
  ]);
  return await startPageServer({ _tag: 'Tcp', host, port }, pages).catch((cause: unknown) => {
    const message = `the admin server ${messageOf(cause)}; choose another address with --admin-address`;
    throw new Error(message, { cause });
  });
};

const health = (state: 'alive' | 'ready', reason: string | undefined): Page =>
  reason === undefined ? line(200, state) : line(503, `not ${state}: ${reason}`);
