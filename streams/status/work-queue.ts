import {
  asyncScheduler,
  concatMap,
  connect,
  defer,
  endWith,
  filter,
  ignoreElements,
  map,
  merge,
  mergeAll,
  mergeMap,
  Observable,
  of,
  take,
  takeUntil,
  timer,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import { recentWork, type Limit } from './recent-work.ts';
import { tokenBucket, type Rate } from './token-bucket.ts';

/** How much is done, and how fast; times in milliseconds. */
export interface WorkLimits {
  readonly concurrency: number;
  readonly rate: Rate;
  /** For each key; what would exceed it waits. */
  readonly perKey: Limit;
  /** The wait after a failure; it doubles with each one of that key that follows. */
  readonly backoff: { readonly first: number; readonly max: number };
}

/** The result of some work. */
export type Worked =
  { readonly _tag: 'Done' } | { readonly _tag: 'Failed'; readonly retryAfter?: number };

/** There is something to do, but not before `wait` milliseconds have passed. */
export interface NotYet {
  readonly wait: number;
}

interface Work<K> {
  /** The work for a key at this moment; `undefined` if there is none, which uses up no rate. */
  readonly work: (key: K) => Observable<Worked> | NotYet | undefined;
  /** While it is `false` no work begins; it replays its latest value to a new subscriber. */
  readonly open$: Observable<boolean>;
  /** Between 0 and 1, at random. */
  readonly jitter: () => number;
}

/** Emitted after each turn of a key. */
export interface Turned<K> {
  readonly key: K;
  readonly result: Worked['_tag'] | 'Nothing' | 'Postponed';
  /** How many keys wait. */
  readonly waiting: number;
}

/**
 * Works on keys, each once however often it came; `work` is called when the turn of a key comes.
 *
 *     keys             -(abc)--b------|
 *     concurrency=2    ---(xy)z-w-----|     a and b, c, and b once more
 *
 * First come, first served. A key that comes again while it waits gets one turn; one that comes
 * while it is worked on gets another. A key whose work failed comes again after a back-off. Keys
 * wait while `open$` is `false`, the rate is used up, or a key had more than its share; memory is
 * one entry for each key. When the source completes, the result does too, and what waits or runs is
 * dropped; an error passes.
 *
 * `mergeMap` with the concurrency as limit: the other keys queue.
 */
export const workQueue =
  <K>(
    limits: WorkLimits,
    { work, open$, jitter }: Work<K>,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<readonly K[], Turned<K>> =>
  (source) =>
    defer(() => {
      const keys = keysOfQueue<K>(limits.backoff, jitter, scheduler);
      const bucket = tokenBucket(limits.rate, scheduler);
      const recent = recentWork<K>(limits.perKey, scheduler);

      const worked = (key: K): Observable<Turned<K>> => {
        const wait = recent.wait(key);
        if (wait > 0) return pause(() => keys.postponed(key, wait), 'Postponed', key);
        const job = work(key);
        if (job === undefined) return pause(() => keys.ended(key), 'Nothing', key);
        if ('wait' in job) return pause(() => keys.postponed(key, job.wait), 'Postponed', key);
        keys.began(key);
        recent.done(key);
        return job.pipe(
          take(1),
          map((result) => {
            if (result._tag === 'Failed') keys.failed(key, result.retryAfter ?? 0);
            else keys.ended(key);
            return { key, result: result._tag, waiting: keys.size() };
          }),
        );
      };
      /**
       * Nothing was done: gives the token back, and lets the event loop turn before the next key.
       */
      const pause = (
        leave: () => void,
        result: Turned<K>['result'],
        key: K,
      ): Observable<Turned<K>> => {
        bucket.giveBack();
        leave();
        return timer(0, scheduler).pipe(map(() => ({ key, result, waiting: keys.size() })));
      };
      const turn = (key: K): Observable<Turned<K>> =>
        open$.pipe(
          filter((isOpen) => isOpen),
          take(1),
          concatMap(() => {
            const wait = bucket.take();
            return wait === 0 ? of(0) : timer(wait, scheduler);
          }),
          concatMap(() => worked(key)),
        );

      return source.pipe(
        connect((shared$) =>
          merge(keys.later$, shared$.pipe(mergeAll(), filter(keys.isNew))).pipe(
            mergeMap(turn, limits.concurrency),
            takeUntil(shared$.pipe(ignoreElements(), endWith(undefined))),
          ),
        ),
      );
    });

/** Where each key is: nowhere, waiting or postponed, or worked on. Lives as long as one subscription. */
const keysOfQueue = <K>(
  { first, max }: WorkLimits['backoff'],
  jitter: () => number,
  scheduler: SchedulerLike,
) => {
  const waiting = new Set<K>();
  const running = new Map<K, { again: boolean }>();
  const failures = new Map<K, number>();
  let delay: (key: K, ms: number) => void = () => undefined;
  const delayed$ = new Observable<{ readonly key: K; readonly ms: number }>((subscriber) => {
    delay = (key, ms) => subscriber.next({ key, ms });
  });
  const postponed = (key: K, ms: number): void => {
    waiting.add(key);
    delay(key, ms);
  };
  return {
    /** The keys whose wait is over. */
    later$: delayed$.pipe(mergeMap(({ key, ms }) => timer(ms, scheduler).pipe(map(() => key)))),
    size: () => waiting.size,
    isNew: (key: K): boolean => {
      const current = running.get(key);
      if (current !== undefined) current.again = true;
      else if (!waiting.has(key)) {
        waiting.add(key);
        return true;
      }
      return false;
    },
    began: (key: K): void => {
      waiting.delete(key);
      running.set(key, { again: false });
    },
    postponed,
    ended: (key: K): void => {
      const isDueAgain = running.get(key)?.again === true;
      waiting.delete(key);
      running.delete(key);
      failures.delete(key);
      if (isDueAgain) postponed(key, 0);
    },
    failed: (key: K, retryAfter: number): void => {
      const before = failures.get(key) ?? 0;
      const backoff = Math.min(max, first * 2 ** Math.min(before, 30)) * (0.5 + jitter() / 2);
      running.delete(key);
      failures.set(key, before + 1);
      postponed(key, Math.max(retryAfter, Math.ceil(backoff)));
    },
  };
};
