import {
  asyncScheduler,
  catchError,
  concatMap,
  defer,
  endWith,
  ignoreElements,
  map,
  merge,
  NEVER,
  of,
  repeat,
  share,
  take,
  takeWhile,
  tap,
  timeout,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import { ApiFault } from '../../src/kube/reflect/api-fault.ts';
import type { Moment, Observed } from '../../src/kube/reflect/observed.ts';
import { retrySoon, step } from '../../src/kube/reflect/reflect.ts';
import type { Reflected } from '../../src/kube/reflect/reflected.ts';
import { mayRetrySoon, opening, type Reflection } from '../../src/kube/reflect/reflection.ts';
import type { WatchFrame } from '../../src/kube/reflect/watch-frame.ts';
import { readLatest, readList, type ListApi } from './read-list.ts';
import { readWatch } from './read-watch.ts';

/** A watch call; without a resource version it begins with all objects, as they are now. */
export interface WatchCall {
  readonly resourceVersion?: string;
  /** After this time the server ends it. */
  readonly timeoutSeconds: number;
}

/**
 * The port to one kind of objects in an API server; an error of it is an `ApiFault`.
 *
 * A watch emits `Opened` first, and ends when it is unsubscribed.
 */
export interface WatchApi extends ListApi {
  readonly watch: (call: WatchCall) => Observable<WatchFrame>;
}

/** How a kind is followed. */
export interface ListWatchOptions<A> {
  /** Makes of an object what is worth keeping; total, because users write objects. */
  readonly project: (object: unknown) => A;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Emits when a kind that could not be read may be readable now: the wait for it ends early. */
  readonly readable$?: Observable<unknown>;
  /** A watch that is silent for this long counts as dead; bookmarks come about once a minute. */
  readonly silence?: number;
}

/**
 * Follows all objects of a kind. A source.
 *
 *     server      {ab}---c---x   x   410   {ac}---     {} = a list, x = a cut
 *     result      S------U----------------S-------     S = Synced, U = Upserted
 *
 * Nothing is lost, and no list is incomplete: after `Synced` comes every change since, in order,
 * some perhaps twice. It never fails and never completes: after a failure it waits with back-off
 * and tries again, and it emits `Interrupted` when failures last. A port that fails with anything
 * but an `ApiFault` has a bug, and that error passes. Unsubscribing ends what is under way.
 */
export const listWatch = <A>(
  api: WatchApi,
  options: ListWatchOptions<A>,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Reflected<A>> =>
  defer(() => {
    const { random, readable$ = NEVER } = options;
    let reflection = opening;
    const moment = (): Moment => ({ now: scheduler.now(), roll: random() });
    const attempt$ = defer(() => attempt(api, options, reflection, scheduler)).pipe(
      map((event) => {
        const turn = step(reflection, event, moment());
        reflection = turn.reflection;
        return turn;
      }),
      takeWhile(({ isOver }) => !isOver, true),
      concatMap(({ said }) => said),
    );
    const retrySoon$ = readable$.pipe(
      tap(() => {
        reflection = retrySoon(reflection);
      }),
      share(),
    );
    const due = (): Observable<unknown> => {
      const due$ = timer(reflection.delay, scheduler);
      return mayRetrySoon(reflection) ? merge(due$, retrySoon$).pipe(take(1)) : due$;
    };
    return merge(retrySoon$.pipe(ignoreElements()), attempt$.pipe(repeat({ delay: due })));
  });

/** One attempt; the last thing it emits says how it ended. */
const attempt = <A>(
  api: WatchApi,
  { project, random, silence = 90_000 }: ListWatchOptions<A>,
  { attempt, resourceVersion }: Reflection,
  scheduler: SchedulerLike,
): Observable<Observed<A>> => {
  /** It is random, so that watches that began together do not end together. */
  const timeoutSeconds = Math.floor(300 + 300 * random());
  const frames = (from: Pick<WatchCall, 'resourceVersion'>): Observable<WatchFrame> =>
    api
      .watch({ ...from, timeoutSeconds })
      .pipe(timeout({ each: silence, with: () => of<WatchFrame>({ _tag: 'Silent' }), scheduler }));
  const begun = (): Observable<Observed<A>> => {
    switch (attempt) {
      case 'StreamingList':
        return frames({}).pipe(readWatch('Objects', project));
      case 'PagedList':
        return readList(api, project);
      case 'Confirm':
        return readLatest(api);
      case 'Watch':
        return frames(resourceVersion === undefined ? {} : { resourceVersion }).pipe(
          readWatch('Changes', project),
        );
    }
  };
  return begun().pipe(
    endWith<Observed<A>>({ _tag: 'Closed' }),
    catchError((error: unknown) => {
      if (error instanceof ApiFault) return of<Observed<A>>({ _tag: 'Failed', fault: error });
      throw error;
    }),
  );
};
