import {
  asyncScheduler,
  defer,
  EMPTY,
  expand,
  mergeMap,
  of,
  switchMap,
  tap,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import type { Batch } from '../../src/journal/batch.ts';
import { isKubeEvent, mergeBatches, type Desk, type Job } from './desk.ts';
import { inTurns } from './in-turns.ts';

/**
 * Holds a large batch back until what follows from it has been worked out, with pauses, so that
 * nothing else has to wait: not a health check, and not a small batch either.
 *
 *     batches     -L---s-------|
 *                 -----s---(L|)     L takes a while; s is small and goes first
 *
 * A small batch that comes meanwhile passes at once, and again at the end of the large one, which may
 * hold older versions of the same objects. Another large batch waits and is the next, merged with all
 * that came since; so each has an end, however much keeps coming. Before the first publication there
 * is nothing that a small batch could change, so every batch joins the large one. Results lie on the
 * desk for the stages after this one. Completion waits for work under way; an error passes at once.
 *
 * `mergeMap`: batches that pass do not wait for the one that is worked out.
 */
export const withPauses =
  (desk: Desk, scheduler: SchedulerLike = asyncScheduler): MonoTypeOperatorFunction<Batch> =>
  (batches$) =>
    defer(() => {
      let job: Job | undefined;
      let waiting: Batch | undefined;
      const worked = (batch: Batch): Observable<Batch> => {
        const begun = desk.begin(batch);
        job = begun;
        return timer(0, scheduler).pipe(
          switchMap(() => inTurns(begun.work, scheduler)),
          tap(() => {
            job = undefined;
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
          if (job === undefined && waiting === undefined)
            return desk.isLarge(batch) ? worked(batch).pipe(expand(next)) : of(batch);
          if (!desk.isOpen()) {
            job?.join(batch);
            return EMPTY;
          }
          if (desk.isLarge(batch)) {
            waiting = waiting === undefined ? batch : mergeBatches(waiting, batch);
            return EMPTY;
          }
          const [head, ...tail] = batch.events.filter(isKubeEvent);
          if (head === undefined) return of(batch);
          const again: Batch = { at: batch.at, events: [head, ...tail] };
          job?.join(again);
          if (waiting !== undefined) waiting = mergeBatches(waiting, again);
          return of(batch);
        }),
      );
    });
