import {
  asyncScheduler,
  connect,
  defer,
  endWith,
  ignoreElements,
  interval,
  map,
  merge,
  mergeScan,
  NEVER,
  switchMap,
  take,
  takeUntil,
  tap,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import {
  newBackendBook,
  stepBackends,
  type BackendEvent,
  type BackendStep,
  type BackendWaits,
} from '../../src/status/backends/backend-book.ts';
import type { Translated } from '../../src/status/outcomes.ts';
import { inTurns } from '../pipe/in-turns.ts';
import { clusterSweep, type AskClusters, type SweepPace } from './cluster-sweep.ts';

/** When back ends are looked at, and when something is said of them; in milliseconds. */
export interface BackendTimes extends BackendWaits, SweepPace {
  /** How often it is looked whether something has lasted long enough to be said. */
  readonly tick: number;
}

/** Where back ends are looked for. */
export interface BackendSources {
  /** The namespace of this installation, in which names in DNS are short. */
  readonly namespace: string;
  /** Absent where there is no Envoy to ask. */
  readonly ask?: AskClusters | undefined;
}

/**
 * Follows which back ends are available: from what was published, and from what an Envoy says of its clusters.
 *
 *     published    -a------b---------|     of the Service of b no endpoint is ready
 *     endpoints=3  -a------b--u------|     u = its users are due, because it is said now
 *
 * Each publication, each answer of the Envoy and each tick gives one step of the book, in order. The Envoy is asked
 * once something was published. When the publications complete, the result does; an error passes.
 *
 * `mergeScan` with one at a time: the back ends of very many clusters are looked at in turns.
 */
export const backends =
  (
    { namespace, ask }: BackendSources,
    times: BackendTimes,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<Translated, BackendStep> =>
  (translated$) =>
    defer(() => {
      let clusters = 0;
      const step = stepBackends(namespace, times);
      return translated$.pipe(
        tap(({ translation }) => {
          clusters = translation.ir.clusters.size;
        }),
        connect((shared$) => {
          const ended$ = shared$.pipe(ignoreElements(), endWith(undefined));
          const swept$ =
            ask === undefined ? NEVER : clusterSweep(ask, () => clusters, times, scheduler);
          const later$ = shared$.pipe(
            take(1),
            switchMap(() =>
              merge(
                swept$.pipe(map((swept): BackendEvent => ({ _tag: 'Swept', ...swept }))),
                interval(times.tick, scheduler).pipe(map(() => passed(scheduler.now()))),
              ),
            ),
          );
          return merge(
            shared$.pipe(
              map(({ store, translation }): BackendEvent => {
                return { _tag: 'Published', store, translation, at: scheduler.now() };
              }),
            ),
            later$.pipe(takeUntil(ended$)),
          );
        }),
        mergeScan(
          ({ book }: BackendStep, event) => inTurns(step(book, event), scheduler),
          { book: newBackendBook, due: [] },
          1,
        ),
      );
    });

const passed = (at: number): BackendEvent => ({ _tag: 'Passed', at });
