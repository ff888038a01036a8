import { get, values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import { refParts, type ObjectKey } from '../../../ir/object-ref.ts';
import type { Tracing } from '../../../ir/access-log/tracing.ts';
import type { TracingService } from '../../../kube/emissary/tracing-service.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import { seniority } from '../../contribution/seniority.ts';
import { settledByAge, type SettledByAge } from '../../contribution/settled-by-age.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { governs } from '../governing.ts';
import { calledClusters, upstreamsCalled, type Calling } from '../upstream/called-cluster.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { compileTracing, type CompiledTracing } from './compile-tracing.ts';

/** From TracingServices to how requests are traced. */
export interface TraceGraph {
  readonly compiled: Joined<ObjectKey, TracingService, UpstreamTables, CompiledTracing>;
  readonly all: Grouped<ObjectKey, CompiledTracing, 'all', CompiledTracing>;
  readonly settled: Mapped<'all', Collection<ObjectKey, CompiledTracing>, SettledTracing>;
  /** The one that counts. */
  readonly inForce: Grouped<'all', SettledTracing, ObjectKey, true>;
  readonly clusters: Grouped<ObjectKey, Calling, ClusterName, Cluster>;
  /** Absent: no request is traced. */
  readonly tracing?: Tracing;
}

/** The TracingService that counts. */
type SettledTracing = SettledByAge<CompiledTracing>;

/** Compiles our TracingServices; the oldest of those to which something can be sent counts. */
export const traceGraph = (options: TranslateOptions) => {
  const isOurs = governs(options);
  const compiledOf = compileTracing(options);
  const compileEach = joinEach<ObjectKey, TracingService, UpstreamTables, CompiledTracing>(
    (object, key, read) => (isOurs(object, key) ? compiledOf(object, key, read) : undefined),
  );
  return function* (
    previous: TraceGraph | undefined,
    { objects }: SyncedStore,
    tables: Tables<UpstreamTables>,
  ): Work<TraceGraph> {
    const compiled = yield* compileEach(previous?.compiled, objects.TracingService, tables);
    const all = yield* allOf(previous?.all, compiled.output);
    const settled = yield* settleEach(previous?.settled, all.output);
    const inForce = yield* winnersOf(previous?.inForce, settled.output);
    const clusters = yield* calledClusters(previous?.clusters, compiled.output);
    const tracing = get(settled.output, 'all')?.winner.tracing;
    return { compiled, all, settled, inForce, clusters, ...(tracing !== undefined && { tracing }) };
  };
};

const allOf = groupBy((one: CompiledTracing, _: ObjectKey) =>
  one.tracing === undefined ? [] : [['all', one] as const],
);

const settleEach = mapEach((group: Collection<ObjectKey, CompiledTracing>, _: 'all') =>
  settledByAge(values(group), (winner, loser) => ({
    field: '',
    reason: `requests are traced by one TracingService, and another one ${seniority(winner, loser)}`,
  })),
);

const winnersOf = groupBy(({ winner }: SettledTracing, _: 'all') => [
  [refParts(winner.ref)[1], true as const] as const,
]);

/** The clusters that TracingServices use. */
export const clustersOfTraces = ({ compiled, clusters }: TraceGraph): Upstreams<CompiledTracing> =>
  upstreamsCalled('TracingService', compiled.output, clusters.output);
