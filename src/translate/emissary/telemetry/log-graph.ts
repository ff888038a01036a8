import { values, type Collection } from '../../../collection/collection.ts';
import type { Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { remember } from '../../../collection/remember.ts';
import type { Work } from '../../../collection/work.ts';
import type { LogService } from '../../../ir/access-log/log-service.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { LogService as LogServiceObject } from '../../../kube/emissary/log-service.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { KindOutcomes } from '../../contribution/outcome.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { governs } from '../governing.ts';
import { calledClusters, upstreamsCalled, type Calling } from '../upstream/called-cluster.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { compileLogService, type CompiledLogService } from './compile-log-service.ts';

/** From LogServices to what is told of requests. */
export interface LogGraph {
  readonly compiled: Joined<ObjectKey, LogServiceObject, UpstreamTables, CompiledLogService>;
  readonly clusters: Grouped<ObjectKey, Calling, ClusterName, Cluster>;
  /** Sorted by name; absent: none. */
  readonly services?: readonly LogService[];
}

/** Compiles our LogServices. */
export const logGraph = (options: TranslateOptions) => {
  const isOurs = governs(options);
  const compiledOf = compileLogService(options);
  const compileEach = joinEach<ObjectKey, LogServiceObject, UpstreamTables, CompiledLogService>(
    (object, key, read) => (isOurs(object, key) ? compiledOf(object, key, read) : undefined),
  );
  const servicesOf = remember(sortedServices, 1);
  return function* (
    previous: LogGraph | undefined,
    { objects }: SyncedStore,
    tables: Tables<UpstreamTables>,
  ): Work<LogGraph> {
    const compiled = yield* compileEach(previous?.compiled, objects.LogService, tables);
    const clusters = yield* calledClusters(previous?.clusters, compiled.output);
    const services = servicesOf(compiled.output);
    return { compiled, clusters, ...(services.length > 0 && { services }) };
  };
};

const sortedServices = (
  compiled: Collection<ObjectKey, CompiledLogService>,
): readonly LogService[] =>
  [...values(compiled)]
    .flatMap(({ service }) => (service === undefined ? [] : [service]))
    .sort((a, b) => (`${a.from[0]}` < `${b.from[0]}` ? -1 : 1));

/** The clusters that LogServices use. */
export const clustersOfLogs = ({ compiled, clusters }: LogGraph): Upstreams<CompiledLogService> =>
  upstreamsCalled('LogService', compiled.output, clusters.output);

/** A LogService is in effect if it can be called. */
export const outcomesOfLogs = ({ compiled }: LogGraph): KindOutcomes<CompiledLogService> => ({
  kind: 'LogService',
  entries: compiled.output,
  outcomeOf: ({ service }) => ({ inEffect: service !== undefined }),
  parentsOf: () => [],
});
