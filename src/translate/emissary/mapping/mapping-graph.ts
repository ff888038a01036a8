import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { closedMappings, type ClosedMappings } from '../guard/closed-mappings.ts';
import type { Closure } from '../guard/closure.ts';
import type { LimitTables } from '../limit/mapping-limits.ts';
import { ingressMappings, type IngressMappings } from '../ingress/ingress-mappings.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { isUsable, compileMapping, type Unusable } from './compile-mapping.ts';
import type { CompiledMapping } from './compiled-mapping.ts';
import type { SpecOn } from './mapping-fields.ts';

/** From Mapping objects to what they ask for. */
export interface MappingGraph {
  readonly ours: Mapped<ObjectKey, Mapping, Mapping>;
  readonly compiled: Compiled;
  readonly usable: Usable;
  /** What Ingresses stand for, as a Mapping of its own each. */
  readonly partsCompiled: Compiled;
  readonly partsUsable: Usable;
  readonly ofIngresses: IngressMappings;
  /** The Mappings, and what stands for one. */
  readonly all: United<ObjectKey, Mapping>;
  readonly allUsable: United<ObjectKey, CompiledMapping>;
  readonly closing: ClosedMappings;
  /** The clusters, each with the Mappings that use it. */
  readonly clusters: Grouped<ObjectKey, CompiledMapping, ClusterName, Cluster>;
}

type Compiled = Joined<
  ObjectKey,
  Mapping,
  UpstreamTables & LimitTables,
  CompiledMapping | Unusable
>;

type Usable = Mapped<ObjectKey, CompiledMapping | Unusable, CompiledMapping>;

/** Compiles our Mappings, and those that parts of Ingresses stand for. */
export const mappingGraph = (options: TranslateOptions) => {
  const { ambassadorId } = options;
  const oursOf = mapEach((mapping: Mapping, _: ObjectKey) => {
    const { ambassador_id }: SpecOn<'installation'> = mapping.spec;
    return isForInstallation(ambassador_id, ambassadorId) ? mapping : undefined;
  });
  const compile = joinEach(compileMapping(options), ['defaults']);
  return function* (
    previous: MappingGraph | undefined,
    { objects }: SyncedStore,
    parts: Collection<ObjectKey, Mapping>,
    closure: Closure | undefined,
    upstreams: Tables<UpstreamTables & LimitTables>,
  ): Work<MappingGraph> {
    const ours = yield* oursOf(previous?.ours, objects.Mapping);
    const compiled = yield* compile(previous?.compiled, ours.output, upstreams);
    const usable = yield* usableOf(previous?.usable, compiled.output);
    const partsCompiled = yield* compile(previous?.partsCompiled, parts, upstreams);
    const partsUsable = yield* usableOf(previous?.partsUsable, partsCompiled.output);
    const ofIngresses = yield* ingressMappings(previous?.ofIngresses, partsUsable.output);
    const all = yield* union(previous?.all, ours.output, parts);
    const allUsable = yield* union(previous?.allUsable, usable.output, partsUsable.output);
    const closing = yield* closedMappings(previous?.closing, all.output, allUsable.output, closure);
    const clusters = yield* clustersOf(previous?.clusters, usable.output);
    const ofParts = { partsCompiled, partsUsable, ofIngresses };
    return { ours, compiled, usable, ...ofParts, all, allUsable, closing, clusters };
  };
};

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
