import {
  asyncScheduler,
  defer,
  EMPTY,
  expand,
  first,
  interval,
  map,
  mergeMap,
  of,
  tap,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import type { Batch } from '../src/journal/batch.ts';
import { isKubeEvent, together, type Desk, type Work } from './desk.ts';

/** How long others wait for their turn at most, in milliseconds, but for one slice. */
const turnTime = 8;

/**
 * Holds a large batch back until what follows from it has been worked out, a slice at a time, so that
 * nothing else has to wait: not a health check, and not a small batch either.
 *
 *     batches     -L---s-------|
 *                 -----s---(L|)     L takes 8 ms in slices; s is small and goes first
 *
 * A small batch that comes meanwhile passes at once, and once more at the end of the large one, which
 * may know older things about the same objects. Another large one is the next, with all that came
 * since; so each has an end, however much keeps coming. Before anything was published there is
 * nothing that a batch could change, and all that comes is added. What is worked out lies on the desk
 * for the stages after this one. Completion waits for what is under way; an error passes at once.
 *
 * `mergeMap`: batches that pass do not wait for the one that is worked out.
 */
export const inSlices =
  (desk: Desk, scheduler: SchedulerLike = asyncScheduler): MonoTypeOperatorFunction<Batch> =>
  (batches$) =>
    defer(() => {
      let work: Work | undefined;
      let waiting: Batch | undefined;
      const worked = (batch: Batch): Observable<Batch> => {
        const begun = desk.begin(batch);
        work = begun;
        return interval(0, scheduler).pipe(
          map(() => turn(begun, scheduler)),
          first((whole) => whole !== undefined),
          tap(() => {
            work = undefined;
          }),
        );
      };
      const next = (): Observable<Batch> => {
        const batch = waiting;
        waiting = undefined;
        return batch === undefined ? EMPTY : worked(batch);
      };
      return batches$.pipe(
        mergeMap((batch) => {
          if (work === undefined && waiting === undefined)
            return desk.isLarge(batch) ? worked(batch).pipe(expand(next)) : of(batch);
          if (!desk.isOpen()) {
            work?.join(batch);
            return EMPTY;
          }
          if (desk.isLarge(batch)) {
            waiting = waiting === undefined ? batch : together(waiting, batch);
            return EMPTY;
          }
          const [head, ...tail] = batch.events.filter(isKubeEvent);
          if (head === undefined) return of(batch);
          const again: Batch = { at: batch.at, events: [head, ...tail] };
          work?.join(again);
          if (waiting !== undefined) waiting = together(waiting, again);
          return of(batch);
        }),
      );
    });

/** Slices are short, and turns are not free: a turn takes as many as there is time for. */
const turn = (work: Work, scheduler: SchedulerLike): Batch | undefined => {
  const end = scheduler.now() + turnTime;
  let whole = work.slice();
  while (whole === undefined && scheduler.now() < end) whole = work.slice();
  return whole;
};
