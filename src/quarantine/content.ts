import { createHash } from 'node:crypto';

import { get, type Collection } from '../collection/collection.ts';
import { put } from '../collection/put.ts';
import { refParts, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import { isKind, type Kind, type ObjectOf } from '../kube/kind.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';

/** What a store holds for an object; absent when there is none, or it is of no kind of ours. */
export const contentOf = ({ objects }: SyncedStore, ref: ObjectRef): ObjectOf<Kind> | undefined => {
  const [kind, key] = refParts(ref);
  return isKind(kind) ? get<ObjectKey, ObjectOf<Kind>>(objects[kind], key) : undefined;
};

/** The store with other content for one object, or without it. */
export const withContent = (
  store: SyncedStore,
  ref: ObjectRef,
  content: ObjectOf<Kind> | undefined,
): SyncedStore => {
  const [kind, key] = refParts(ref);
  if (!isKind(kind)) return store;
  const ofKind: Collection<ObjectKey, ObjectOf<Kind>> = store.objects[kind];
  return { ...store, objects: { ...store.objects, [kind]: put(ofKind, key, content) } };
};

/** Identifies the content of an object across restarts; a private key counts by its handle. */
export const digestOf = (content: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(content) ?? '')
    .digest('hex');
