import type { HeaderMutation } from './header-mutation.ts';

/**
 * How Envoy finds out whether an endpoint still serves: it asks, again and again, and gives no requests to
 * one that fails. Times are milliseconds.
 *
 * A new cluster is used when each of its endpoints has answered once, or after `timeout`. Envoy accepts no
 * other change of clusters until then (measured on 1.40.0), so whoever allows a long time-out lets one
 * endpoint delay everybody's routes.
 */
export interface HealthCheck {
  readonly timeout: number;
  readonly interval: number;
  /** So many failures in a row, and the endpoint is out; with HTTP an unexpected status is enough. */
  readonly unhealthyThreshold: number;
  /** So many successes in a row, and it is in again. */
  readonly healthyThreshold: number;
  readonly probe: HttpProbe | TcpProbe | GrpcProbe;
}

/** A request whose answer tells. */
interface HttpProbe {
  readonly _tag: 'Http';
  readonly path: string;
  /** Absent: the name of the cluster. */
  readonly host?: string;
  readonly headers: HeaderMutation;
  /** What a healthy endpoint answers; none: 200. */
  readonly statuses: readonly StatusRange[];
}

/** Both ends belong to it. */
interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** A connection that can be made. */
interface TcpProbe {
  readonly _tag: 'Tcp';
}

/** A call of `grpc.health.v1.Health`. Envoy refuses it for a cluster that never speaks HTTP/2. */
interface GrpcProbe {
  readonly _tag: 'Grpc';
  /** The service that is asked about; absent: the server. */
  readonly service?: string;
  readonly authority?: string;
}

/** When an endpoint that answers badly is given no requests for a while. Times are milliseconds. */
export interface OutlierDetection {
  /** So many answers of 500 and above in a row, or connections that fail; absent: they do not matter. */
  readonly consecutive5xx?: number;
  /** So many answers of 502, 503 or 504 in a row, or connections that fail; absent: they do not matter. */
  readonly consecutiveGatewayErrors?: number;
  /** How often endpoints that have been out long enough are taken back; absent: every ten seconds. */
  readonly interval?: number;
  /** For how long an endpoint is out, times how often it was; absent: half a minute. */
  readonly baseEjectionTime?: number;
  /** The longest that can come of that; absent: five minutes, or the time itself if it is longer. */
  readonly maxEjectionTime?: number;
  /**
   * How much of the cluster may be out at once, in percent. With 10, which is Envoy's default, none of two
   * endpoints ever is (measured on 1.40.0).
   */
  readonly maxEjectionPercent: number;
}
