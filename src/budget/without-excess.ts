import { get, has, withEdits, type Collection } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { editOf } from '../collection/edit.ts';
import { objectRef, refParts, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import { claimsOf } from '../kube/claims.ts';
import { recordOf } from '../kube/codec/record-of.ts';
import { isKind, kinds, kindTable, type Kind, type ObjectOf } from '../kube/kind.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import type { LanguageName } from '../kube/language.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { Problem } from '../problem/problem.ts';

/** The objects that are over the budget of their namespace, with what their owners are told. */
export type Excess = Collection<ObjectRef, readonly Problem[]>;

interface Before {
  readonly store: SyncedStore;
  readonly excess: Excess;
  /** The one without the other. */
  readonly within: SyncedStore;
}

/** Takes what is over a budget out of a store, by change: as what Envoy refuses, it is withheld. */
export const withoutExcess = (before: Before, store: SyncedStore, excess: Excess): SyncedStore => {
  if (excess.size === 0) return store;
  const turned = diff(before.excess, excess).map(({ key }) => key);
  const turnedOf = Map.groupBy(turned, (ref) => refParts(ref)[0]);
  const objects: Record<string, ObjectsOfAKind> = {};
  let { withheld } = before.within;
  for (const kind of kinds) {
    const [was, is, out]: readonly ObjectsOfAKind[] = [
      before.store.objects[kind],
      store.objects[kind],
      before.within.objects[kind],
    ];
    if (was === undefined || is === undefined || out === undefined) continue;
    const changed = diff(was, is).map(({ key }) => key);
    const stale = [...changed, ...(turnedOf.get(kind) ?? []).map((ref) => refParts(ref)[1])];
    const isOver = (key: ObjectKey): boolean => has(excess, objectRef(kind, key));
    objects[kind] = withEdits(
      out,
      stale.map((key) => editOf(key, isOver(key) ? undefined : get(is, key))),
    );
    withheld = withEdits(
      withheld,
      stale.map((key) => editOf(objectRef(kind, key), isOver(key) ? get(is, key) : undefined)),
    );
  }
  const versions = withEdits(
    before.within.versions,
    [...diff(before.store.versions, store.versions).map(({ key }) => key), ...turned].map((ref) =>
      editOf(ref, has(excess, ref) ? claimed(store, ref) : get(store.versions, ref)),
    ),
  );
  const problems = withEdits(before.within.problems, [
    ...diff(before.store.problems, store.problems).map(({ key, after }) => editOf(key, after)),
    ...turned.map((ref) => editOf(`Budget ${ref}`, get(excess, ref))),
  ]);
  const rest = objects as SyncedStore['objects'];
  return { ...store, objects: rest, versions, problems, withheld };
};

/** Of what no language looks at, it is known whose it is, as of an object that its codec refused. */
const claimed = (store: SyncedStore, ref: ObjectRef): ObjectVersion | undefined => {
  const version = get(store.versions, ref);
  const [kind, key] = refParts(ref);
  if (version === undefined || !isKind(kind)) return version;
  const { language }: { readonly language?: LanguageName } = kindTable[kind];
  const objects: ObjectsOfAKind = store.objects[kind];
  const { spec } = recordOf(get(objects, key));
  return language === undefined ? version : { ...version, ...claimsOf(language, spec) };
};

type ObjectsOfAKind = Collection<ObjectKey, ObjectOf<Kind>>;
