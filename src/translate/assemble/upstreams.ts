import { values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import {
  joinEach,
  type Joined,
  type Read,
  type Tables,
} from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { unionOf, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import {
  isConsulService,
  type ConsulServiceName,
  type Endpoint,
  type Endpoints,
  type EndpointsName,
} from '../../ir/endpoints.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { EndpointSlice } from '../../kube/core/endpoint-slice.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Upstreams } from '../contribution/contribution.ts';
import { hasRefusedAddress, type AddressOptions } from '../contribution/refused-addresses.ts';
import { consulEndpoints, consulFaults, type ConsulTables } from './consul-endpoints.ts';
import { serviceEndpoints, sliceService, type EndpointsTables } from './endpoints.ts';
import { sliceFaults } from './slice-faults.ts';

/** The state of the steps from used upstreams to clusters, and from clusters to their endpoints. */
export interface UpstreamGraph {
  readonly ofKind: Readonly<Record<string, ClustersOfKind>>;
  readonly clusters: UnitedAll<ClusterName, Cluster>;
  readonly slices: Grouped<ObjectKey, EndpointSlice, ObjectKey, EndpointSlice>;
  readonly faults: Mapped<ObjectKey, EndpointSlice, readonly Problem[]>;
  readonly endpointsUsed: Grouped<ClusterName, Cluster, EndpointsName, true>;
  readonly endpoints: Joined<EndpointsName, Collection<ClusterName, true>, AllTables, Endpoints>;
  /** What cannot be used of the answers of Consul. */
  readonly consulFaults: Mapped<ConsulServiceName, readonly Endpoint[], readonly Problem[]>;
}

type AllTables = EndpointsTables & ConsulTables;

type ClustersOfKind = Mapped<ClusterName, Collection<ObjectKey, Cluster>, Cluster>;

/**
 * Makes each cluster once, and the endpoints of each Service port that a cluster refers to; none that
 * leads where requests may not go, whatever a language asks for: what is routed there is answered 503.
 */
export const upstreamGraph = (options: AddressOptions) => {
  const clusterEach = mapEach(
    (members: Collection<ObjectKey, Cluster>, _: ClusterName): Cluster | undefined => {
      // All members of a group are the same cluster.
      const [first] = values(members);
      return first === undefined || hasRefusedAddress(options, first.discovery) ? undefined : first;
    },
  );
  const faultsEach = mapEach(sliceFaults(options));
  const consulFaultsEach = mapEach(consulFaults(options));
  const ofService = serviceEndpoints(options);
  const ofConsul = consulEndpoints(options);
  const endpointsEach = joinEach(
    (_: Collection<ClusterName, true>, name: EndpointsName, read: Read<AllTables>): Endpoints =>
      isConsulService(name) ? ofConsul(name, read) : ofService(name, read),
  );
  return function* (
    previous: UpstreamGraph | undefined,
    { objects, consul }: SyncedStore,
    upstreams: readonly Upstreams[],
    consulPlaces: Tables<ConsulTables>['consulPlaces'],
  ): Work<UpstreamGraph> {
    const ofKind: Record<string, ClustersOfKind> = {};
    for (const { kind, byCluster } of upstreams)
      ofKind[kind] = yield* clusterEach(previous?.ofKind[kind], byCluster);
    const clusters = yield* unionOf(
      previous?.clusters,
      Object.values(ofKind).map(({ output }) => output),
    );
    const slices = yield* slicesByService(previous?.slices, objects.EndpointSlice);
    const faults = yield* faultsEach(previous?.faults, objects.EndpointSlice);
    const endpointsUsed = yield* endpointsOf(previous?.endpointsUsed, clusters.output);
    const endpoints = yield* endpointsEach(previous?.endpoints, endpointsUsed.output, {
      services: objects.Service,
      slices: slices.output,
      consul,
      consulPlaces,
    });
    const consulFaults = yield* consulFaultsEach(previous?.consulFaults, consul);
    return { ofKind, clusters, slices, faults, endpointsUsed, endpoints, consulFaults };
  };
};

const slicesByService = groupBy((slice: EndpointSlice, _: ObjectKey) =>
  sliceService(slice).map((service) => [service, slice] as const),
);

const endpointsOf = groupBy(({ discovery }: Cluster, _: ClusterName) =>
  discovery._tag === 'Eds' ? [[discovery.endpoints, true as const] as const] : [],
);
