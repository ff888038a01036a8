import {
  empty,
  entries,
  get,
  has,
  withEdits,
  type Collection,
} from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf } from '../../collection/edit.ts';
import { removals } from '../../collection/removals.ts';
import type { Work } from '../../collection/work.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import { usersOf } from '../../ir/cluster-users.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Translated } from '../outcomes.ts';
import type { BackendFault } from './backend-fault.ts';
import {
  afterSweep,
  noEnvoyFaults,
  withoutClusters,
  type EnvoyFaults,
  type Swept,
} from './envoy-faults.ts';
import { isLast } from './cluster-slice.ts';
import { serviceFaults, type ServiceFaults } from './service-faults.ts';

/** Everything that can change whether back ends are available; times in milliseconds. */
export type BackendEvent =
  | (Translated & { readonly _tag: 'Published'; readonly at: number })
  /** The Envoy beside this control plane has said how a part of its clusters is. */
  | (Swept & { readonly _tag: 'Swept' })
  /** Time has passed. */
  | { readonly _tag: 'Passed'; readonly at: number };

/** What is known of the back ends, and what is said of them. */
export interface BackendBook {
  readonly latest?: Translated;
  readonly services?: ServiceFaults;
  readonly envoy: EnvoyFaults;
  /** How many times the Envoy has told of all parts of its clusters. */
  readonly rounds: number;
  /** What is seen now and was not seen before, or the other way round, by cluster. */
  readonly turns: Collection<ClusterName, Turn>;
  /** What owners are told. */
  readonly said: Collection<ClusterName, BackendFault>;
}

/** The book after an event, and the objects of which something else is to be told. */
export interface BackendStep {
  readonly book: BackendBook;
  readonly due: readonly ObjectRef[];
}

/** A change that has to last before owners are told. */
interface Turn {
  readonly since: number;
  /** Absent: nothing is wrong any more. */
  readonly seen?: BackendFault;
}

/** How long something has to be so before it is said, in milliseconds. */
export interface BackendWaits {
  /** That no endpoint is ready. */
  readonly endpoints: number;
  /** What an Envoy has seen: it has to be so when the Envoy is asked again. */
  readonly envoy: number;
  /** That a back end is available again. */
  readonly recovery: number;
}

/** Nothing is known. */
export const newBackendBook: BackendBook = {
  envoy: noEnvoyFaults,
  rounds: 0,
  turns: empty(),
  said: empty(),
};

/**
 * Advances what is known of the back ends by one event, at the cost of what changed.
 *
 * Nothing is said of what does not last, so a back end that comes and goes is called unavailable until it has stayed
 * for a while.
 */
export const stepBackends = (namespace: string, waits: BackendWaits) => {
  const servicesAfter = serviceFaults(namespace);
  return function* (book: BackendBook, event: BackendEvent): Work<BackendStep> {
    switch (event._tag) {
      case 'Published': {
        const services = yield* servicesAfter(book.services, event);
        const envoy = withoutClusters(book.envoy, goneFrom(book, event));
        const { store, translation } = event;
        return told(
          book,
          { ...book, latest: { store, translation }, services, envoy },
          event,
          waits,
        );
      }
      case 'Swept': {
        const envoy = afterSweep(book.envoy, event, clustersOf(book));
        const rounds = book.rounds + (isLast(event.slice) ? 1 : 0);
        return told(book, { ...book, envoy, rounds }, event, waits);
      }
      case 'Passed':
        return told(book, book, event, waits);
    }
  };
};

/** What owners are told of a cluster; `Turning` where something is seen that is not said yet. */
export const standingOf = (
  { said, turns }: BackendBook,
  cluster: ClusterName,
): BackendFault | 'Turning' | 'Available' =>
  get(said, cluster) ?? (get(turns, cluster) === undefined ? 'Available' : 'Turning');

/** Notes of which clusters something else is seen than before, and says what has lasted. */
const told = (
  before: BackendBook,
  after: BackendBook,
  { _tag, at }: Pick<BackendEvent, '_tag' | 'at'>,
  waits: BackendWaits,
): BackendStep => {
  const changes = [
    ...diff(clustersOf(before), clustersOf(after)),
    ...diff(before.services?.output ?? empty(), after.services?.output ?? empty()),
    ...diff(before.envoy.faults, after.envoy.faults),
  ];
  const turns = withEdits(
    before.turns,
    changes.map(({ key }) => editOf(key, turnOf(after, key, at))),
  );
  const looked = _tag === 'Published' ? turnsOf(turns, changes) : entries(turns);
  const ripe = [...looked].filter(
    ([cluster, turn]) => at - turn.since >= waitFor(after, cluster, turn, waits),
  );
  const book = {
    ...after,
    turns: withEdits(turns, removals(ripe.map(([cluster]) => cluster))),
    said: withEdits(
      before.said,
      ripe.map(([cluster, { seen }]) => editOf(cluster, seen)),
    ),
  };
  // Who waited for what did not last is told that nothing is wrong.
  const passed = diff(before.turns, book.turns).filter(
    ({ key, after: turn }) => turn === undefined && !has(before.said, key),
  );
  const settled = [...passed, ...diff(before.said, book.said)].map(({ key }) => key);
  // An object that had the cluster may have another one now.
  const users = [before, book].flatMap((one) => one.latest?.translation.ir.clusterUsers ?? []);
  return { book, due: [...new Set(settled.flatMap((cluster) => usersOf(users, cluster)))] };
};

/**
 * Those of a few clusters. A publication looks at no others, of which there may be thousands: when they have lasted
 * is found out when time has passed.
 */
function* turnsOf(
  turns: BackendBook['turns'],
  clusters: readonly { readonly key: ClusterName }[],
): Generator<readonly [ClusterName, Turn]> {
  for (const key of new Set(clusters.map((one) => one.key))) {
    const turn = get(turns, key);
    if (turn !== undefined) yield [key, turn];
  }
}

/** Absent where what is seen is what is said. */
const turnOf = (book: BackendBook, cluster: ClusterName, at: number): Turn | undefined => {
  const said = get(book.said, cluster);
  const turn = get(book.turns, cluster);
  const seen = seenOf(book, cluster);
  if (said?.message === seen?.message) return undefined;
  const isSame = turn !== undefined && (turn.seen === undefined) === (seen === undefined);
  return { since: isSame ? turn.since : at, ...(seen && { seen }) };
};

const seenOf = (book: BackendBook, cluster: ClusterName): Turn['seen'] =>
  has(clustersOf(book), cluster)
    ? ((book.services && get(book.services.output, cluster)) ?? get(book.envoy.faults, cluster))
    : undefined;

/** A back end that stays unavailable, for another reason, was told of already. */
const waitFor = (
  book: BackendBook,
  cluster: ClusterName,
  { seen }: Turn,
  { endpoints, envoy, recovery }: BackendWaits,
): number => {
  if (!has(clustersOf(book), cluster)) return 0;
  if (seen === undefined) return recovery;
  if (has(book.said, cluster)) return 0;
  return seen.reason === 'EndpointsNotFound' ? endpoints : envoy;
};

const clustersOf = ({ latest }: BackendBook): Collection<ClusterName, Cluster> =>
  latest?.translation.ir.clusters ?? empty();

const goneFrom = (book: BackendBook, { translation }: Translated): readonly ClusterName[] =>
  diff(clustersOf(book), translation.ir.clusters).flatMap(({ key, after }) =>
    after === undefined ? [key] : [],
  );
