import type { LogService } from './access-log/log-service.ts';
import type { Tracing } from './tracing.ts';

/** What all HTTP connections of a listener have in common; its chains share the value. */
export interface HttpOptions {
  /** Begins the names of statistics. */
  readonly statPrefix: string;
  /** How many proxies in front are trusted (`xff_num_trusted_hops`). */
  readonly trustedHops: number;
  readonly http2MaxConcurrentStreams?: number;
  /** The services that are told of each request, beside the access log of the listener; absent: none. */
  readonly logServices?: readonly LogService[];
  /** Absent: no request is traced. */
  readonly tracing?: Tracing;
}
