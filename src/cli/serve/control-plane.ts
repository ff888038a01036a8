import type { Logger } from 'pino';
import { asapScheduler, observeOn, ReplaySubject, type Observable } from 'rxjs';

import type { AskClusters } from '../../../streams/status/cluster-sweep.ts';
import type { Published } from '../../plane/published.ts';
import { startAdminServer, type AdminPages } from '../../edge/admin/admin-server.ts';
import { startDebugServer } from '../../edge/admin/debug-server.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import { adsServer } from '../../edge/ads/ads-server.ts';
import type { RemoteAdsOptions } from '../../edge/ads/remote-ads.ts';
import type { SocketAddress, TcpAddress } from '../../edge/socket-address.ts';
import { problemRecord, type PlaceOf } from '../../problem/problem-record.ts';
import { allProblems } from '../../translate/assemble/problems.ts';
import { withCarried } from '../../kube/store/annotated.ts';
import { comesFrom } from '../../xds/provenance.ts';
import type { EnvoyEvent } from '../../xds/session/discovery.ts';
import type { Envoys } from '../source/source.ts';
import type { Diagnosed } from './emissary-diagnostics.ts';
import { firstSeen } from './first-seen.ts';
import { logPublished } from './log-published.ts';
import { observeRemote } from './observe-remote.ts';
import { observe } from './observe.ts';
import { readiness, type ReadinessOptions } from './readiness.ts';
import { standing } from './standing.ts';
import { shownIr, shownResources, shownSteps } from './shown-configuration.ts';

interface ControlPlaneOptions extends Omit<ReadinessOptions, 'server'> {
  /** The pipe; what Envoys answer flows back into it. */
  readonly publish: (envoys$: Observable<EnvoyEvent>) => Observable<Published>;
  /** Reports the status of objects; called before the first Envoy comes. */
  readonly reportStatus?: ((envoys: Envoys) => void) | undefined;
  readonly ads: SocketAddress;
  /** Asks the Envoy beside this control plane for its clusters; absent where there is none. */
  readonly askClusters?: AskClusters | undefined;
  /** For Envoys on the network. */
  readonly remote: RemoteAdsOptions | undefined;
  readonly admin: Pick<TcpAddress, 'host' | 'port'>;
  /** The unix socket where the debug pages are shown. */
  readonly debug: string;
  readonly notAlive: () => string | undefined;
  readonly metrics: Metrics;
  readonly envoy: AdminPages['envoy'];
  /** Shows what is configured on the admin address; undefined where it is not shown. */
  readonly diagnose: ((diagnosed: Diagnosed) => Readonly<Record<string, unknown>>) | undefined;
  readonly log: Logger;
  readonly placeOf: PlaceOf;
}

/** A running control plane. */
export interface ControlPlane {
  readonly ads: SocketAddress;
  readonly remote: TcpAddress | undefined;
  readonly admin: TcpAddress;
  /** Settles when requests can be sent here for the first time. */
  readonly ready: Promise<void>;
  /** Settles when the pipe breaks, which only a bug can do. */
  readonly broken: Promise<Error>;
  /** Says that requests should go elsewhere, and goes on. */
  readonly stopping: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the servers, then the pipe: an Envoy that is waiting gets its configuration at once. */
export const startControlPlane = async (options: ControlPlaneOptions): Promise<ControlPlane> => {
  const { publish, metrics, log, placeOf, diagnose } = options;
  const published$ = new ReplaySubject<Published>(1);
  let latest: Published | undefined;
  const { seen, since } = firstSeen();
  const server = adsServer({ address: options.ads, remote: options.remote, published$ });
  const readable = readiness({ ...options, server });
  const debugServer = await startDebugServer(options.debug, {
    snapshot: (object) => ({
      seq: latest?.snapshot.seq ?? 0,
      resources:
        latest === undefined
          ? []
          : shownResources(
              latest.snapshot.resources,
              object &&
                comesFrom(latest.translation.ir, withCarried(latest.store.annotated, object)),
            ),
    }),
    ir: () => (latest === undefined ? {} : shownIr(latest.translation.ir)),
    steps: () => (latest === undefined ? [] : shownSteps(latest.translation, latest.graph)),
    problems: () =>
      (latest === undefined ? [] : allProblems(latest.translation.problems)).map((problem) =>
        problemRecord(problem, { place: placeOf(problem), since: since(problem) }),
      ),
    streams: server.streams,
  });
  const diagnosed = ({ translation }: Published): Diagnosed => ({
    ir: translation.ir,
    problems: allProblems(translation.problems),
    isReady: readable.notReady() === undefined,
  });
  const adminServer = await startAdminServer(options.admin, {
    notAlive: options.notAlive,
    notReady: readable.notReady,
    metrics: metrics.render,
    metricsType: metrics.contentType,
    envoy: options.envoy,
    diagnostics: diagnose && (() => (latest === undefined ? {} : diagnose(diagnosed(latest)))),
  }).catch(async (error: unknown) => {
    await debugServer.close();
    throw error;
  });
  const closePages = async (): Promise<void> => {
    await Promise.all([adminServer.close(), debugServer.close()]);
  };
  const observer = observe(metrics, log, server);
  const { publishedAt, envoys } = observer;
  metrics.standing(standing({ latest: () => latest, publishedAt, envoys }));
  options.reportStatus?.({
    ...{ published$, telemetry$: server.telemetry$, metrics },
    askClusters: options.askClusters,
  });
  const unobserveRemote = observeRemote(metrics, log, server.remote$);
  const addresses = await server.start().catch(async (error: unknown) => {
    server.kill();
    unobserveRemote();
    await closePages();
    throw error;
  });
  const logged = logPublished(log, placeOf);
  let fail: (error: Error) => void = () => undefined;
  const broken = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const subscription = publish(server.envoys$.pipe(observeOn(asapScheduler))).subscribe({
    next: (published) => {
      observer.published(published);
      logged(published, latest);
      seen(latest?.translation.problems, published.translation.problems, published.batch.at);
      latest = published;
      readable.published(published);
      published$.next(published);
    },
    error: fail,
  });
  return {
    ads: addresses.local,
    remote: addresses.remote,
    admin: adminServer.address,
    ready: readable.ready,
    broken,
    stopping: readable.stopping,
    stop: async () => {
      subscription.unsubscribe();
      await server.stop();
      observer.stop();
      unobserveRemote();
      await closePages();
    },
  };
};
