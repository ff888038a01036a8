import {
  asyncScheduler,
  catchError,
  defer,
  expand,
  map,
  mergeMap,
  of,
  switchMap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import {
  filterOf,
  sliceAfter,
  wholeSlice,
  type ClusterSlice,
} from '../../src/status/backends/cluster-slice.ts';
import type { ClusterState } from '../../src/status/backends/cluster-state.ts';
import type { Swept } from '../../src/status/backends/envoy-faults.ts';

/**
 * Asks an Envoy for its clusters whose names a regular expression (RE2) finds; emits once, or fails where there is no
 * answer.
 */
export type AskClusters = (filter: string) => Observable<readonly ClusterState[]>;

/** How often an Envoy is asked for its clusters. */
export interface SweepPace {
  /** How long it takes at least to ask for all parts once, in milliseconds. */
  readonly all: number;
  /** The pause after an answer is at least so many times as long as the answer took. */
  readonly rest: number;
}

/**
 * Asks an Envoy for all its clusters, part by part, again and again.
 *
 *     answers      a--b--x-----c--    x = no answer
 *     all=3        a--b--------c--
 *
 * The first question is put at once. Of many clusters there are 16 parts; the longer an answer
 * takes, the longer the pause after it, so that an Envoy spends a bounded share of its time on answers. Where there is
 * no answer the same part is asked for again. Never completes and never fails. Unsubscribing ends the question.
 */
export const clusterSweep = (
  ask: AskClusters,
  clusters: () => number,
  { all, rest }: SweepPace,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Swept> => {
  const asked = (slice: ClusterSlice): Observable<Asked> =>
    defer(() => {
      const began = scheduler.now();
      return ask(filterOf(slice)).pipe(
        map((states): Asked => {
          const at = scheduler.now();
          return {
            swept: [{ slice, clusters: states, at }],
            next: sliceAfter(slice, clusters()),
            pause: Math.max(all / slice.of, (at - began) * rest),
          };
        }),
        catchError(() => of<Asked>({ swept: [], next: slice, pause: all })),
      );
    });
  return defer(() => asked(sliceAfter(wholeSlice, clusters()))).pipe(
    expand(({ next, pause }) => timer(pause, scheduler).pipe(switchMap(() => asked(next)))),
    mergeMap(({ swept }) => swept),
  );
};

/** One question: its answer, if there was one, and when to ask for what. */
interface Asked {
  readonly swept: readonly Swept[];
  readonly next: ClusterSlice;
  readonly pause: number;
}
