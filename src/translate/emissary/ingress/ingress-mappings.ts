import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import { ingressOf } from './ingress-part.ts';

type Mappings = Collection<ObjectKey, CompiledMapping>;

/** The compiled Mappings of each Ingress, and the clusters that it uses. */
export interface IngressMappings {
  readonly byIngress: Grouped<ObjectKey, CompiledMapping, ObjectKey, CompiledMapping>;
  readonly clusters: Grouped<ObjectKey, Mappings, ClusterName, Cluster>;
}

/** Finds out which Ingress uses which clusters. */
export function* ingressMappings(
  previous: IngressMappings | undefined,
  usable: Mappings,
): Work<IngressMappings> {
  const byIngress = yield* ofIngress(previous?.byIngress, usable);
  const clusters = yield* clustersOf(previous?.clusters, byIngress.output);
  return { byIngress, clusters };
}

/** The clusters that Ingresses use. */
export const clustersOfIngresses = ({
  byIngress,
  clusters,
}: IngressMappings): Upstreams<Mappings> => ({
  kind: 'Ingress',
  byCluster: clusters.output,
  entries: byIngress.output,
  clustersOf: namesOf,
});

const ofIngress = groupBy((mapping: CompiledMapping, key: ObjectKey) => [
  [ingressOf(key), mapping] as const,
]);

const clustersOf = groupBy((mappings: Mappings, _: ObjectKey) => [...used(mappings)]);

const namesOf = (mappings: Mappings): readonly ClusterName[] => [...used(mappings).keys()];

const used = (mappings: Mappings): ReadonlyMap<ClusterName, Cluster> =>
  new Map(
    Array.from(values(mappings)).flatMap(({ target }) =>
      'cluster' in target ? [[target.cluster.name, target.cluster] as const] : [],
    ),
  );
