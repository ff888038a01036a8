/** What all HTTP connections of a listener have in common; its chains share the value. */
export interface HttpOptions {
  /** Begins the names of statistics. */
  readonly statPrefix: string;
  /** How many proxies in front are trusted (`xff_num_trusted_hops`). */
  readonly trustedHops: number;
  readonly http2MaxConcurrentStreams?: number;
}
