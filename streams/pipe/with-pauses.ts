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
 * Lets a batch about at most `most` objects take effect at once. What follows from a larger one is worked
 * out in turns before it takes effect, so that nothing else has to wait: no health check, no small batch.
 *
 *     batches     -L---s-------|
 *                 -----s---(L|)     L is large and takes a while; s is small and goes first
 *
 * A small batch that comes meanwhile takes effect again with the large one, because the large one may hold
 * older versions of the same objects. A large batch that comes meanwhile is the next to be worked out,
 * merged with all that came after it. Before the first publication every batch is added to the large one.
 * `stepAgenda` decides which batch takes effect when.
 *
 * Every event of the cluster is emitted at least once, every verdict exactly once. Completion waits for
 * work under way; an error of the source passes at once. If the work throws, the batch is emitted all the
 * same, and its `plane` throws that error.
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
      // Not `scan`: the work that a step begins ends with an event for a later step.
      let agenda = newAgenda(options);
      const advance = (event: AgendaEvent): Observable<Due> => {
        const { agenda: next, due, work } = step(agenda, event);
        agenda = next;
        return concat(
          due === undefined ? EMPTY : of(due),
          work === undefined
            ? EMPTY
            : timer(0, scheduler).pipe(
                switchMap(() => inTurns(work, scheduler)),
                mergeMap(advance),
              ),
        );
      };
      return batches$.pipe(
        map((batch): AgendaEvent => ({ _tag: 'Came', batch })),
        mergeMap(advance),
      );
    });
