import {
  asyncScheduler,
  concat,
  connect,
  defer,
  endWith,
  filter,
  ignoreElements,
  merge,
  mergeMap,
  of,
  takeUntil,
  timer,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Turn } from '../src/xds/session/advance.ts';
import type { Conversation } from '../src/xds/session/conversation.ts';
import { isResting, restTime } from '../src/xds/session/resting.ts';
import { waitAfter } from '../src/xds/session/retry.ts';
import { step, type ConversationEvent } from '../src/xds/session/step.ts';

/**
 * Holds one xDS conversation: snapshots and the Envoy's requests in, a turn out for each.
 *
 *     events$   -p-r---a-n------p--|      p = Published, r = Requested, a = an ACK, n = a port is taken
 *     result    -0-1---0-0--1---0--|      how many responses the turn holds; the wait is 3
 *
 * Order is kept and nothing is dropped: an event that leads to no response still gives a turn, with
 * the conversation after it. When the wait after listeners that could not be bound is over, there is a turn
 * without an event, in which they are sent again. So there is after each rest, as long as clusters that are gone
 * are not removed. Completion and errors pass at once, whoever waits.
 *
 * `mergeMap`: events do not wait for the turn that a wait ends with.
 */
export const converse =
  (
    opening: Conversation,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<ConversationEvent, Turn> =>
  (events$) =>
    defer(() => {
      // Not `scan`: what follows from a turn later is an event for the turns after it.
      let conversation = opening;
      let rests = false;
      const attempts = (): number => conversation.retry?.attempts ?? 0;
      const happened = (event: ConversationEvent): Observable<Turn> => {
        const before = attempts();
        const turn = step(conversation, event);
        ({ conversation } = turn);
        const now = attempts();
        const later: Observable<Turn>[] = [];
        if (now !== before && now !== 0)
          later.push(
            timer(waitAfter(now), scheduler).pipe(
              filter(() => attempts() === now),
              mergeMap(() => happened({ _tag: 'Retried' })),
            ),
          );
        if (event._tag === 'Rested') rests = false;
        if (!rests && isResting(conversation.resting)) {
          rests = true;
          later.push(timer(restTime, scheduler).pipe(mergeMap(() => happened({ _tag: 'Rested' }))));
        }
        return later.length === 0 ? of(turn) : concat(of(turn), merge(...later));
      };
      return events$.pipe(
        connect((shared$) => {
          const ended$ = shared$.pipe(ignoreElements(), endWith(undefined));
          return shared$.pipe(mergeMap(happened), takeUntil(ended$));
        }),
      );
    });
