import { pipe } from 'fp-ts/lib/function.js';
import { getOrElse, none, some, type Option } from 'fp-ts/lib/Option.js';
import { castDraft, enableMapSet, Immer } from 'immer';

import { empty, withEdits, type Collection } from '../../collection/collection.ts';
import { definedOnly } from '../../collection/defined-only.ts';
import { editOf } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import type { ConsulServiceName, Endpoint } from '../../ir/endpoints.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import { kinds, type Kind, type ObjectOf } from '../kind.ts';
import type {
  Applied,
  ConsulEvent,
  Decoded,
  Deleted,
  KubeEvent,
  Listed,
  ObjectVersion,
  WorldEvent,
} from '../kube-event.ts';
import { noAnnotated, type Annotated } from './annotated.ts';
import { foldAnnotated } from './fold-annotated.ts';
import { foldEntries } from './fold-entries.ts';
import { foldObjects } from './fold-objects.ts';

/** Everything we know of the world. */
export interface ObjectStore {
  readonly objects: { readonly [K in Kind]: Collection<ObjectKey, ObjectOf<K>> };
  /** The kinds that have been listed once. */
  readonly listed: ReadonlySet<Kind>;
  /** The problems of each object as it came last, by `ObjectRef`, or of a source, by origin. */
  readonly problems: Collection<string, readonly Problem[]>;
  /** The version of each object of a language as it last came; empty where the source is no API server. */
  readonly versions: Collection<ObjectRef, ObjectVersion>;
  /** The objects whose present version is invalid or unreadable: `objects` has the last good one, if any. */
  readonly former: Collection<ObjectRef, Former>;
  /** Which of all these are in annotations of others. */
  readonly annotated: Annotated;
  /**
   * The objects that are kept back because Envoy refuses them or may do so, and of which no good version is
   * known, with the version that is kept back.
   */
  readonly withheld: Collection<ObjectRef, ObjectOf<Kind>>;
  /** What Consul said last of each service that is referred to. */
  readonly consul: Collection<ConsulServiceName, readonly Endpoint[]>;
}

/**
 * How the last good version of an object is known; it is another value when that version is another. Of a
 * policy or a Host that its codec refused, also what it is for.
 */
export type Former = Pick<Decoded, 'object' | 'targetRefs' | 'unread'>;

declare const brand: unique symbol;

/** A store in which every kind has been listed: the only one that may be translated. */
export type SyncedStore = ObjectStore & { readonly [brand]: 'SyncedStore' };

/** The store before anything is known. */
export const emptyStore: ObjectStore = {
  objects: Object.fromEntries(kinds.map((kind) => [kind, empty()])) as ObjectStore['objects'],
  listed: new Set(),
  problems: empty(),
  versions: empty(),
  former: empty(),
  annotated: noAnnotated,
  withheld: empty(),
  consul: empty(),
};

/** The same, where annotations in some namespaces count before all others. */
export const emptyStoreWith = (foremost: readonly string[]): ObjectStore => ({
  ...emptyStore,
  annotated: { ...noAnnotated, foremost },
});

/**
 * Folds a batch into the store, as one change.
 *
 * Parts the batch does not change keep their identity, and so does the store when nothing changed.
 * A list replaces all objects of its kind. An object that its codec refused keeps its last valid
 * version.
 */
export const applyAll = (store: ObjectStore, batch: readonly WorldEvent[]): ObjectStore => {
  const consul = foldConsul(store.consul, batch.filter(isOfConsul));
  const { annotated, events } = foldAnnotated(store, batch.filter(isOfObjects));
  const problems = foldProblems(store.problems, events);
  const versions = foldVersions(store.versions, events) as ObjectStore['versions'];
  const former = foldFormer(store.former, events) as ObjectStore['former'];
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
    draft.former = castDraft(sealed(former));
    if (annotated !== store.annotated) draft.annotated = castDraft(sealedParts(annotated));
    draft.consul = castDraft(sealed(consul));
  });
};

/** The store in which this kind counts as listed. */
export const withListed = (store: ObjectStore, kind: Kind): ObjectStore =>
  store.listed.has(kind) ? store : { ...store, listed: new Set([...store.listed, kind]) };

/** The store, once every kind has been listed. */
export const synced = (store: ObjectStore): Option<SyncedStore> =>
  isSynced(store) ? some(store) : none;

const isSynced = (store: ObjectStore): store is SyncedStore =>
  kinds.every((kind) => store.listed.has(kind));

/** The store in which every kind has been listed, and of none there is an object. */
export const storeWithoutObjects: SyncedStore = pipe(
  synced({ ...emptyStore, listed: new Set(kinds) }),
  getOrElse((): SyncedStore => {
    throw new Error('every kind is listed');
  }),
);

const isOfKind = (event: KubeEvent): event is Listed | Applied | Deleted =>
  event._tag !== 'Reported';

const isOfConsul = (event: WorldEvent): event is ConsulEvent =>
  event._tag === 'ConsulAnswered' || event._tag === 'ConsulForgotten';

const isOfObjects = (event: WorldEvent): event is KubeEvent => !isOfConsul(event);

const foldConsul = (
  known: ObjectStore['consul'],
  events: readonly ConsulEvent[],
): ObjectStore['consul'] =>
  events.length === 0
    ? known
    : withEdits(
        known,
        events.map((event) =>
          editOf(event.service, event._tag === 'ConsulAnswered' ? event.endpoints : undefined),
        ),
        equal,
      );

enableMapSet();

/** Immer searches everything that is not frozen for drafts: it would walk the whole collection. */
const sealed = <C extends Collection<string, unknown>>(collection: C): C =>
  Object.freeze(collection);

const sealedParts = ({ carried, claims, foremost }: Annotated): Annotated =>
  Object.freeze({ carried: sealed(carried), claims: sealed(claims), foremost });

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

const foldFormer = foldEntries<Former>({
  ofObject: ({ object, former, targetRefs, unread }) => {
    if (object === undefined)
      return targetRefs === undefined && unread === undefined
        ? unnamed
        : definedOnly<Former>({ targetRefs, unread });
    return former === true ? { object } : undefined;
  },
  ofSource: () => undefined,
});

/** The event did not say which version was good last: it is the one that was known. */
const unnamed: Former = {};
