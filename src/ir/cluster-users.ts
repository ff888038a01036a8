import { empty, get, keys, type Collection } from '../collection/collection.ts';
import type { ClusterName } from './cluster.ts';
import { objectRef, refParts, type ObjectKey, type ObjectRef } from './object-ref.ts';

/**
 * The objects of one kind by the clusters that they use.
 *
 * Thousands of objects can share a cluster. Its users are kept beside it and not in it, so that a
 * new user changes neither the cluster nor anything that is made from it. No other node lists the
 * objects that share it (decision 20).
 */
export interface ClusterUsers<Entry = unknown> {
  readonly kind: string;
  readonly byCluster: Collection<ClusterName, Collection<ObjectKey, unknown>>;
  /** All objects of the kind, each as its language has it anyway. */
  readonly entries: Collection<ObjectKey, Entry>;
  // A method, so that a list can hold users of kinds with different entries.
  /** The clusters that an object uses, each once. */
  clustersOf(entry: Entry): readonly ClusterName[];
}

/** All objects that use a cluster, as a list that is made when it is asked for. */
export const usersOf = (
  clusterUsers: readonly ClusterUsers[],
  cluster: ClusterName,
): readonly ObjectRef[] =>
  clusterUsers.flatMap(({ kind, byCluster }) =>
    Array.from(keys(get(byCluster, cluster) ?? empty<ObjectKey, unknown>()), (key) =>
      objectRef(kind, key),
    ),
  );

/** All clusters that an object uses. */
export const clustersUsedBy = (
  clusterUsers: readonly ClusterUsers[],
  object: ObjectRef,
): readonly ClusterName[] => {
  const [kind, key] = refParts(object);
  const ofKind = clusterUsers.find((one) => one.kind === kind);
  const entry = ofKind && get(ofKind.entries, key);
  return entry === undefined ? [] : (ofKind?.clustersOf(entry) ?? []);
};
