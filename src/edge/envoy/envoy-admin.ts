import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import type { SocketAddress } from '../socket-address.ts';
import { showAddress } from '../socket-address.ts';

/** What Envoy says about itself. */
export interface EnvoyServerInfo {
  /** `1.40.0` */
  readonly version: string;
  readonly state: 'LIVE' | 'DRAINING' | 'PRE_INITIALIZING' | 'INITIALIZING';
}

/** The admin interface of one Envoy; every call ends within the time-out, by rejecting at worst. */
export interface EnvoyAdmin {
  /** Whether Envoy has its first configuration and takes requests. */
  readonly ready: () => Promise<boolean>;
  readonly serverInfo: () => Promise<EnvoyServerInfo>;
  /** The counters and gauges whose name matches. */
  readonly stats: (filter: string) => Promise<ReadonlyMap<string, number>>;
  readonly configDump: (query?: string) => Promise<unknown>;
  /**
   * The metrics in the text format of Prometheus, which may be many; resolves when the answer begins. The
   * signal alone says when it takes too long.
   */
  readonly prometheus: (query: string, signal: AbortSignal) => Promise<IncomingMessage>;
  /** Lines about each cluster whose name a regular expression (RE2) finds; none where there is no such cluster. */
  readonly clusters: (filter: string, signal: AbortSignal) => Promise<IncomingMessage>;
  readonly post: (path: string) => Promise<string>;
}

/** Talks to the admin interface at this address. */
export const envoyAdmin = (address: SocketAddress, timeout = 2000): EnvoyAdmin => {
  const call = async (method: 'GET' | 'POST', path: string): Promise<Answer> =>
    await ask(address, method, path, timeout);
  const answered = async (method: 'GET' | 'POST', path: string): Promise<string> => {
    const { status, body } = await call(method, path);
    if (status === 200) return body;
    throw new Error(`Envoy answers ${status} to ${method} ${path}: ${body.trim().slice(0, 200)}`);
  };
  const long = async (path: string, signal: AbortSignal): Promise<IncomingMessage> => {
    const answer = await begun(address, 'GET', path, signal);
    if (answer.statusCode !== 200) throw new Error(`Envoy answers ${answer.statusCode}`);
    return answer;
  };
  return {
    ready: async () => (await call('GET', '/ready')).status === 200,
    serverInfo: async () => serverInfo(JSON.parse(await answered('GET', '/server_info'))),
    stats: async (filter) =>
      stats(await answered('GET', `/stats?filter=${encodeURIComponent(filter)}`)),
    configDump: async (query = '') =>
      JSON.parse(await answered('GET', `/config_dump${query}`)) as unknown,
    prometheus: async (query, signal) => {
      const answer = await long(`/stats/prometheus${query}`, signal);
      await once(answer, 'readable');
      return answer;
    },
    clusters: async (filter, signal) =>
      await long(`/clusters?filter=${encodeURIComponent(filter)}`, signal),
    post: async (path) => await answered('POST', path),
  };
};

interface Answer {
  readonly status: number;
  readonly body: string;
}

const ask = async (
  address: SocketAddress,
  method: 'GET' | 'POST',
  path: string,
  timeout: number,
): Promise<Answer> => {
  const incoming = await begun(address, method, path, AbortSignal.timeout(timeout));
  const body = await text(incoming).catch((error: Error) => {
    throw failure(address, error);
  });
  return { status: incoming.statusCode ?? 0, body };
};

/** The answer to a request, of which nothing has been read yet. */
const begun = async (
  address: SocketAddress,
  method: 'GET' | 'POST',
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> => {
  const where =
    address._tag === 'Unix'
      ? { socketPath: address.path }
      : { host: address.host, port: address.port };
  return await new Promise((resolve, reject) => {
    request({ ...where, method, path, agent: false, signal }, resolve)
      .once('error', (error) => reject(failure(address, error)))
      .end();
  });
};

const failure = (address: SocketAddress, { message }: Error): Error =>
  new Error(`Envoy's admin interface at ${showAddress(address)}: ${message}`);

const states = ['LIVE', 'DRAINING', 'PRE_INITIALIZING', 'INITIALIZING'] as const;

/** The version reads `<commit>/1.40.0/Clean/RELEASE/BoringSSL`. */
const serverInfo = (answer: unknown): EnvoyServerInfo => {
  const { version, state } = { ...(answer as object) } as Readonly<Record<string, unknown>>;
  const number = typeof version === 'string' ? version.split('/')[1] : undefined;
  const known = states.find((name) => name === state);
  if (number === undefined || known === undefined)
    throw new Error(`expected an Envoy version and state, got ${version} and ${state}`);
  return { version: number, state: known };
};

/** Lines of `name: 12`; histograms and text values are left out. */
const stats = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^(.+): (\d+)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, Number(value)] as const];
    }),
  );
