import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  expand,
  filter,
  map,
  of,
  startWith,
  switchMap,
  timeout,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

/** A Lease as it was read. */
export interface LeaseRecord {
  /** Changes with every write. */
  readonly version: string;
  /** Empty when it was given back. */
  readonly holder: string;
  /** How long its holder may be silent before others take it, in milliseconds. */
  readonly duration: number;
}

/** The Lease in the API server, for one candidate; both fail when it cannot be reached. */
export interface LeaseApi {
  readonly identity: string;
  readonly read: () => Observable<LeaseRecord | undefined>;
  /**
   * Writes the candidate into the Lease that was read; emits `false` if somebody else was faster.
   */
  readonly claim: (over: LeaseRecord | undefined) => Observable<boolean>;
}

/** How patient a candidate is, in milliseconds. */
export interface LeaseTimes {
  /** A leader that cannot renew for this long stops leading; shorter than the Lease's duration. */
  readonly renewDeadline: number;
  /** Between two attempts. */
  readonly retry: number;
}

/**
 * Whether this candidate leads: takes the Lease, renews it, and stops leading before another may take it.
 *
 *     attempts                 h--h--f--f--h     h = held, f = failed
 *     renewDeadline=5          t-------f---t     true until 5 after the last held attempt began
 *
 * Clocks of different machines are never compared: a Lease of somebody else has expired when, by
 * our own clock, it has been unchanged for its duration. Begins with `false`, emits each change
 * once, never completes and never fails. Unsubscribing ends the attempts and does not release the
 * Lease.
 *
 * `switchMap`: an attempt's outcome replaces what was known from the one before.
 */
export const leadership = (
  api: LeaseApi,
  times: LeaseTimes,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<boolean> =>
  attempts(api, times, scheduler).pipe(
    filter(({ result }) => result !== 'Failed'),
    switchMap(({ result, at }) =>
      result === 'Held'
        ? concat(
            of(true),
            timer(Math.max(0, at + times.renewDeadline - scheduler.now()), scheduler).pipe(
              map(() => false),
            ),
          )
        : of(false),
    ),
    startWith(false),
    distinctUntilChanged(),
  );

/** One attempt to hold the Lease. */
interface Attempt {
  readonly result: 'Held' | 'Others' | 'Failed';
  /** When it began: whatever it wrote was written later. */
  readonly at: number;
  /** The version of the Lease that was read last, and when it was first seen. */
  readonly seen?: { readonly version: string; readonly at: number };
}

const attempts = (
  api: LeaseApi,
  { renewDeadline, retry }: LeaseTimes,
  scheduler: SchedulerLike,
): Observable<Attempt> => {
  const attempt = ({ seen }: Pick<Attempt, 'seen'>): Observable<Attempt> =>
    defer(() => {
      const at = scheduler.now();
      return attemptAt(api, at, seen, scheduler).pipe(
        timeout({ first: renewDeadline, scheduler }),
        catchError(() => of<Attempt>({ result: 'Failed', at, ...(seen && { seen }) })),
      );
    });
  return attempt({}).pipe(
    expand((last) => timer(retry, scheduler).pipe(switchMap(() => attempt(last)))),
  );
};

const attemptAt = (
  api: LeaseApi,
  at: number,
  before: Attempt['seen'],
  scheduler: SchedulerLike,
): Observable<Attempt> =>
  api.read().pipe(
    switchMap((record) => {
      const now = scheduler.now();
      const seen =
        record === undefined || record.version === before?.version
          ? before
          : { version: record.version, at: now };
      const noted = { at, ...(seen && { seen }) };
      const isFree =
        record === undefined ||
        ['', api.identity].includes(record.holder) ||
        now - (seen?.at ?? now) >= record.duration;
      return isFree
        ? api
            .claim(record)
            .pipe(map((won): Attempt => ({ result: won ? 'Held' : 'Failed', ...noted })))
        : of<Attempt>({ result: 'Others', ...noted });
    }),
  );
