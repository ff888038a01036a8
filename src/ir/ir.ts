import type { Collection } from '../collection/collection.ts';
import type { ClusterUsers } from './cluster-users.ts';
import type { Cluster, ClusterName } from './cluster.ts';
import type { ConnectionLimits } from './http-options.ts';
import type { Endpoints, EndpointsName } from './endpoints.ts';
import type { FilterChain, FilterChainKey } from './filter-chain.ts';
import type { FilterName } from './filter/filter-name.ts';
import type { HttpFilter } from './filter/filter.ts';
import type { Listener, ListenerName } from './listener.ts';
import type { Secret, SecretName } from './secret.ts';
import type { ServedName, ServerNames } from './server-name.ts';
import type { TrustBundle, TrustBundleName } from './trust-bundle.ts';
import type { VirtualHost, VirtualHostKey } from './virtual-host.ts';

/**
 * The waist of the pipe: what Envoy should do, said without Kubernetes and without protobuf.
 *
 * Nodes refer to each other by name. A node that a change does not touch keeps its identity.
 */
export interface Ir {
  readonly listeners: Collection<ListenerName, Listener>;
  readonly filterChains: Collection<FilterChainKey, FilterChain>;
  readonly filters: Collection<FilterName, HttpFilter>;
  readonly virtualHosts: Collection<VirtualHostKey, VirtualHost>;
  readonly clusters: Collection<ClusterName, Cluster>;
  /** Who uses the clusters, by kind. */
  readonly clusterUsers: readonly ClusterUsers[];
  readonly endpoints: Collection<EndpointsName, Endpoints>;
  readonly secrets: Collection<SecretName, Secret>;
  readonly trustBundles: Collection<TrustBundleName, TrustBundle>;
  /** What Envoy is given when it asks by a server name, for chains whose certificates come on demand. */
  readonly certificates: Collection<ServerNames, ServedName>;
  /** By who asks for them; at most one does. */
  readonly connectionLimits: Collection<string, ConnectionLimits>;
}
