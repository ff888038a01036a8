import { basename } from 'node:path';

import type { Logger } from 'pino';

import type { Metrics } from '../../edge/admin/metrics.ts';
import { superviseEnvoy } from '../../edge/envoy/envoy-supervisor.ts';
import type { EnvoyBinary } from '../../edge/envoy/find-envoy.ts';
import { logEnvoy } from '../../edge/envoy/log-envoy.ts';
import type { StateFolder } from '../../edge/file/state-folder.ts';
import type { SocketAddress } from '../../edge/socket-address.ts';
import { dynamicBootstrap } from '../../xds/bootstrap/dynamic-bootstrap.ts';
import { readyPort } from './ready-port.ts';
import type { ServeOptions } from './serve-options.ts';
import type { StopRequests } from './stop-requests.ts';

/** The Envoy beside this control plane. */
export interface OwnEnvoy {
  /** Settles when it cannot be kept running. */
  readonly failed: Promise<Error>;
  /** Drains and ends it, or kills it when the user cannot wait. */
  readonly stop: () => Promise<void>;
}

interface OwnEnvoyOptions {
  readonly options: ServeOptions;
  readonly env: NodeJS.ProcessEnv;
  readonly state: StateFolder;
  readonly binary: EnvoyBinary;
  readonly ads: SocketAddress;
  /** How many seconds requests may go on when it is stopped. */
  readonly drain: number;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly stop: StopRequests;
}

/** Starts Envoy, or takes over the one that an earlier run left, and keeps it running. */
export const startOwnEnvoy = (own: OwnEnvoyOptions): OwnEnvoy => {
  const { options, env, state, binary, ads, drain, metrics, log, stop } = own;
  const admin = ownAdmin(options, state);
  const ending = new AbortController();
  const logged = logEnvoy(log);
  const passOn = passingOn(process.stdout);
  let fail: (error: Error) => void = () => undefined;
  let end: () => void = () => undefined;
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const subscription = superviseEnvoy(
    {
      binary,
      state,
      bootstrap: dynamicBootstrap({
        nodeId: ownNode(state),
        nodeCluster: options.ambassadorId,
        ads,
        admin,
        maxDownstreamConnections: options.envoyMaxConnections,
        maxHeapMebibytes: options.envoyMaxHeap,
        ready: readyPort(options),
        stats: options.envoyStats === 'all' ? 'all' : 'useful',
        routeStats: options.routeStats,
      }),
      admin,
      ads,
      env,
      logLevel: 'info',
      concurrency: options.envoyConcurrency,
      rejectUnknownFields: options.envoyStrict === true,
      drain: { atLeast: 0, atMost: drain * 1000 },
    },
    ending.signal,
  ).subscribe({
    next: (event) => {
      logged(event);
      if (event._tag === 'Written') passOn(event.line);
      if (event._tag === 'Started') metrics.envoyUp(true);
      if (event._tag === 'Restarting') metrics.envoyRestarted();
      if (event._tag === 'Restarting' || event._tag === 'Stopped') metrics.envoyUp(false);
    },
    error: (error: unknown) => {
      fail(error instanceof Error ? error : new Error(String(error)));
      end();
    },
    complete: end,
  });
  return {
    failed,
    stop: async () => {
      const cut = (): void => {
        subscription.unsubscribe();
        end();
      };
      if (stop.immediate.aborted) cut();
      stop.immediate.addEventListener('abort', cut);
      log.info(`draining Envoy; requests in progress have up to ${drain} s`);
      ending.abort();
      await ended;
    },
  };
};

/** Where the admin interface of the Envoy beside this control plane is. */
export const ownAdmin = ({ envoyAdmin }: ServeOptions, state: StateFolder): SocketAddress =>
  envoyAdmin ?? { _tag: 'Unix', path: state.adminSocket };

/** What this Envoy calls itself. */
export const ownNode = (state: StateFolder): string => `headgate-${basename(state.path)}`;

/** Writes lines as long as somebody takes them; that nobody does is no reason to end, as it is for a command. */
const passingOn = (output: NodeJS.WriteStream): ((line: string) => void) => {
  output.removeAllListeners('error').on('error', () => undefined);
  return (line) => {
    if (output.writable && output.writableLength < mostUnread) output.write(`${line}\n`);
  };
};

/** In bytes; what comes when so much is not taken is lost. */
const mostUnread = 8 << 20;
