import {
  asyncScheduler,
  concatMap,
  defer,
  EMPTY,
  from,
  map,
  merge,
  takeWhile,
  timer,
  VirtualTimeScheduler,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import type { Batch } from '../../src/journal/batch.ts';
import type { Entry } from '../../src/journal/entry.ts';
import type { Journal } from '../../src/journal/journal.ts';

/** How a journal is replayed. */
export interface ReplayOptions {
  readonly mode:
    | { readonly _tag: 'Instant' }
    /** At the recorded pace times `factor`: 2 is twice as fast. */
    | { readonly _tag: 'Speed'; readonly factor: number };
  /** The last entry, or the last moment of the recording, that is replayed. */
  readonly until?: { readonly _tag: 'Seq'; readonly seq: number } | AtMost;
}

interface AtMost {
  readonly _tag: 'Time';
  readonly at: number;
}

/**
 * Emits what a journal holds, at the recorded times. A source.
 *
 *     recorded     -a----b--|
 *     Speed 2      a--(b|)
 *     Instant      (ab|)         the clock of the batches is virtual and says the recorded times
 *
 * Every batch is as it was when recorded, in order, however late it is. Completes after the last.
 *
 * `concatMap`: one batch waits for the other, so a clock that lags cannot change the order.
 */
export const replay = (
  { entries }: Journal,
  { mode, until }: ReplayOptions,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Batch> => {
  const entries$ = from(entries).pipe(takeWhile((entry) => isWithin(entry, until)));
  if (mode._tag === 'Speed') return timed(entries$, mode.factor, scheduler);
  return defer(() => {
    const virtual = new VirtualTimeScheduler();
    const flush$ = defer(() => {
      virtual.flush();
      return EMPTY;
    });
    return merge(timed(entries$, 1, virtual), flush$);
  });
};

const timed = (
  entries$: Observable<Entry>,
  factor: number,
  scheduler: SchedulerLike,
): Observable<Batch> =>
  defer(() => {
    const start = scheduler.now();
    return entries$.pipe(
      concatMap(({ at, events }) =>
        timer(Math.max(0, start + at / factor - scheduler.now()), scheduler).pipe(
          map(() => ({ at: scheduler.now(), events })),
        ),
      ),
    );
  });

const isWithin = ({ seq, at }: Entry, until: ReplayOptions['until']): boolean => {
  switch (until?._tag) {
    case undefined:
      return true;
    case 'Seq':
      return seq <= until.seq;
    case 'Time':
      return at <= until.at;
  }
};
