import type { ClusterName } from '../cluster.ts';
import type { ObjectRef } from '../object-ref.ts';

/**
 * Asks a service whether there were too many requests like this one; those are answered 429. It does nothing but for
 * routes that say what their requests are counted by.
 */
export interface RateLimitFilter {
  readonly _tag: 'RateLimit';
  /** The service, which speaks gRPC. */
  readonly cluster: ClusterName;
  /** What the service keeps its limits by. */
  readonly domain: string;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeout: number;
  /** Whether a request is answered 500 where the service does not answer; else it goes on. */
  readonly deniesOnFailure: boolean;
  /** Whether gRPC clients are told `RESOURCE_EXHAUSTED` of too many requests, in place of `UNAVAILABLE`. */
  readonly resourceExhausted: boolean;
  readonly from: readonly ObjectRef[];
}

/** What the requests of a route are counted by. */
export interface RateLimits {
  readonly _tag: 'RateLimit';
  readonly domain: string;
  /** A request is one too many if it is by one of them. */
  readonly descriptors: readonly Descriptor[];
}

/** What tells requests apart that are counted together. Where an entry has no value, there is no descriptor. */
export type Descriptor = readonly DescriptorEntry[];

/** One value of a request, or of its route. */
export type DescriptorEntry =
  /** The cluster that Envoy is in; the cluster that the request goes to; the address of the client. */
  | { readonly _tag: 'SourceCluster' | 'DestinationCluster' | 'RemoteAddress' }
  | {
      readonly _tag: 'RequestHeader';
      readonly header: string;
      readonly key: string;
      /** Without the header the entry is left out, and not the descriptor. */
      readonly optional?: true;
    }
  | { readonly _tag: 'Fixed'; readonly value: string; readonly key?: string };
