import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  NEVER,
  of,
  retry,
  takeUntil,
  throwError,
  timer,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

/** When to run something again that has ended by an error; times in milliseconds. */
export interface Restarts {
  /** The wait after the first crash; it doubles with each one that follows. */
  readonly first: number;
  /** The longest wait. */
  readonly max: number;
  /** If a run has lasted this long, its end counts as a first crash. */
  readonly quiet: number;
  /** This many crashes `within` this time are a crash loop. */
  readonly crashes: number;
  readonly within: number;
}

/** Emitted between two runs. */
export interface Restarting {
  readonly _tag: 'Restarting';
  readonly error: unknown;
  /** Until the next run, in milliseconds. */
  readonly delay: number;
}

/**
 * Runs its source again when it fails, after a longer wait each time.
 *
 *     a run                       -a-#
 *     first=2 crashes=3           -a-r--a-r-----a-#       r = Restarting, after 2 and after 4
 *
 * A source is one run, for instance of a process: subscribing starts it. What runs emit passes in
 * order and nothing is added but `Restarting`. If a run completes, it was meant to end, and the
 * result completes too. `stop$` ends the wait between two runs; a run in progress has to stop by
 * itself. A crash loop is an error, with the last one as its cause.
 */
export const supervise =
  <A>(
    restarts: Restarts,
    stop$: Observable<unknown> = NEVER,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<A, A | Restarting> =>
  (run$) =>
    defer(() => {
      let history: History = { recent: [], delay: 0 };
      const attempt$ = defer(() => {
        const since = scheduler.now();
        return run$.pipe(
          catchError((error: unknown) => {
            history = crashed(history, since, scheduler.now(), restarts);
            const { delay } = history;
            const failed$ = throwError(() => error);
            return isLoop(history, restarts)
              ? failed$
              : concat(of<Restarting>({ _tag: 'Restarting', error, delay }), failed$);
          }),
        );
      });
      const wait = (error: unknown): Observable<unknown> =>
        isLoop(history, restarts)
          ? throwError(() => crashLoop(error, restarts))
          : timer(history.delay, scheduler).pipe(takeUntil(stop$));
      return attempt$.pipe(retry({ delay: wait }));
    });

interface History {
  /** When the last crashes were, the oldest first. */
  readonly recent: readonly number[];
  /** The wait after the last of them. */
  readonly delay: number;
}

const crashed = (
  { recent, delay }: History,
  since: number,
  now: number,
  { first, max, quiet, within }: Restarts,
): History => ({
  recent: [...recent.filter((at) => now - at < within), now],
  delay: delay === 0 || now - since >= quiet ? first : Math.min(delay * 2, max),
});

const isLoop = ({ recent }: History, { crashes }: Restarts): boolean => recent.length >= crashes;

const crashLoop = (cause: unknown, { crashes, within }: Restarts): Error => {
  const last = cause instanceof Error ? cause.message : String(cause);
  return new Error(`crashed ${crashes} times within ${within / 1000} s, at last: ${last}`, {
    cause,
  });
};
