import {
  asyncScheduler,
  connect,
  endWith,
  filter,
  ignoreElements,
  map,
  merge,
  mergeMap,
  mergeScan,
  takeUntil,
  timer,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import {
  newBook,
  stepBook,
  type Outcomes,
  type StatusEvent,
  type BookStep,
} from '../../src/status/status-book.ts';
import { inTurns } from '../pipe/in-turns.ts';

/** How long an object waits until its status is reported, in milliseconds. */
export interface StatusWaits {
  /** Until the status says that the Envoys have not answered yet. */
  readonly answer: number;
  /** The same, as long as no Envoy has ever answered: the first one may still be connecting. */
  readonly firstAnswer: number;
}

/**
 * Finds the objects whose status is to be reported after a publication or an answer of an Envoy.
 *
 *     events       -p--a--p--------|     p = Published with one change, a = Answered
 *     answer=5     -0--1--0-0--1---|     how many are due: acknowledged, then overdue
 *
 * A changed object waits for its Envoys, so that its status is reported once; when its time is up,
 * the status is reported without their answer. Of several changes only the latest is reported, and
 * the first of them decides when. Every event and every time limit gives one step of the book, in
 * order. When the events complete, nothing waits any more; an error passes.
 *
 * `mergeMap`: each publication has a time limit of its own. `mergeScan` with one at a time: the outcomes
 * of very many objects are computed in turns, and the next event waits for the book after them.
 */
export const statuses =
  (
    outcomes: Outcomes,
    { answer, firstAnswer }: StatusWaits,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<StatusEvent, BookStep> =>
  (events$) => {
    const step = stepBook(outcomes);
    return events$.pipe(
      connect((shared$) => {
        const ended$ = shared$.pipe(ignoreElements(), endWith(undefined));
        const answered$ = shared$.pipe(filter(({ _tag }) => _tag === 'Answered'));
        const limit = (ms: number, isFinal: boolean): OperatorFunction<StatusEvent, StatusEvent> =>
          mergeMap((event) =>
            event._tag === 'Published'
              ? timer(ms, scheduler).pipe(map(() => overdue(event.seq, isFinal)))
              : [],
          );
        const overdue$ = merge(
          shared$.pipe(limit(answer, false)),
          shared$.pipe(takeUntil(answered$), limit(firstAnswer, true)),
        );
        return merge(shared$, overdue$.pipe(takeUntil(ended$)));
      }),
      mergeScan(
        ({ book }: BookStep, event) => inTurns(step(book, event), scheduler),
        { book: newBook, due: [] },
        1,
      ),
    );
  };

const overdue = (seq: number, isFinal: boolean): StatusEvent => ({
  _tag: 'Overdue',
  seq,
  finally: isFinal,
});
