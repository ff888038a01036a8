import type { Logger } from 'pino';
import type { Observable } from 'rxjs';

import type { Published } from '../../streams/publish.ts';
import { cacheFolder } from '../edge/cache-folder.ts';
import { findEnvoy } from '../edge/find-envoy.ts';
import { log as openLog } from '../edge/log.ts';
import { metrics as newMetrics, type Metrics } from '../edge/metrics.ts';
import { showAddress } from '../edge/socket-address.ts';
import { openStateFolder, type StateFolder } from '../edge/state-folder.ts';
import type { Verdict } from '../xds/discovery.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import type { ProblemShow } from './log-published.ts';
import { startOwnEnvoy, type OwnEnvoy } from './own-envoy.ts';
import type { ServeOptions } from './serve-options.ts';
import { stopRequests } from './stop-requests.ts';

/** What a source may use. */
export interface Serving {
  readonly state: StateFolder;
  readonly metrics: Metrics;
  readonly log: Logger;
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
export interface OpenedSource {
  readonly publish: (verdicts$: Observable<Verdict>) => Observable<Published>;
  readonly show: ProblemShow;
  readonly close: () => Promise<void>;
}

/**
 * Serves a source until somebody asks to stop: control plane, admin server and, unless told
 * otherwise, an Envoy. Leaves no process behind, except when it is killed itself.
 */
export const serve = async (
  options: ServeOptions,
  env: NodeJS.ProcessEnv,
  source: ServedSource,
): Promise<void> => {
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
    const metrics = newMetrics({ ofProcess: true });
    const opened = await source.open({ state, metrics, log });
    closing.push(opened.close);
    const stop = stopRequests(log);
    closing.push(stop.release);
    const controlPlane = await startControlPlane({
      publish: opened.publish,
      ads: options.adsAddress ?? { _tag: 'Unix', path: state.adsSocket },
      admin: options.adminAddress,
      metrics,
      log,
      show: opened.show,
    });
    closing.push(controlPlane.stop);
    log.info(`serving xDS on ${showAddress(controlPlane.ads)}`);
    log.info(`health checks and metrics on ${showAddress(controlPlane.admin)}`);
    void introduced(controlPlane, source, log);
    const envoy =
      binary === undefined
        ? undefined
        : startOwnEnvoy({ options, env, state, binary, ads: controlPlane.ads, metrics, log, stop });
    closing.push(...closeOf(envoy));
    await Promise.race([stop.asked, failed(controlPlane.broken), failed(envoy?.failed)]);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
};

const introduced = async (
  { ready }: ControlPlane,
  { introduction }: ServedSource,
  log: Logger,
): Promise<void> => {
  await ready;
  log.info('ready: Envoy has accepted its listeners');
  if (introduction !== undefined) log.info(introduction);
};

const closeOf = (envoy: OwnEnvoy | undefined): readonly (() => Promise<void>)[] =>
  envoy === undefined ? [] : [envoy.stop];

const failed = async (error: Promise<Error> | undefined): Promise<never> => {
  throw (await error) ?? (await new Promise<Error>(() => undefined));
};
