import { defer, map, of, switchMap, tap, type Observable, type SchedulerLike } from 'rxjs';

import {
  backends,
  type BackendSources,
  type BackendTimes,
} from '../../../streams/status/backends.ts';
import type { NotYet } from '../../../streams/status/work-queue.ts';
import { values } from '../../collection/collection.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import { clustersUsedBy, type ClusterUsers } from '../../ir/cluster-users.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import {
  newBackendBook,
  standingOf,
  type BackendBook,
  type BackendStep,
} from '../../status/backends/backend-book.ts';
import { backendsAvailable, type Availability } from '../../status/backends/backends-condition.ts';
import type { HeldStatus } from '../../status/held-status.ts';
import type { Translated } from '../../status/outcomes.ts';

interface BackendWatchOptions extends BackendSources {
  /** Nothing is looked at while this replica does not lead. */
  readonly leads$: Observable<boolean>;
  /** Replays the latest one to who subscribes. */
  readonly translated$: Observable<Translated>;
  readonly times: BackendWatchTimes;
  readonly metrics?: Pick<Metrics, 'backendsUnavailable'> | undefined;
  readonly scheduler: SchedulerLike;
}

/** All times, in milliseconds. */
export interface BackendWatchTimes extends BackendTimes {
  /**
   * How long after it began to lead a replica may not know yet what its Envoy sees: at least, and at most where the
   * Envoy has so many clusters that it takes longer to ask for all of them twice.
   */
  readonly acquaintance: number;
  readonly longestAcquaintance: number;
}

/** An Envoy spends at most a fiftieth of its time, so that nobody notices that it is asked. */
export const defaultBackendTimes: BackendWatchTimes = {
  endpoints: 5_000,
  envoy: 10_000,
  recovery: 10_000,
  tick: 1_000,
  all: 10_000,
  rest: 50,
  acquaintance: 30_000,
  longestAcquaintance: 600_000,
};

/** Knows which back ends are available, as long as this replica leads. */
interface BackendWatch {
  /** The objects of which something else is to be told; it has to be subscribed. */
  readonly due$: Observable<readonly ObjectRef[]>;
  /**
   * What is to be told of the back ends of an object of which the API server holds this; or how long to wait, because
   * another replica said that they are unavailable and this one does not know yet.
   */
  readonly availability: (
    object: ObjectRef,
    users: readonly ClusterUsers[],
    held: HeldStatus | undefined,
  ) => Availability | NotYet;
}

/** Watches the back ends of all objects. */
export const backendWatch = (options: BackendWatchOptions): BackendWatch => {
  const { leads$, translated$, times, metrics, scheduler } = options;
  let book: BackendBook = newBackendBook;
  let since = 0;
  const isNew = (): boolean => {
    const passed = scheduler.now() - since;
    const isUnseen = options.ask !== undefined && book.rounds < twice;
    return passed < times.acquaintance || (isUnseen && passed < times.longestAcquaintance);
  };
  const noted = (step: BackendStep): void => {
    if (step.book.said !== book.said) metrics?.backendsUnavailable([...values(step.book.said)]);
    ({ book } = step);
  };
  const watched$ = defer(() => {
    since = scheduler.now();
    return translated$.pipe(backends(options, times, scheduler));
  });
  return {
    due$: leads$.pipe(
      switchMap((leads) => (leads ? watched$ : of<BackendStep>({ book: newBackendBook, due: [] }))),
      tap(noted),
      map(({ due }) => due),
    ),
    availability: (object, users, held) => {
      if (book.latest === undefined) return { wait: soon };
      const clusters = clustersUsedBy(users, object);
      const standings = clusters.map((cluster) => standingOf(book, cluster));
      const faults = standings.filter((one) => typeof one !== 'string');
      if (clusters.length === 0 || faults.length > 0)
        return clusters.length === 0 ? undefined : faults;
      const isTurning = standings.includes('Turning');
      switch (heldStatusOf(held)) {
        case 'False':
          return isTurning || isNew() ? { wait: later } : [];
        case 'True':
          return [];
        case undefined:
          return isTurning ? undefined : [];
      }
    },
  };
};

/** What the API server holds of the condition; of a route, at its first parent that has one. */
const heldStatusOf = (held: HeldStatus | undefined): 'True' | 'False' | undefined => {
  const [, condition] =
    Object.entries(held?.conditions ?? {}).find(
      ([place]) => place === backendsAvailable || place.endsWith(` ${backendsAvailable}`),
    ) ?? [];
  if (condition === undefined) return undefined;
  return condition.status === 'False' ? 'False' : 'True';
};

/** A host that has served before is known to fail only when one more connection has failed. */
const twice = 2;

/** Until the back ends of all objects have been looked at once, in milliseconds. */
const soon = 100;

const later = 1_000;
