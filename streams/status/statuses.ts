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
  mergeMap,
  takeUntil,
  tap,
  timer,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Work } from '../../src/collection/work.ts';
import {
  newBook,
  stepBook,
  type Outcomes,
  type StatusBook,
  type StatusEvent,
  type Telling,
} from '../../src/status/status-book.ts';
import { inTurns } from '../pipe/in-turns.ts';

/** How long owners wait for a word, in milliseconds. */
export interface StatusWaits {
  /** Until an object is told that its Envoys have not answered yet. */
  readonly answer: number;
  /** The same as long as no Envoy has answered anything: the first one may still be connecting. */
  readonly firstAnswer: number;
}

/**
 * Finds out whom to tell what, when something was published or an Envoy answered.
 *
 *     events       -p--a--p--------|     p = Published with one change, a = Answered
 *     answer=5     -0--1--0-0--1---|     how many are due: acknowledged, then overdue
 *
 * To say a thing once, a changed object waits for its Envoys; what they do not answer in time is said
 * as it is. Of several changes only the latest is said, and the first of them decides when. Every
 * event and every limit gives one telling, in order. On completion nothing is waited for any more; an
 * error passes.
 *
 * `mergeMap`: each publication has a limit of its own. `concatMap`: what became of very many objects is
 * found out in turns, and the next event waits.
 */
export const statuses =
  (
    outcomes: Outcomes,
    { answer, firstAnswer }: StatusWaits,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<StatusEvent, Telling> =>
  (events$) =>
    events$.pipe(
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
      stepInTurns(stepBook(outcomes), scheduler),
    );

/** Every event in order, each with the book that the one before it left. */
const stepInTurns =
  (
    step: (book: StatusBook, event: StatusEvent) => Work<Telling>,
    scheduler: SchedulerLike,
  ): OperatorFunction<StatusEvent, Telling> =>
  (events$) =>
    defer(() => {
      let latest = newBook;
      return events$.pipe(
        concatMap((event) => inTurns(step(latest, event), scheduler)),
        tap(({ book }) => {
          latest = book;
        }),
      );
    });

const overdue = (seq: number, isFinal: boolean): StatusEvent => ({
  _tag: 'Overdue',
  seq,
  finally: isFinal,
});
