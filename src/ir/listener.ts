import type { ObjectRef } from './object-ref.ts';
import type { Port } from './port.ts';
import type { SecretName } from './secret.ts';
import type { RouteTableName } from './virtual-host.ts';

/** Names a listener by where it binds, so that its successor replaces it in place. */
export type ListenerName = string;

/** An address Envoy listens on. Its filter chains are nodes of their own. */
export interface Listener {
  readonly name: ListenerName;
  readonly address: string;
  readonly port: Port;
  /** Looks for SNI before a filter chain is chosen. */
  readonly tlsInspector: boolean;
  /** Expects a PROXY protocol header before anything else. */
  readonly proxyProtocol: boolean;
  readonly statPrefix: string;
  /** How many proxies in front are trusted (`xff_num_trusted_hops`). */
  readonly trustedHops: number;
  readonly http2MaxConcurrentStreams?: number;
  readonly from: readonly ObjectRef[];
}

/** Identifies a filter chain: `listener chain`. */
export type FilterChainKey = `${ListenerName} ${string}`;

/** One way into a listener: TLS for some server names, or cleartext; routed by one table. */
export interface FilterChain {
  readonly listener: ListenerName;
  /** Unique in its listener and stable. */
  readonly name: string;
  readonly tls?: {
    /** Server names this chain is for; empty: any. */
    readonly serverNames: readonly string[];
    /** The certificate; absent, unless they come on demand: its handshakes are refused. */
    readonly secret?: SecretName;
    /** The certificate of each server name is fetched when a client asks for it. */
    readonly onDemand?: true;
  };
  readonly table: RouteTableName;
  readonly from: readonly ObjectRef[];
}

/** Joins a listener and a chain. */
export const filterChainKey = (listener: ListenerName, name: string): FilterChainKey =>
  `${listener} ${name}`;

/** Whether a chain is there to refuse the handshakes of its server names. */
export const refusesHandshakes = ({ tls }: FilterChain): boolean =>
  tls !== undefined && tls.secret === undefined && tls.onDemand === undefined;
