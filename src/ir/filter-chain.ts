import type { ClusterName } from './cluster.ts';
import type { FilterName } from './filter/filter-name.ts';
import type { HttpOptions } from './http-options.ts';
import type { ListenerName } from './listener.ts';
import type { ObjectRef } from './object-ref.ts';
import type { SecretName } from './secret.ts';
import type { Handshake } from './tls-handshake.ts';
import type { TrustBundleName } from './trust-bundle.ts';
import type { RouteTableName } from './virtual-host.ts';

/** Identifies a filter chain: `listener chain`. */
export type FilterChainKey = `${ListenerName} ${string}`;

/** The connections of a listener that are TLS for some server names, or cleartext; and what they carry. */
export interface FilterChain {
  readonly listener: ListenerName;
  /** Unique in its listener and stable. */
  readonly name: string;
  readonly tls?: ChainTls;
  readonly carries: Http | Tcp | Udp;
  readonly from: readonly ObjectRef[];
}

/** The server names that a chain matches (none: any), and what happens to their handshakes. */
export type ChainTls = { readonly serverNames: readonly string[] } & (Handshake | OnDemand);

/** The certificate of each server name is fetched when a client asks for it. */
interface OnDemand {
  readonly _tag: 'OnDemand';
}

/** Requests, routed by one table. */
export interface Http {
  readonly _tag: 'Http';
  readonly table: RouteTableName;
  readonly options: HttpOptions;
  /** The filters that a request passes: by kind in a fixed order, those of one kind as they are listed. */
  readonly filters: readonly FilterName[];
}

/** TCP connections. Each is forwarded as a whole to one of the backends; without backends it is closed. */
export interface Tcp {
  readonly _tag: 'Tcp';
  readonly statPrefix: string;
  readonly backends: readonly WeightedCluster[];
  /** In milliseconds; absent: an hour, as in Envoy. */
  readonly idleTimeout?: number;
}

/** A cluster with its share of connections. */
export interface WeightedCluster {
  readonly cluster: ClusterName;
  /** A whole number. The share is the weight divided by the sum of all weights; 0: no connection. */
  readonly weight: number;
}

/** UDP datagrams. The listener, whose transport is UDP and not QUIC, has no other chain. */
export interface Udp {
  readonly _tag: 'Udp';
  readonly statPrefix: string;
  readonly cluster: ClusterName;
  /** After this many milliseconds without a datagram a client may get another endpoint; absent: a minute. */
  readonly idleTimeout?: number;
}

/** The key of a chain with this name in a listener. */
export const filterChainKey = (listener: ListenerName, name: string): FilterChainKey =>
  `${listener} ${name}`;

/** The certificates and the trust bundle that a chain cannot do without. */
export const secretsOfChain = ({
  tls,
}: Pick<FilterChain, 'tls'>): readonly (SecretName | TrustBundleName)[] => {
  if (tls?._tag !== 'Terminate') return none;
  const { certificates, settings } = tls;
  const { clients } = settings ?? {};
  return clients === undefined ? certificates : [...certificates, clients.trust];
};

/** The HTTP filters that a chain lists. */
export const filtersOf = ({ carries }: Pick<FilterChain, 'carries'>): readonly FilterName[] =>
  carries._tag === 'Http' ? carries.filters : none;

const none: readonly never[] = [];
