import type { EndpointsName } from './endpoints.ts';
import type { HealthCheck, OutlierDetection } from './health.ts';
import type { SecretName } from './secret.ts';
import type { TlsParameters } from './tls-parameters.ts';
import type { PeerVerification, TrustBundleName } from './trust-bundle.ts';

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
      /** More names or IP addresses that share the requests; absent: none. */
      readonly others?: readonly { readonly host: string; readonly port: number }[];
    }
  | { readonly _tag: 'Static'; readonly address: string; readonly port: number };

/**
 * How requests are spread over the endpoints. The hash ones keep a client with an endpoint, as far as the
 * hash policy of the route tells clients apart and as long as the endpoints stay.
 */
export type LoadBalancer =
  | {
      readonly _tag: 'RoundRobin' | 'LeastRequest';
      /** For so long a new endpoint is given fewer requests, more and more; absent: as many at once. */
      readonly slowStart?: number;
    }
  | {
      readonly _tag: 'RingHash';
      /** How many points of the ring there are at least; absent: 1024. */
      readonly minimumSize?: number;
    }
  | {
      readonly _tag: 'Maglev';
      /** A prime number; absent: 65537. */
      readonly tableSize?: number;
    };

/**
 * Which HTTP is spoken to an upstream. HTTP/2 without TLS is spoken at once (h2c with prior knowledge).
 *
 * - `negotiated`: what the upstream prefers in the TLS handshake (ALPN); HTTP/1.1 where there is none;
 * - `as-client`: for each request the version in which it came.
 */
export type UpstreamProtocol = 'http1' | 'http2' | 'negotiated' | 'as-client';

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

/** How TLS is spoken to an upstream. */
export interface UpstreamTls {
  /** The server that is asked for. */
  readonly sni?: string;
  /** Which certificates of the upstream are accepted; absent: every one, so it can be anybody. */
  readonly verify?: PeerVerification;
  /** What is shown to an upstream that asks for a certificate. */
  readonly clientCertificate?: SecretName;
  readonly parameters?: TlsParameters;
  /** The protocols that are offered, the preferred one first; absent: those of HTTP as it is spoken. */
  readonly alpn?: readonly string[];
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
  /** Speak TLS to the upstream. */
  readonly tls?: UpstreamTls;
  readonly protocol: UpstreamProtocol;
  readonly loadBalancer: LoadBalancer;
  readonly circuitBreakers: readonly CircuitBreaker[];
  readonly keepalive?: Keepalive;
  readonly healthChecks?: readonly HealthCheck[];
  readonly outlierDetection?: OutlierDetection;
}

/** The certificate and the trust bundle that a cluster cannot do without. */
export const secretsOfCluster = ({ tls }: Cluster): readonly (SecretName | TrustBundleName)[] => {
  if (tls?.verify === undefined && tls?.clientCertificate === undefined) return none;
  const { verify, clientCertificate } = tls;
  return [
    ...(clientCertificate === undefined ? [] : [clientCertificate]),
    ...(verify === undefined ? [] : [verify.trust]),
  ];
};

const none: readonly never[] = [];
