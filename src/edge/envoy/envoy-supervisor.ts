import {
  catchError,
  concat,
  defer,
  EMPTY,
  firstValueFrom,
  fromEvent,
  ignoreElements,
  map,
  merge,
  Observable,
  of,
  race,
  switchMap,
  takeWhile,
} from 'rxjs';

import type { Restarting, Restarts } from '../../../streams/supervise.ts';
import { supervise } from '../../../streams/supervise.ts';
import { tailFile } from '../file/tail-file.ts';
import { endEnvoy } from './end-envoy.ts';
import type { EnvoyAdmin } from './envoy-admin.ts';
import type { EnvoyOptions } from './envoy-command.ts';
import type { EnvoyLogEntry } from './envoy-log.ts';
import { parseEnvoyLine } from './envoy-log.ts';
import type { EnvoyProcess } from './envoy-process.ts';
import { endOf, startEnvoy } from './envoy-process.ts';

/** What happens in one run of Envoy. */
type RunEvent =
  | {
      readonly _tag: 'Started';
      readonly pid: number;
      readonly version: string;
      readonly adopted: boolean;
      readonly admin: EnvoyAdmin;
    }
  | { readonly _tag: 'Logged'; readonly entry: EnvoyLogEntry }
  /** A line on its standard output, where that is not ours. */
  | { readonly _tag: 'Written'; readonly line: string }
  | { readonly _tag: 'Stopped' };

/** What happens to the supervised Envoy. */
export type EnvoyEvent = RunEvent | Restarting;

/** So many crashes in a minute are more than bad luck; whoever runs us should know. */
const restarts: Restarts = {
  first: 100,
  max: 5000,
  quiet: 30_000,
  crashes: 5,
  within: 60_000,
};

/**
 * Keeps one Envoy running: takes over the one that runs in the state folder or starts one, and
 * starts another when it crashes.
 *
 * Aborting `stop` drains and ends Envoy, and completes. Unsubscribing kills it at once. When this
 * process is killed Envoy stays. A crash loop is an error, and no Envoy is left then.
 */
export const superviseEnvoy = (options: EnvoyOptions, stop: AbortSignal): Observable<EnvoyEvent> =>
  runEnvoy(options, stop).pipe(supervise(restarts, aborted(stop)));

/** One run of Envoy, which ends by an error when nobody asked for it. */
const runEnvoy = (options: EnvoyOptions, stop: AbortSignal): Observable<RunEvent> =>
  envoy(options).pipe(
    switchMap(({ process, now }) =>
      concat(
        of(started(process)),
        merge(
          logged(options, process),
          written(options, process),
          defer(async () => await endWhenAsked(process, options, stop, now)).pipe(ignoreElements()),
        ),
        defer(async () => await verdict(process, options, stop)),
      ),
    ),
    takeWhile(({ _tag }) => _tag !== 'Stopped', true),
  );

const started = ({ identity, version, adopted, admin }: EnvoyProcess): RunEvent => ({
  _tag: 'Started',
  pid: identity.pid,
  version,
  adopted,
  admin,
});

const aborted = (signal: AbortSignal): Observable<unknown> =>
  defer(() => (signal.aborted ? of(undefined) : fromEvent(signal, 'abort')));

interface Run {
  readonly process: EnvoyProcess;
  /** Aborted when nobody listens any more, which ends the process. */
  readonly now: AbortSignal;
}

/** Emits once and does not complete: the process lives as long as somebody listens. */
const envoy = (options: EnvoyOptions): Observable<Run> =>
  new Observable((subscriber) => {
    const now = new AbortController();
    startEnvoy(options, now.signal).then(
      (process) => subscriber.next({ process, now: now.signal }),
      (error: unknown) => subscriber.error(error),
    );
    return () => now.abort();
  });

/** Its log for as long as it runs. */
const logged = ({ state }: EnvoyOptions, process: EnvoyProcess): Observable<RunEvent> =>
  added(state.envoyLog, process.logFrom, process).pipe(
    map((line) => ({ _tag: 'Logged', entry: parseEnvoyLine(line) }) as const),
  );

const written = ({ state }: EnvoyOptions, process: EnvoyProcess): Observable<RunEvent> =>
  process.outputFrom === undefined
    ? EMPTY
    : added(state.envoyOutput, process.outputFrom, process).pipe(
        map((line) => ({ _tag: 'Written', line }) as const),
      );

/** The lines of a file for as long as Envoy runs. A file that somebody removes is no reason to end it. */
const added = (path: string, from: number, { exited }: EnvoyProcess): Observable<string> =>
  tailFile(path, { from, most: 4 << 20, every: 200, until: exited }).pipe(
    catchError(() => defer(async () => await exited).pipe(ignoreElements())),
  );

const endWhenAsked = async (
  { identity, admin, exited }: EnvoyProcess,
  { drain }: EnvoyOptions,
  stop: AbortSignal,
  now: AbortSignal,
): Promise<void> => {
  await firstValueFrom(race(aborted(stop), exited));
  if (stop.aborted) await endEnvoy(identity, admin, drain, now);
};

const verdict = async (
  { identity, exited, logFrom }: EnvoyProcess,
  options: EnvoyOptions,
  stop: AbortSignal,
): Promise<RunEvent> => {
  await exited;
  if (stop.aborted) return { _tag: 'Stopped' };
  throw new Error(`Envoy ${identity.pid} ended ${await endOf(options, { exited, logFrom })}`);
};
