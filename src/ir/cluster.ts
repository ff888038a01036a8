import type { EndpointsName } from './endpoints.ts';

/** Names a cluster. It says what the cluster is: equal names have equal configuration. */
export type ClusterName = string;

/** Where the addresses of a cluster come from. */
export type Discovery =
  | { readonly _tag: 'Eds'; readonly endpoints: EndpointsName }
  | {
      readonly _tag: 'Dns';
      readonly lookup: 'strict' | 'logical';
      readonly host: string;
      readonly port: number;
      readonly family: 'v4' | 'v6' | 'auto';
      readonly respectTtl: boolean;
    }
  | { readonly _tag: 'Static'; readonly address: string; readonly port: number };

/** The load balancers Mappings can ask for. */
export type LoadBalancerPolicy = 'round_robin' | 'least_request' | 'ring_hash' | 'maglev';

/** Limits on what one cluster may have under way, for one routing priority. */
export interface CircuitBreaker {
  readonly priority: 'default' | 'high';
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxRequests?: number;
  readonly maxRetries?: number;
}

/** TCP keepalive towards the upstream; times in seconds. */
export interface Keepalive {
  readonly probes?: number;
  readonly time?: number;
  readonly interval?: number;
}

/** One upstream service with the settings by which it is reached. Times are milliseconds. */
export interface Cluster {
  readonly name: ClusterName;
  /** The name its statistics carry. */
  readonly statName: string;
  readonly discovery: Discovery;
  readonly connectTimeout: number;
  readonly idleTimeout?: number;
  readonly maxConnectionLifetime?: number;
  /** Speak TLS to the upstream; `sni` names the server. */
  readonly tls?: { readonly sni?: string };
  /** Speak HTTP/2 to the upstream. */
  readonly http2: boolean;
  readonly loadBalancer: LoadBalancerPolicy;
  readonly circuitBreakers: readonly CircuitBreaker[];
  readonly keepalive?: Keepalive;
}
