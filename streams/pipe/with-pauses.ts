import {
  asyncScheduler,
  concat,
  defer,
  EMPTY,
  map,
  mergeMap,
  of,
  switchMap,
  timer,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Batch } from '../../src/journal/batch.ts';
import { newAgenda, stepAgenda, type AgendaEvent, type Due } from '../../src/plane/agenda.ts';
import type { PlaneOptions } from '../../src/plane/plane.ts';
import { inTurns } from './in-turns.ts';

/**
 * Lets a small batch take effect at once, and one about more than `most` objects when what follows from
 * it has been worked out, in turns: nothing else has to wait, not a health check, and not a small batch.
 *
 *     batches     -L---s-------|
 *                 -----s---(L|)     L takes a while; s is small and goes first
 *
 * A small batch that comes meanwhile takes effect again with the large one, which may hold older versions
 * of the same objects. Another large batch waits and is the next, as one with all that came since. Before
 * the first publication every batch joins the large one. Which batch takes effect when is decided by
 * `stepAgenda`. Every event comes out, at least once. Completion waits for work under way; an error passes
 * at once. An error of the work is one of the batch's `plane`.
 *
 * `mergeMap`: batches that take effect do not wait for the one that is worked out.
 */
export const withPauses =
  (
    options: PlaneOptions,
    most: number,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<Batch, Due> =>
  (batches$) =>
    defer(() => {
      const step = stepAgenda(options, most);
      let agenda = newAgenda(options); // no `scan`: work that a step begins ends in an event for a later one
      const told = (event: AgendaEvent): Observable<Due> => {
        const { agenda: next, due, work } = step(agenda, event);
        agenda = next;
        return concat(
          due === undefined ? EMPTY : of(due),
          work === undefined
            ? EMPTY
            : timer(0, scheduler).pipe(
                switchMap(() => inTurns(work, scheduler)),
                mergeMap(told),
              ),
        );
      };
      return batches$.pipe(
        map((batch): AgendaEvent => ({ _tag: 'Came', batch })),
        mergeMap(told),
      );
    });
