import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js';
import {
  asyncScheduler,
  connect,
  defer,
  endWith,
  exhaustMap,
  expand,
  concatMap,
  ignoreElements,
  from,
  map,
  merge,
  take,
  tap,
  timer,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Batch } from '../../src/journal/batch.ts';

/** How long events are held back after a batch, in milliseconds. */
export interface Holdoff {
  /** The shortest hold-off: the one after a batch that was handled at once. */
  readonly quiet: number;
  /** The longest hold-off, however long the last batch took. */
  readonly max: number;
}

/**
 * Groups events into batches, so that a rollout costs a handful of translations and a lonely event
 * waits for nothing.
 *
 *     source            -a--------bcd-------------e---|
 *     quiet=3 max=9     -a--------b--x------------e---|     x = [c, d]
 *
 * A source emits events in groups, and a group is never split. A group that comes when idle is a
 * batch at once. What comes while a batch is handled downstream, and in the hold-off after it, is
 * the next batch. The hold-off is as long as the last batch took to handle, between `quiet` and
 * `max`: the load decides how much is gathered. After a hold-off without events the stage is idle
 * again.
 *
 * Order is kept, nothing is dropped, no batch is empty. On completion what is pending is emitted
 * first; an error passes at once, and what is pending is lost with it.
 *
 * `exhaustMap`: as long as batches follow one another, groups are gathered and start nothing.
 */
export const coalesce =
  <A>(
    { quiet, max }: Holdoff,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<readonly A[], Batch<A>> =>
  (source) =>
    defer(() => {
      const pending = gathering<A>(scheduler);
      return source.pipe(
        tap(pending.add),
        connect((groups$) => {
          const ended$ = groups$.pipe(ignoreElements(), endWith(undefined));
          const holdoff$ = (since: number) =>
            merge(timer(clamp(scheduler.now() - since, quiet, max), scheduler), ended$);
          return groups$.pipe(
            exhaustMap(() =>
              from(pending.take()).pipe(
                expand(({ since }) => holdoff$(since).pipe(take(1), concatMap(pending.take))),
              ),
            ),
            map(({ batch }) => batch),
          );
        }),
      );
    });

/** A batch on its way downstream, and since when. */
interface Departure<A> {
  readonly batch: Batch<A>;
  readonly since: number;
}

/** The groups that wait for the next batch. Lives as long as one subscription. */
const gathering = <A>(scheduler: SchedulerLike) => {
  let at = 0;
  let events: A[] = [];
  return {
    add: (group: readonly A[]): void => {
      if (events.length === 0) at = scheduler.now();
      for (const event of group) events.push(event);
    },
    /** The next batch, if anything waits for it. */
    take: (): readonly Departure<A>[] => {
      const gathered: readonly A[] = events;
      events = [];
      return isNonEmpty(gathered)
        ? [{ batch: { at, events: gathered }, since: scheduler.now() }]
        : [];
    },
  };
};

const clamp = (ms: number, least: number, most: number): number =>
  Math.max(least, Math.min(ms, most));
