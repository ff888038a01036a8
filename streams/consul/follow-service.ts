import {
  asyncScheduler,
  catchError,
  defer,
  distinctUntilChanged,
  map,
  of,
  repeat,
  take,
  timeout,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import {
  afterOutcome,
  unasked,
  type FollowedService,
  type Outcome,
} from '../../src/consul/followed-service.ts';
import type { ConsulQuery } from '../../src/ir/endpoints.ts';

/** A question, what it waits for to change, and for how long at most, in seconds. */
export interface ConsulQuestion {
  readonly query: ConsulQuery;
  readonly index: number;
  readonly waitSeconds: number;
}

/** The port to Consul: asks once and says one outcome; it ends when it is unsubscribed. */
export type AskConsul = (question: ConsulQuestion) => Observable<Outcome>;

/** How services are followed. */
export interface FollowOptions {
  readonly ask: AskConsul;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** How long Consul waits for a change, in seconds. */
  readonly waitSeconds?: number;
}

/**
 * Follows one service in Consul, question by question. A source.
 *
 *     asked      0-----5----x  0---     the index of each question
 *     answers    --5----6      --6      x: it fails
 *     result     --a----b---f----b      f: as b, with a trouble
 *
 * It says what is known after each outcome that changes it. It never fails and never completes. Consul answers a
 * question a little later than it is asked to; one that is not answered long after that has failed.
 */
export const followService = (
  query: ConsulQuery,
  { ask, random, waitSeconds = 60 }: FollowOptions,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<FollowedService> =>
  defer(() => {
    let followed = unasked;
    const patience = patienceFor(waitSeconds);
    const outcome$ = defer(() => ask({ query, index: followed.index, waitSeconds })).pipe(
      take(1),
      timeout({ first: patience * 1000, with: () => of(silent(patience)), scheduler }),
      catchError((error: unknown) => of<Outcome>({ _tag: 'Failed', cause: String(error) })),
      map((outcome) => {
        followed = afterOutcome(followed, outcome, { now: scheduler.now(), roll: random() });
        return followed;
      }),
    );
    return outcome$.pipe(
      repeat({ delay: () => timer(followed.delay, scheduler) }),
      distinctUntilChanged((a, b) => a.endpoints === b.endpoints && a.trouble === b.trouble),
    );
  });

/** An agent adds up to a sixteenth to the wait, and its answer takes time too; in seconds. */
const patienceFor = (waitSeconds: number): number => waitSeconds + Math.ceil(waitSeconds / 16) + 10;

const silent = (seconds: number): Outcome => ({
  _tag: 'Failed',
  cause: `no answer within ${seconds} s`,
});
