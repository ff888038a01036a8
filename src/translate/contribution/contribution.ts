import type { Collection } from '../../collection/collection.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import type { ClusterUsers } from '../../ir/cluster-users.ts';
import type { FilterChainKey, Listener, ListenerName } from '../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { ServerCertificate } from '../../ir/server-certificate.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { KindOutcomes } from './outcome.ts';
import type { TlsLayout } from './tls-layout.ts';
import type { Troubles } from './troubles.ts';

/** An object's wish to open an address. */
export interface PortClaim {
  readonly object: ObjectRef;
  /** The field that asks for the port. */
  readonly field: string;
  readonly listener: Listener;
  /** How it wants server names to be served; absent: by their number. */
  readonly tlsLayout?: TlsLayout;
}

/** The claim that counts for each address: that of the object which has it. */
export type Ports = Collection<ListenerName, PortClaim>;

/** The first part of what a language asks for: addresses. Its own objects have settled who has which. */
export interface PortClaims {
  readonly ports: Ports;
}

/** The second part: what is served on the addresses that are open. */
export interface ServerNameClaims {
  /** The listeners on which something is served in cleartext, by name. */
  readonly cleartext: Collection<ListenerName, unknown>;
  /** What is served for server names over TLS, under the key of the chain that is theirs alone. */
  readonly serverNames: Collection<FilterChainKey, ServerCertificate>;
}

/** The clusters that the objects of one kind use; whoever names a cluster means the same one. */
export interface Upstreams extends ClusterUsers {
  readonly byCluster: Collection<ClusterName, Collection<ObjectKey, Cluster>>;
}

/** The last part: where requests go, and what became of the objects. */
export interface Contribution {
  /** In the tables of `table-names.ts`; the routes in the order of the language. */
  readonly hosts: Collection<VirtualHostKey, VirtualHost>;
  /** One for each kind, always in the same order. */
  readonly upstreams: readonly Upstreams[];
  readonly outcomes: readonly KindOutcomes[];
  /** Of all three parts: the results of the same steps each time, in the same order. */
  readonly problems: readonly Troubles[];
}
