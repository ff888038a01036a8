import { hash } from 'node:crypto';

import type { Cluster } from '../../ir/cluster.ts';

/** A cluster that has no name yet. */
export type ClusterContent = Omit<Cluster, 'name'>;

/**
 * A name people can read, made unambiguous by a digest of everything the cluster is: clusters that
 * differ in any setting never share a name. In Emissary they can, and the first one wins.
 */
export const clusterName = (
  readable: string,
  tag: string | undefined,
  content: ClusterContent,
): string => {
  const identity = JSON.stringify([tag ?? '', digested(content)]);
  const digest = hash('sha256', identity, 'hex').slice(0, 16);
  return `${readable.replaceAll(/[^0-9A-Za-z_]/g, '_').slice(0, 60)}-${digest}`;
};

/**
 * What a name is a digest of.
 *
 * A cluster with another name is new to Envoy, so an upgrade must rename none: these fields keep their
 * names, values and order, whatever becomes of those of `Cluster`. Fields that came later follow them,
 * where they are set.
 */
interface Digested {
  readonly statName: string;
  readonly discovery: Cluster['discovery'];
  readonly connectTimeout: number;
  readonly idleTimeout: number | undefined;
  readonly maxConnectionLifetime: number | undefined;
  readonly tls: Cluster['tls'];
  readonly http2: boolean | 'negotiated' | 'as-client';
  readonly loadBalancer: string | Cluster['loadBalancer'];
  readonly circuitBreakers: Cluster['circuitBreakers'];
  readonly keepalive: Cluster['keepalive'];
}

const digested = ({
  statName,
  discovery,
  connectTimeout,
  idleTimeout,
  maxConnectionLifetime,
  tls,
  protocol,
  loadBalancer,
  circuitBreakers,
  keepalive,
  ...later
}: ClusterContent): Digested => ({
  statName,
  discovery,
  connectTimeout,
  idleTimeout,
  maxConnectionLifetime,
  tls,
  http2: digestedProtocols[protocol],
  loadBalancer: digestedBalancer(loadBalancer),
  circuitBreakers,
  keepalive,
  ...later,
});

const digestedProtocols = {
  http1: false,
  http2: true,
  negotiated: 'negotiated',
  'as-client': 'as-client',
} as const;

const digestedBalancer = (loadBalancer: Cluster['loadBalancer']): Digested['loadBalancer'] =>
  Object.keys(loadBalancer).length === 1 ? policies[loadBalancer._tag] : loadBalancer;

const policies = {
  RoundRobin: 'round_robin',
  LeastRequest: 'least_request',
  RingHash: 'ring_hash',
  Maglev: 'maglev',
} as const;
