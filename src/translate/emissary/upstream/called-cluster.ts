import type { Collection } from '../../../collection/collection.ts';
import { groupBy } from '../../../collection/operator/group-by.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Upstreams } from '../../contribution/contribution.ts';

/** What became of an object that calls one service; without a cluster it can call none. */
export interface Calling {
  readonly cluster?: Cluster | undefined;
}

/** The clusters that objects of one kind call, by name. */
export const calledClusters = groupBy(({ cluster }: Calling, _: ObjectKey) =>
  cluster === undefined ? [] : [[cluster.name, cluster] as const],
);

/** The clusters that the objects of a kind call, as a contribution says it. */
export const upstreamsCalled = <C extends Calling>(
  kind: string,
  entries: Collection<ObjectKey, C>,
  byCluster: Upstreams['byCluster'],
): Upstreams<C> => ({ kind, entries, byCluster, clustersOf: nameOf });

/** One function for all: a contribution is the same value as long as nothing changes. */
const nameOf = ({ cluster }: Calling): readonly ClusterName[] =>
  cluster === undefined ? [] : [cluster.name];
