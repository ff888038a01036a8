import { entries, from, values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { AuthGraph } from '../auth/auth-graph.ts';
import type { SettledAuth } from '../auth/settle-auth.ts';
import type { CompiledLimit } from '../limit/compile-limit.ts';
import type { LimitGraph } from '../limit/limit-graph.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import type { MappingGraph } from '../mapping/mapping-graph.ts';
import type { TcpGraph } from '../tcp/tcp-graph.ts';

type Clusters = Collection<string, Cluster>;

/** What became of an object that reaches one service; with a TLSContext, if it names one. */
type Reaching = Pick<CompiledLimit, 'context' | 'cluster'>;

/** The TLSContexts with which services are reached, by their clusters. */
export interface ContextUsers {
  readonly ofMappings: Grouped<ObjectKey, CompiledMapping, ObjectKey, Cluster>;
  readonly ofTcpMappings: Grouped<ObjectKey, Reaching, ObjectKey, Cluster>;
  readonly ofLimits: Grouped<ObjectKey, Reaching, ObjectKey, Cluster>;
  readonly ofAuth: Grouped<FilterName, SettledAuth, ObjectKey, Cluster>;
  readonly ofConnections: United<ObjectKey, Clusters>;
  readonly ofFilters: United<ObjectKey, Clusters>;
  readonly byContext: United<ObjectKey, Clusters>;
  readonly byCluster: Grouped<ObjectKey, Clusters, ClusterName, Cluster>;
}

/** Finds the clusters that are made with TLSContexts, so that what Envoy refuses is traced to these too. */
export function* contextUsers(
  previous: ContextUsers | undefined,
  { allUsable }: Pick<MappingGraph, 'allUsable'>,
  { compiled }: Pick<TcpGraph, 'compiled'>,
  limits: Pick<LimitGraph, 'compiled'>,
  { settled }: Pick<AuthGraph, 'settled'>,
): Work<ContextUsers> {
  const ofMappings = yield* contextsOf(previous?.ofMappings, allUsable.output);
  const ofTcpMappings = yield* contextsOfCalls(previous?.ofTcpMappings, compiled.output);
  const ofLimits = yield* contextsOfCalls(previous?.ofLimits, limits.compiled.output);
  const ofAuth = yield* contextsOfAuth(previous?.ofAuth, settled.output);
  const ofConnections = yield* union<ObjectKey, Clusters>(
    previous?.ofConnections,
    ofMappings.output,
    ofTcpMappings.output,
    togetherWith('TCPMapping'),
  );
  const ofFilters = yield* union<ObjectKey, Clusters>(
    previous?.ofFilters,
    ofLimits.output,
    ofAuth.output,
    togetherWith('AuthService'),
  );
  const byContext = yield* union(
    previous?.byContext,
    ofConnections.output,
    ofFilters.output,
    togetherWith('filter'),
  );
  const byCluster = yield* clustersOf(previous?.byCluster, byContext.output);
  const found = { ofMappings, ofTcpMappings, ofLimits, ofAuth };
  return { ...found, ofConnections, ofFilters, byContext, byCluster };
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

const contextsOfCalls = groupBy(({ context, cluster }: Reaching, _: ObjectKey) =>
  context === undefined || cluster === undefined ? [] : [[context, cluster] as const],
);

const contextsOfAuth = groupBy(({ contexts, cluster }: SettledAuth, _: FilterName) =>
  cluster === undefined ? [] : contexts.map((context) => [context, cluster] as const),
);

/** Objects of two kinds may have one name: the right ones get a prefix. */
const togetherWith =
  (prefix: string) =>
  (left: Clusters, right: Clusters): Clusters =>
    from([
      ...entries(left),
      ...Array.from(entries(right), ([key, one]) => [`${prefix} ${key}`, one] as const),
    ]);

const clustersOf = groupBy((clusters: Clusters, _: ObjectKey) => [
  ...new Map(Array.from(values(clusters), (one) => [one.name, one] as const)),
]);
