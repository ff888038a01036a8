import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { Service } from '../../../kube/core/service.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import type { Resolver } from '../../../kube/emissary/resolver.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { closedMappings, type ClosedMappings } from '../guard/closed-mappings.ts';
import type { Closure } from '../guard/closure.ts';
import { isUsable, compileMapping, type MappingTables, type Unusable } from './compile-mapping.ts';
import type { CompiledMapping } from './compiled-mapping.ts';
import type { SpecOn } from './mapping-fields.ts';
import type { ResolverObject } from './resolver.ts';

type ByName = Grouped<ObjectKey, Resolver, string, ResolverObject>;

/** From Mapping objects to what they ask for. */
export interface MappingGraph {
  readonly endpointResolvers: ByName;
  readonly serviceResolvers: ByName;
  /**
   * All that a Mapping needs of a Service, so that other edits of a Service compile no Mapping
   * anew.
   */
  readonly servicePorts: Mapped<ObjectKey, Service, readonly number[]>;
  readonly ours: Mapped<ObjectKey, Mapping, Mapping>;
  readonly compiled: Joined<ObjectKey, Mapping, MappingTables, CompiledMapping | Unusable>;
  readonly usable: Mapped<ObjectKey, CompiledMapping | Unusable, CompiledMapping>;
  readonly closing: ClosedMappings;
  /** The clusters, each with the Mappings that use it. */
  readonly clusters: Grouped<ObjectKey, CompiledMapping, ClusterName, Cluster>;
}

/** Compiles our Mappings. */
export const mappingGraph = (options: TranslateOptions) => {
  const { ambassadorId } = options;
  const oursOf = mapEach((mapping: Mapping, _: ObjectKey) => {
    const { ambassador_id }: SpecOn<'installation'> = mapping.spec;
    return isForInstallation(ambassador_id, ambassadorId) ? mapping : undefined;
  });
  const byName = (kind: string, resolver: ResolverObject['resolver']) =>
    groupBy(({ metadata, spec }: Resolver, key: ObjectKey) => {
      if (!isForInstallation(spec?.ambassador_id, ambassadorId)) return [];
      const { name, creationTimestamp: created } = metadata;
      return [
        [name, definedOnly<ResolverObject>({ ref: objectRef(kind, key), created, resolver })],
      ];
    });
  const endpointResolversOf = byName('KubernetesEndpointResolver', 'endpoint');
  const serviceResolversOf = byName('KubernetesServiceResolver', 'service');
  const compile = joinEach(compileMapping(options));
  return function* (
    previous: MappingGraph | undefined,
    { objects }: SyncedStore,
    closure: Closure | undefined,
    grants: Tables<MappingTables>['grants'],
  ): Work<MappingGraph> {
    const endpointResolvers = yield* endpointResolversOf(
      previous?.endpointResolvers,
      objects.KubernetesEndpointResolver,
    );
    const serviceResolvers = yield* serviceResolversOf(
      previous?.serviceResolvers,
      objects.KubernetesServiceResolver,
    );
    const servicePorts = yield* tcpPortsOf(previous?.servicePorts, objects.Service);
    const ours = yield* oursOf(previous?.ours, objects.Mapping);
    const compiled = yield* compile(previous?.compiled, ours.output, {
      endpointResolvers: endpointResolvers.output,
      serviceResolvers: serviceResolvers.output,
      ports: servicePorts.output,
      grants,
    });
    const usable = yield* usableOf(previous?.usable, compiled.output);
    const closing = yield* closedMappings(previous?.closing, ours.output, usable.output, closure);
    const clusters = yield* clustersOf(previous?.clusters, usable.output);
    return {
      endpointResolvers,
      serviceResolvers,
      servicePorts,
      ours,
      compiled,
      usable,
      closing,
      clusters,
    };
  };
};

const tcpPortsOf = mapEach(({ spec }: Service, _: ObjectKey): readonly number[] =>
  spec.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port),
);

/** The clusters that Mappings use. */
export const clustersOfMappings = ({
  usable,
  clusters,
}: MappingGraph): Upstreams<CompiledMapping> => ({
  kind: 'Mapping',
  byCluster: clusters.output,
  entries: usable.output,
  clustersOf: clusterOf,
});

const clusterOf = ({ target }: CompiledMapping): readonly ClusterName[] =>
  'cluster' in target ? [target.cluster.name] : [];

const clustersOf = groupBy(({ target }: CompiledMapping, _: ObjectKey) =>
  'cluster' in target ? [[target.cluster.name, target.cluster] as const] : [],
);

const usableOf = mapEach((compiled: CompiledMapping | Unusable, _: ObjectKey) =>
  isUsable(compiled) ? compiled : undefined,
);
