import type { Socket } from 'node:net';

import { Agent, buildConnector, ProxyAgent, type Dispatcher } from 'undici';

import { ApiFault } from '../../kube/reflect/api-fault.ts';
import type { KubeAccess, KubeTls } from './kube-access.ts';

/**
 * How many connections there are at most.
 *
 * Requests have their own, so that watches, which hold one each, never keep a status or the renewal
 * of a lease waiting.
 */
export interface ConnectionLimits {
  readonly streams: number;
  readonly requests: number;
}

/** The open connections to one API server. */
interface KubeConnections {
  /** The connections for a purpose with this TLS; if the TLS changes, new ones are opened. */
  readonly of: (purpose: Purpose, tls: KubeTls) => Dispatcher;
  /** Ends all of them, with whatever is under way. */
  readonly close: () => Promise<void>;
}

/** What a connection is for: a short call, or a body that does not end. */
export type Purpose = keyof ConnectionLimits;

/**
 * The connections to an API server, opened when they are needed.
 *
 * HTTP/1.1: a watch that is stuck holds up nothing else. The kernel probes a connection that is
 * silent for 15 s and gives it up 10 s later, so it is noticed when a peer has vanished.
 */
export const kubeConnections = (
  { proxyUrl }: Pick<KubeAccess, 'proxyUrl'>,
  limits: ConnectionLimits,
): KubeConnections => {
  let current: Pair | undefined;
  let isClosed = false;
  const open = new Set<Dispatcher>();
  /** Connections that are not made yet, which no dispatcher ends. */
  const pending = new Set<Socket>();

  const opened = (purpose: Purpose, tls: KubeTls): Dispatcher => {
    const options = { connections: limits[purpose], ...dispatching };
    const secured = { ...tls, ...connecting };
    const dispatcher =
      proxyUrl === undefined
        ? new Agent({ ...options, connect: tracked(buildConnector(secured), pending) })
        : new ProxyAgent({ ...options, uri: proxyUrl, requestTls: secured, proxyTls: connecting });
    open.add(dispatcher);
    return dispatcher;
  };
  /** Lets what is under way finish: a watch ends by itself within minutes. */
  const drain = async (dispatcher: Dispatcher): Promise<void> => {
    await dispatcher.close().catch(() => undefined);
    open.delete(dispatcher);
  };

  return {
    of: (purpose, tls) => {
      if (isClosed) throw new ApiFault(closed);
      if (current === undefined || !isSame(current.tls, tls)) {
        for (const dispatcher of open) void drain(dispatcher);
        current = { tls, streams: opened('streams', tls), requests: opened('requests', tls) };
      }
      return current[purpose];
    },
    close: async () => {
      isClosed = true;
      for (const socket of pending) socket.destroy();
      await Promise.all([...open].map(async (dispatcher) => await dispatcher.destroy()));
    },
  };
};

/** Keeps a connection in a set until it is made or has failed. */
const tracked =
  (connect: buildConnector.connector, pending: Set<Socket>): buildConnector.connector =>
  (options, callback) => {
    let socket: Socket | undefined;
    const settled = ((...result: Parameters<typeof callback>): void => {
      if (socket !== undefined) pending.delete(socket);
      callback(...result);
    }) as typeof callback;
    const begin = connect as (...call: Parameters<typeof connect>) => Socket | undefined;
    socket = begin(options, settled);
    if (socket !== undefined) pending.add(socket);
  };

/** The error of a call that comes after `close`. */
export const closed = 'the connections to the API server are closed';

type Pair = { readonly tls: KubeTls } & Readonly<Record<Purpose, Dispatcher>>;

/** Time-outs are those of the call, not of the connection: a quiet watch is silent for long. */
const dispatching = {
  allowH2: false,
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 20_000,
};

const connecting = {
  allowH2: false,
  keepAlive: true,
  keepAliveInitialDelay: 15_000,
  timeout: 10_000,
};

const isSame = (one: KubeTls, other: KubeTls): boolean =>
  one.ca === other.ca &&
  one.cert === other.cert &&
  one.key === other.key &&
  one.servername === other.servername &&
  one.rejectUnauthorized === other.rejectUnauthorized;
