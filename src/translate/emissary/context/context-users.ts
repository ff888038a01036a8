import { entries, from, values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import type { MappingGraph } from '../mapping/mapping-graph.ts';
import type { CompiledTcpMapping } from '../tcp/compile-tcp-mapping.ts';
import type { TcpGraph } from '../tcp/tcp-graph.ts';

type Clusters = Collection<ObjectKey, Cluster>;

/** The TLSContexts with which services are reached, by their clusters. */
export interface ContextUsers {
  readonly ofMappings: Grouped<ObjectKey, CompiledMapping, ObjectKey, Cluster>;
  readonly ofTcpMappings: Grouped<ObjectKey, CompiledTcpMapping, ObjectKey, Cluster>;
  readonly byContext: United<ObjectKey, Clusters>;
  readonly byCluster: Grouped<ObjectKey, Clusters, ClusterName, Cluster>;
}

/** Finds the clusters that are made with TLSContexts, so that what Envoy refuses is traced to these too. */
export function* contextUsers(
  previous: ContextUsers | undefined,
  { usable }: Pick<MappingGraph, 'usable'>,
  { compiled }: Pick<TcpGraph, 'compiled'>,
): Work<ContextUsers> {
  const ofMappings = yield* contextsOf(previous?.ofMappings, usable.output);
  const ofTcpMappings = yield* contextsOfTcp(previous?.ofTcpMappings, compiled.output);
  const byContext = yield* union(
    previous?.byContext,
    ofMappings.output,
    ofTcpMappings.output,
    together,
  );
  const byCluster = yield* clustersOf(previous?.byCluster, byContext.output);
  return { ofMappings, ofTcpMappings, byContext, byCluster };
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

const contextsOfTcp = groupBy(({ context, cluster }: CompiledTcpMapping, _: ObjectKey) =>
  context === undefined || cluster === undefined ? [] : [[context, cluster] as const],
);

/** A Mapping and a TCPMapping may have one name. */
const together = (left: Clusters, right: Clusters): Clusters =>
  from([
    ...entries(left),
    ...Array.from(entries(right), ([key, one]) => [`TCPMapping ${key}`, one] as const),
  ]);

const clustersOf = groupBy((clusters: Clusters, _: ObjectKey) => [
  ...new Map(Array.from(values(clusters), (one) => [one.name, one] as const)),
]);
