import type { Collection } from '../../collection/collection.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import type { ClusterUsers } from '../../ir/cluster-users.ts';
import type { ConsulAgent } from '../../ir/endpoints.ts';
import type { ConnectionLimits } from '../../ir/http-options.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../ir/filter/filter.ts';
import type { FilterChainKey, Tcp, Udp } from '../../ir/filter-chain.ts';
import type { HttpOptions } from '../../ir/http-options.ts';
import type { Listener, ListenerName } from '../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { ServedName } from '../../ir/server-name.ts';
import type { TrustBundle, TrustBundleName } from '../../ir/trust-bundle.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { KindOutcomes } from './outcome.ts';
import type { Aged } from './seniority.ts';
import type { TlsLayout, TlsLayouts } from './tls-layout.ts';
import type { Troubles } from './troubles.ts';

/**
 * A claim to open an address, as old as the oldest object behind it; these are the objects the listener
 * is from.
 */
export interface PortClaim extends Aged {
  /** The field that asks for the port. */
  readonly field: string;
  readonly listener: Listener;
  /** What HTTP connections have in common there. */
  readonly http: HttpOptions;
  /** What connections without TLS carry, or datagrams, where it is no HTTP. */
  readonly bare?: { readonly carries: Tcp | Udp; readonly from: readonly ObjectRef[] };
  /** How it wants server names to be served; absent: by their number. */
  readonly tlsLayout?: TlsLayout;
}

/** The claim that counts for each address. */
export type Ports = Collection<ListenerName, PortClaim>;

/**
 * The first part of what a language asks for: addresses. Conflicts among its own objects are
 * resolved already.
 */
export interface PortClaims {
  readonly ports: Ports;
}

/** The second part: what is served on the addresses that are open. */
export interface ServerNameClaims {
  /** The listeners on which something is served in cleartext, by name. */
  readonly cleartext: Collection<ListenerName, unknown>;
  /** What is served for server names over TLS: by `tlsChainKey` of the listener and the names. */
  readonly serverNames: Collection<FilterChainKey, ServedName>;
}

/** The clusters that the objects of one kind use; whoever names a cluster means the same one. */
export interface Upstreams<Entry = unknown> extends ClusterUsers<Entry> {
  readonly byCluster: Collection<ClusterName, Collection<ObjectKey, Cluster>>;
}

/** An HTTP filter, and the listeners on which every request passes it. */
export interface FilterClaim {
  readonly filter: HttpFilter;
  readonly listeners: readonly ListenerName[];
}

/** What has been decided between all languages before they say where requests go. */
export interface Settlement {
  readonly ports: Ports;
  readonly serverNames: ServerNameClaims['serverNames'];
  readonly layouts: TlsLayouts;
}

/** The last part: where requests go, and what became of the objects. */
export interface Contribution {
  /** In the tables of `table-names.ts`; the routes in the order of the language. */
  readonly hosts: Collection<VirtualHostKey, VirtualHost>;
  /** By names that carry the object that asks for the filter; absent where the language never has any. */
  readonly filters?: Collection<FilterName, FilterClaim>;
  /** One for each kind, always in the same order. */
  readonly upstreams: readonly Upstreams[];
  /**
   * Certificate authorities that server names and clusters refer to; equal names are one bundle. Absent
   * where the language never has any.
   */
  readonly trustBundles?: Collection<TrustBundleName, TrustBundle>;
  /** By who asks for them; absent where the language never asks for any. */
  readonly connectionLimits?: Collection<string, ConnectionLimits>;
  /** Where services of Consul are asked for, by resolver; absent where the language never asks. */
  readonly consulPlaces?: Collection<ObjectKey, { readonly agent?: ConsulAgent }>;
  /** Of the same kinds each time. */
  readonly outcomes: readonly KindOutcomes[];
  /** Of all three parts: the results of the same steps each time, in the same order. */
  readonly problems: readonly Troubles[];
}
