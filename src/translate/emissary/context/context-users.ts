import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';

type Clusters = Collection<ObjectKey, Cluster>;

/** The TLSContexts with which services are reached, by their clusters. */
export interface ContextUsers {
  readonly byContext: Grouped<ObjectKey, CompiledMapping, ObjectKey, Cluster>;
  readonly byCluster: Grouped<ObjectKey, Clusters, ClusterName, Cluster>;
}

/** Finds the clusters that are made with TLSContexts, so that what Envoy refuses is traced to these too. */
export function* contextUsers(
  previous: ContextUsers | undefined,
  mappings: Collection<ObjectKey, CompiledMapping>,
): Work<ContextUsers> {
  const byContext = yield* contextsOf(previous?.byContext, mappings);
  const byCluster = yield* clustersOf(previous?.byCluster, byContext.output);
  return { byContext, byCluster };
}

/** The clusters that TLSContexts are a part of. */
export const clustersOfContexts = ({
  byContext,
  byCluster,
}: ContextUsers): Upstreams<Clusters> => ({
  kind: 'TLSContext',
  byCluster: byCluster.output,
  entries: byContext.output,
  clustersOf: namesOf,
});

/** One function: the contribution is the same value as long as nothing changes. */
const namesOf = (clusters: Clusters): readonly ClusterName[] => [
  ...new Set(Array.from(values(clusters), ({ name }) => name)),
];

const contextsOf = groupBy(({ context, target }: CompiledMapping, _: ObjectKey) =>
  context === undefined || !('cluster' in target) ? [] : [[context, target.cluster] as const],
);

const clustersOf = groupBy((clusters: Clusters, _: ObjectKey) => [
  ...new Map(Array.from(values(clusters), (one) => [one.name, one] as const)),
]);
