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

/** How long a turn lasts, in milliseconds; it ends at the first pause after that. */
const turnTime = 8;

/**
 * Runs some work in turns of a few milliseconds; between turns the event loop is free for
 * everything else.
 *
 * The first turn runs on subscription. If the work throws, the result fails.
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

/** Runs one turn: as many parts of the work as there is time for, because a turn is not free. */
const turn = <R>(work: Work<R>, scheduler: SchedulerLike): IteratorResult<void, R> => {
  const end = scheduler.now() + turnTime;
  let step = work.next();
  while (step.done !== true && scheduler.now() < end) step = work.next();
  return step;
};

const isDone = <R>(step: IteratorResult<void, R>): step is IteratorReturnResult<R> =>
  step.done === true;
