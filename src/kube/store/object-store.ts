import { none, some, type Option } from 'fp-ts/lib/Option.js';
import { castDraft, enableMapSet, Immer } from 'immer';

import { empty, type Collection } from '../../collection/collection.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import { kinds, type Kind, type ObjectOf } from '../kind.ts';
import type { Applied, Deleted, KubeEvent, Listed, ObjectVersion } from '../kube-event.ts';
import { foldEntries } from './fold-entries.ts';
import { foldObjects } from './fold-objects.ts';

/** Everything we know of the world. */
export interface ObjectStore {
  readonly objects: { readonly [K in Kind]: Collection<ObjectKey, ObjectOf<K>> };
  /** The kinds that have been listed once. */
  readonly listed: ReadonlySet<Kind>;
  /** What was wrong with each object as it last came, by `ObjectRef`; with a source, by origin. */
  readonly problems: Collection<string, readonly Problem[]>;
  /** The version of each object of a language as it last came; empty where the source is no API server. */
  readonly versions: Collection<ObjectRef, ObjectVersion>;
}

declare const brand: unique symbol;

/** A store in which every kind has been listed: the only one that may be translated. */
export type SyncedStore = ObjectStore & { readonly [brand]: 'SyncedStore' };

/** Knows nothing yet. */
export const emptyStore: ObjectStore = {
  objects: Object.fromEntries(kinds.map((kind) => [kind, empty()])) as ObjectStore['objects'],
  listed: new Set(),
  problems: empty(),
  versions: empty(),
};

/**
 * Folds a batch into the store, as one change.
 *
 * Parts the batch does not change keep their identity, and so does the store when nothing changed.
 * A list replaces its kind. An object that its codec refused stays as it was last good.
 */
export const applyAll = (store: ObjectStore, events: readonly KubeEvent[]): ObjectStore => {
  const problems = foldProblems(store.problems, events);
  const versions = foldVersions(store.versions, events) as ObjectStore['versions'];
  const byKind = Object.groupBy(events.filter(isOfKind), ({ kind }) => kind);
  return immer.produce(store, (draft) => {
    for (const kind of kinds) {
      const ofKind = byKind[kind];
      if (ofKind === undefined) continue;
      const objects: Collection<ObjectKey, ObjectOf<Kind>> = store.objects[kind];
      Object.assign(draft.objects, { [kind]: sealed(foldObjects(objects, ofKind)) });
      if (ofKind.some(({ _tag }) => _tag === 'Listed')) draft.listed.add(kind);
    }
    draft.problems = castDraft(sealed(problems));
    draft.versions = castDraft(sealed(versions));
  });
};

/** The store, with a kind of which everything is known now. */
export const withListed = (store: ObjectStore, kind: Kind): ObjectStore =>
  store.listed.has(kind) ? store : { ...store, listed: new Set([...store.listed, kind]) };

/** The store, once every kind has been listed. */
export const synced = (store: ObjectStore): Option<SyncedStore> =>
  isSynced(store) ? some(store) : none;

const isSynced = (store: ObjectStore): store is SyncedStore =>
  kinds.every((kind) => store.listed.has(kind));

const isOfKind = (event: KubeEvent): event is Listed | Applied | Deleted =>
  event._tag !== 'Reported';

enableMapSet();

/** Immer looks for drafts in whatever is not frozen; in a collection that would be everything. */
const sealed = <C extends Collection<string, unknown>>(collection: C): C =>
  Object.freeze(collection);

/** Freezing would walk everything we know each time; the types say `readonly` already. */
const immer = new Immer({ autoFreeze: false });

const foldProblems = foldEntries<readonly Problem[]>({
  ofObject: ({ problems }) => (problems.length === 0 ? undefined : problems),
  ofSource: ({ problems }) => (problems.length === 0 ? undefined : problems),
});

const foldVersions = foldEntries<ObjectVersion>({
  ofObject: ({ version }) => version,
  ofSource: () => undefined,
});
