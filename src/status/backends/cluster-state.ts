import type { ClusterName } from '../../ir/cluster.ts';

/** What an Envoy says of one of its clusters. */
export interface ClusterState {
  readonly name: ClusterName;
  /** How many hosts it has. */
  readonly hosts: number;
  /** The hosts to which a connection has ever failed. */
  readonly troubled: readonly HostState[];
}

/** What an Envoy has counted for a host, since it has had it. */
export interface HostState {
  /** `10.0.0.1:8080` */
  readonly address: string;
  /** Connections that could not be made: refused, not answered in time, or TLS not agreed on. */
  readonly failed: number;
  /** Requests, or connections of TCP, that were sent over a connection. */
  readonly requests: number;
}
