import { setTimeout } from 'node:timers/promises';

import type { Logger } from 'pino';
import type { Observable } from 'rxjs';

import { envoyMetrics } from '../../edge/admin/envoy-metrics.ts';
import { liveness as newLiveness, type Liveness } from '../../edge/admin/liveness.ts';
import { log as openLog } from '../../edge/admin/log.ts';
import { metrics as newMetrics, type Metrics } from '../../edge/admin/metrics.ts';
import { cacheFolder } from '../../edge/envoy/cache-folder.ts';
import { envoyAdmin } from '../../edge/envoy/envoy-admin.ts';
import { clusterStates } from '../../edge/envoy/cluster-states.ts';
import { findEnvoy } from '../../edge/envoy/find-envoy.ts';
import { openStateFolder, type StateFolder } from '../../edge/file/state-folder.ts';
import { showAddress } from '../../edge/socket-address.ts';
import type { Published } from '../../plane/published.ts';
import type { PlaceOf } from '../../problem/problem-record.ts';
import type { EnvoyEvent } from '../../xds/session/discovery.ts';
import { ownVersion } from '../own-version.ts';
import type { Envoys } from '../source/source.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { drainTime } from './drain-time.ts';
import { emissaryDiagnostics } from './emissary-diagnostics.ts';
import { ownAdmin, ownNode, startOwnEnvoy, type OwnEnvoy } from './own-envoy.ts';
import { readyPort } from './ready-port.ts';
import { remoteOptions } from './remote-options.ts';
import type { ServeOptions } from './serve-options.ts';
import { stopRequests } from './stop-requests.ts';

/** What a source may use. */
interface Serving {
  readonly state: StateFolder;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** To be told of events that arrive and of batches that are handled. */
  readonly liveness: Liveness;
}

/** Where the configuration comes from. */
export interface ServedSource {
  /** Names the input: the same one finds its running Envoy again. */
  readonly input: string;
  /** What to say when requests are served. */
  readonly introduction?: string;
  readonly open: (serving: Serving) => Promise<OpenedSource>;
}

/** A source that is ready to be subscribed. */
interface OpenedSource {
  readonly publish: (envoys$: Observable<EnvoyEvent>) => Observable<Published>;
  readonly placeOf: PlaceOf;
  /** What has not been read yet, for people: `Mapping, Secret`. */
  readonly waitingFor?: (() => string | undefined) | undefined;
  /** Reports the status of objects from now on. */
  readonly reportStatus?: ((envoys: Envoys) => void) | undefined;
  /** Called when nothing is served any more. */
  readonly close: () => Promise<void>;
}

/**
 * Serves a source until somebody asks to stop: control plane, admin server and, unless told
 * otherwise, an Envoy. Leaves no process behind, except when it is killed itself.
 *
 * It ends in this order, so that no request fails that load balancers can send elsewhere: first it
 * is not ready, and everything else goes on for the drain delay; then Envoy tells its clients to
 * leave, finishes open requests and ends; then the control plane ends, which has configured Envoy
 * until then; then the source.
 */
export const serve = async (
  options: ServeOptions,
  env: NodeJS.ProcessEnv,
  source: ServedSource,
): Promise<void> => {
  const remote = remoteOptions(options);
  readyPort(options);
  const drain = drainTime(options.drainTime, env);
  const log = openLog({ level: options.logLevel, format: options.logFormat, to: 'stderr', env });
  const state = openStateFolder({ chosen: options.stateDir, input: source.input, env });
  const closing: (() => Promise<void> | void)[] = [state.release];
  try {
    const binary =
      options.envoy === false
        ? undefined
        : await findEnvoy({
            asked: typeof options.envoy === 'string' ? options.envoy : undefined,
            cacheFolder: cacheFolder({ env }),
            env,
            progress: (line) => log.info(line),
          });
    const metrics = newMetrics({
      ofProcess: true,
      version: ownVersion(),
      ...(binary !== undefined && { ownNode: ownNode(state) }),
    });
    const liveness = newLiveness({ limit: options.stuckAfter * 1000 });
    const opened = await source.open({ state, metrics, log, liveness });
    closing.push(opened.close);
    const stop = stopRequests(log);
    closing.push(stop.release);
    const controlPlane = await startControlPlane({
      publish: opened.publish,
      ads: options.adsAddress ?? { _tag: 'Unix', path: state.adsSocket },
      remote,
      admin: options.adminAddress,
      debug: state.debugSocket,
      notAlive: liveness.stuck,
      hasOwnEnvoy: binary !== undefined,
      envoy:
        binary === undefined || options.envoyStats === 'none'
          ? undefined
          : envoyMetrics(envoyAdmin(ownAdmin(options, state)).prometheus),
      diagnose: options.diagnostics === true ? emissaryDiagnostics(options) : undefined,
      waitingFor: opened.waitingFor,
      reportStatus: opened.reportStatus,
      askClusters: binary && clusterStates(envoyAdmin(ownAdmin(options, state)).clusters),
      metrics,
      log,
      placeOf: opened.placeOf,
    });
    closing.push(controlPlane.stop);
    for (const address of [controlPlane.ads, controlPlane.remote])
      if (address !== undefined) log.info(`serving xDS on ${showAddress(address)}`);
    log.info(`health checks and metrics on ${showAddress(controlPlane.admin)}`);
    void introduced(controlPlane, source, binary !== undefined, log);
    const ads = controlPlane.ads;
    const envoy =
      binary === undefined
        ? undefined
        : startOwnEnvoy({ options, env, state, binary, ads, drain, metrics, log, stop });
    closing.push(...closeOf(envoy));
    const failures = [failed(controlPlane.broken), failed(envoy?.failed)];
    await Promise.race([stop.asked, ...failures]);
    controlPlane.stopping();
    await Promise.race([noticed(options.drainDelay, stop.immediate, log), ...failures]);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
};

const introduced = async (
  { ready }: ControlPlane,
  { introduction }: ServedSource,
  hasOwnEnvoy: boolean,
  log: Logger,
): Promise<void> => {
  await ready;
  log.info(
    hasOwnEnvoy
      ? 'ready: Envoy has accepted its listeners'
      : 'ready: the configuration has been read completely',
  );
  if (introduction !== undefined) log.info(introduction);
};

/** Returns when load balancers have had time to notice, or when the user cannot wait. */
const noticed = async (seconds: number, now: AbortSignal, log: Logger): Promise<void> => {
  if (seconds === 0 || now.aborted) return;
  log.info(`not ready any more; going on for ${seconds} s, until load balancers have noticed`);
  await setTimeout(seconds * 1000, undefined, { signal: now }).catch(() => undefined);
};

const closeOf = (envoy: OwnEnvoy | undefined): readonly (() => Promise<void>)[] =>
  envoy === undefined ? [] : [envoy.stop];

const failed = async (error: Promise<Error> | undefined): Promise<never> => {
  throw (await error) ?? (await new Promise<Error>(() => undefined));
};
