import { messageOf } from '../message-of.ts';
import type { TcpAddress } from '../socket-address.ts';
import type { EnvoyChoice } from './envoy-metrics.ts';
import { jsonPage, line, startPageServer, type Page, type PageServer } from './page-server.ts';

/** Everything the admin server can answer; each function is called when a request asks for it. */
export interface AdminPages {
  /** Why this process should be restarted, in one line; undefined when it should not. */
  readonly notAlive: () => string | undefined;
  /** Why requests should not be sent here yet, in one line; undefined when they should. */
  readonly notReady: () => string | undefined;
  readonly metrics: () => Promise<string>;
  readonly metricsType: string;
  /** The series of the Envoy beside this control plane; undefined when they are not shown. */
  readonly envoy: ((choice: EnvoyChoice) => AsyncIterable<Buffer>) | undefined;
  /** What is configured, by key, for everybody; undefined when it is not shown. */
  readonly diagnostics: (() => Readonly<Record<string, unknown>>) | undefined;
}

/**
 * Answers health checks and metrics on this address, to everybody.
 *
 * Whoever can make Envoy send a request can ask it, so of what users configured there are only numbers
 * and names here (see `startDebugServer`), unless the operator wants `diagnostics`. An answer ends after `longestAnswer` milliseconds, whether it was
 * read or not, so that health checks find a connection.
 */
export const startAdminServer = async (
  { host, port }: Pick<TcpAddress, 'host' | 'port'>,
  { notAlive, notReady, metrics, metricsType, envoy, diagnostics }: AdminPages,
  longestAnswer = 60_000,
): Promise<PageServer<TcpAddress>> => {
  const metricsPage = async (choice: EnvoyChoice): Promise<Page> => {
    const own = await metrics();
    const body = envoy === undefined ? own : joined(own, envoy(choice));
    return { status: 200, type: metricsType, body };
  };
  const pages = new Map<string, () => Page | Promise<Page>>([
    ['/ambassador/v0/check_alive', () => health('alive', notAlive())],
    ['/ambassador/v0/check_ready', () => health('ready', notReady())],
    ['/metrics', async () => await metricsPage('listed')],
    ['/metrics?envoy=all', async () => await metricsPage('all')],
  ]);
  const address = { _tag: 'Tcp', host, port } as const;
  const shown = diagnostics && ((query: URLSearchParams) => diagnosticsPage(diagnostics, query));
  const asked = new Map(shown && [['/ambassador/v0/diag/', shown]]);
  return await startPageServer(address, pages, asked, { longestAnswer }).catch((cause: unknown) => {
    const message = `the admin server ${messageOf(cause)}; choose another address with --admin-address`;
    throw new Error(message, { cause });
  });
};

/** As in Emissary, `?json=true` is all of it, and `filter` names the key that is wanted alone. */
const diagnosticsPage = (
  diagnostics: NonNullable<AdminPages['diagnostics']>,
  query: URLSearchParams,
): Page => {
  if (query.get('json') !== 'true') return line(404, 'expected ?json=true: there is no other form');
  const all = diagnostics();
  const wanted = query.get('filter');
  if (wanted !== null && !Object.hasOwn(all, wanted))
    return line(404, `expected one of ${Object.keys(all).join(', ')} as filter`);
  return jsonPage(wanted === null ? all : all[wanted]);
};

async function* joined(own: string, envoy: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(own);
  yield* envoy;
}

const health = (state: 'alive' | 'ready', reason: string | undefined): Page =>
  reason === undefined ? line(200, state) : line(503, `not ${state}: ${reason}`);
