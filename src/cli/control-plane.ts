import type { Logger } from 'pino';
import {
  asapScheduler,
  filter,
  merge,
  observeOn,
  ReplaySubject,
  take,
  type Observable,
} from 'rxjs';

import type { Published } from '../../streams/publish.ts';
import { startAdminServer, type AdminServer } from '../edge/admin-server.ts';
import { adsServer, type AdsServer } from '../edge/ads-server.ts';
import { messageOf } from '../edge/message-of.ts';
import type { Metrics } from '../edge/metrics.ts';
import type { SocketAddress } from '../edge/socket-address.ts';
import { allProblems } from '../translate/problems.ts';
import type { Verdict } from '../xds/discovery.ts';
import { TypeUrl } from '../xds/type-url.ts';
import { logPublished, type ProblemShow } from './log-published.ts';
import { observe } from './observe.ts';
import { irJson, xdsJson } from './translate.ts';

/** What a control plane is made of. */
export interface ControlPlaneOptions {
  /** The pipe; what Envoys answer flows back into it. */
  readonly publish: (verdicts$: Observable<Verdict>) => Observable<Published>;
  readonly ads: SocketAddress;
  readonly admin: { readonly host: string; readonly port: number };
  readonly metrics: Metrics;
  readonly log: Logger;
  /** A problem as one line, with its place where that is known. */
  readonly show: ProblemShow;
}

/** A running control plane. */
export interface ControlPlane {
  readonly ads: SocketAddress;
  readonly admin: AdminServer['address'];
  /** Why requests should not be sent here yet. */
  readonly notReady: () => string | undefined;
  /** Settles when an Envoy has accepted its listeners for the first time. */
  readonly ready: Promise<void>;
  /** Settles when the pipe breaks, which only a bug can do. */
  readonly broken: Promise<Error>;
  readonly stop: () => Promise<void>;
}

/** Starts the servers, then the pipe: an Envoy that is waiting gets its configuration at once. */
export const startControlPlane = async (options: ControlPlaneOptions): Promise<ControlPlane> => {
  const { publish, metrics, log, show } = options;
  const published$ = new ReplaySubject<Published>(1);
  let latest: Published | undefined;
  const server = adsServer({ address: options.ads, published$ });
  const notReady = (): string | undefined => whyNotReady(latest, server);
  const adminServer = await startAdminServer(options.admin, {
    notReady,
    metrics: metrics.render,
    metricsType: metrics.contentType,
    debug: {
      snapshot: () => ({
        seq: latest?.snapshot.seq ?? 0,
        resources: latest === undefined ? [] : xdsJson(latest.snapshot.resources),
      }),
      ir: () => (latest === undefined ? {} : irJson(latest.translation.ir)),
      problems: () => (latest === undefined ? [] : allProblems(latest.translation.problems)),
      streams: server.streams,
    },
  });
  const ads = await server.start().catch(async (error: unknown) => {
    await adminServer.close();
    throw new Error(`${messageOf(error)}; choose another address with --ads-address`, {
      cause: error,
    });
  });
  const observer = observe(metrics, log, server);
  const logged = logPublished(log, show);
  const ready = new Promise<void>((resolve) => {
    merge(server.telemetry$, server.verdicts$)
      .pipe(
        observeOn(asapScheduler),
        filter(() => notReady() === undefined),
        take(1),
      )
      .subscribe({ next: () => resolve() });
  });
  let fail: (error: Error) => void = () => undefined;
  const broken = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const subscription = publish(server.verdicts$.pipe(observeOn(asapScheduler))).subscribe({
    next: (published) => {
      observer.published(published);
      logged(published, latest);
      latest = published;
      published$.next(published);
    },
    error: fail,
  });
  return {
    ads,
    admin: adminServer.address,
    notReady,
    ready,
    broken,
    stop: async () => {
      subscription.unsubscribe();
      observer.stop();
      await server.stop();
      await adminServer.close();
    },
  };
};

/** An Envoy that serves nothing is ready only where nothing is to be served. */
const whyNotReady = (latest: Published | undefined, server: AdsServer): string | undefined => {
  if (latest === undefined) return 'the configuration has not been read completely';
  const streams = server.streams();
  if (streams.length === 0) return 'no Envoy is connected';
  const { snapshot, convicted } = latest;
  const nothingToServe =
    snapshot.resources[TypeUrl.Listener].size === 0 &&
    !convicted.some(({ object }) => object.startsWith('Listener '));
  return streams.some(
    ({ settled, types }) =>
      (settled && nothingToServe) || Object.keys(types[TypeUrl.Listener]?.held ?? {}).length > 0,
  )
    ? undefined
    : 'no Envoy has accepted its listeners';
};
