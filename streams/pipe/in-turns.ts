import {
  asyncScheduler,
  defer,
  first,
  interval,
  map,
  of,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import type { Work } from '../../src/collection/work.ts';

/** How long others wait for their turn at most, in milliseconds, but for the way to a pause. */
const turnTime = 8;

/**
 * Does some work in turns of a few milliseconds, between which everything else has the event loop.
 *
 * What fits into the first turn is done on subscription. An error of the work is one of the result.
 */
export const inTurns = <R>(
  work: Work<R>,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<R> =>
  defer(() => {
    const begun = turn(work, scheduler);
    return begun.done === true
      ? of(begun.value)
      : interval(0, scheduler).pipe(
          map(() => turn(work, scheduler)),
          first(isDone),
          map(({ value }) => value),
        );
  });

/** Pauses are short, and turns are not free: one goes over as many as there is time for. */
const turn = <R>(work: Work<R>, scheduler: SchedulerLike): IteratorResult<void, R> => {
  const end = scheduler.now() + turnTime;
  let step = work.next();
  while (step.done !== true && scheduler.now() < end) step = work.next();
  return step;
};

const isDone = <R>(step: IteratorResult<void, R>): step is IteratorReturnResult<R> =>
  step.done === true;
