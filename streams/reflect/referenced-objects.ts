import {
  asyncScheduler,
  connect,
  defer,
  endWith,
  filter,
  from,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  mergeScan,
  of,
  takeUntil,
  tap,
  toArray,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import { keys } from '../../src/collection/collection.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import type { Notice } from '../../src/kube/reference/notice.ts';
import type { Reference } from '../../src/kube/reference/reference.ts';
import {
  heard,
  isDue,
  noObjects,
  received,
  type Fetch,
  type Reading,
  type ReferencedObjects,
} from '../../src/kube/reference/referenced-objects.ts';
import type { IsOurs } from '../../src/kube/reference/references.ts';
import { retryPace } from './retry-pace.ts';

/** The port to single objects, and whose references count. */
interface ObjectSource {
  /** Reads one object; answers once and does not fail. */
  readonly read: (reference: Reference) => ObservableInput<Reading>;
  readonly isOurs: IsOurs;
  /** Fetched although no object refers to it. */
  readonly always: Reference;
}

/**
 * Adds the objects that others refer to: what nobody refers to is never fetched.
 *
 *     in      -n--h------g---|      n = names of Secrets, h = Hosts listed, g = Host with a new one
 *     read        r--|   r-|
 *     out     -------(lh)--(sg|)    l = Secrets listed, s = the Secret
 *
 * An object passes together with what it refers to, so it is never seen without. What comes during
 * a read waits for it. An object that could not be read passes as a problem and is read again:
 * after a second, because an API server that starts refuses what it allows a moment later, then
 * less and less often. Nothing waits for such a retry; its results count unless others were read or
 * failed in the meantime. Completion and errors pass.
 *
 * `mergeScan` with one at a time: order is kept.
 */
export const referencedObjects =
  (
    { read, isOurs, always }: ObjectSource,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<readonly (KubeEvent | Notice)[], readonly KubeEvent[]> =>
  (news$) =>
    defer(() => {
      const learned = heard(isOurs);
      const pace = retryPace<Reference>(mostSeconds);
      let failing = noObjects(always).unreadable;
      const fetched = (fetch: Fetch): Observable<Fetch> => {
        if (fetch.toRead.length === 0 && !isDue(fetch.objects)) return of(fetch);
        return from(fetch.toRead).pipe(
          mergeMap(read, atOnce),
          toArray(),
          map((readings) => ({ ...received(fetch, readings), toRead: [] })),
        );
      };
      const tried = (): Observable<Retry> => {
        const before = failing;
        return from(keys(before)).pipe(
          mergeMap(read, atOnce),
          toArray(),
          map((readings) => ({ _tag: 'Retry', failing: before, readings })),
        );
      };
      return news$.pipe(
        connect((shared$) => {
          const ended$ = shared$.pipe(ignoreElements(), endWith(undefined));
          const retried$ = interval(1000, scheduler).pipe(
            filter(pace.isDue),
            mergeMap(tried),
            takeUntil(ended$),
          );
          return merge(shared$, retried$);
        }),
        mergeScan(
          ({ objects }: Fetch, news) =>
            ('_tag' in news ? of(afterRetry(objects, news)) : fetched(learned(objects, news))).pipe(
              tap(({ objects: { unreadable } }) => {
                failing = unreadable;
                pace.noted(unreadable, '_tag' in news);
              }),
            ),
          { objects: noObjects(always), toRead: [], events: [] },
          1,
        ),
        map(({ events }) => events),
        filter((events) => events.length > 0),
      );
    });

/** How many objects are read at a time. */
const atOnce = 8;

/** What was read again, and what could not be read when that began. */
interface Retry {
  readonly _tag: 'Retry';
  readonly failing: ReferencedObjects['unreadable'];
  readonly readings: readonly Reading[];
}

const afterRetry = (objects: ReferencedObjects, { failing, readings }: Retry): Fetch => {
  const fetch: Fetch = { objects, toRead: [], events: [] };
  return objects.unreadable === failing ? { ...fetch, ...received(fetch, readings) } : fetch;
};

/** The longest time until what could not be read is tried again, in seconds. */
const mostSeconds = 30;
