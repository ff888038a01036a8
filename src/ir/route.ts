import type { Backend } from './backend.ts';
import type { ClusterName } from './cluster.ts';
import type { FilterUse } from './filter/filter.ts';
import type { Fraction } from './fraction.ts';
import type { HeaderMutation } from './header-mutation.ts';
import type { ObjectRef } from './object-ref.ts';
import type { RegexRewrite, StringMatch } from './string-match.ts';

/**
 * How the path of a request is compared. A `Segment` is a path that also takes what is below it; it does
 * not end with a slash (`segmentMatch`). A `Regex` is RE2 and matches the whole path.
 */
export type PathMatch =
  | { readonly _tag: 'Exact'; readonly value: string; readonly caseSensitive: boolean }
  | { readonly _tag: 'Prefix'; readonly value: string; readonly caseSensitive: boolean }
  | { readonly _tag: 'Segment'; readonly value: string; readonly caseSensitive: boolean }
  | { readonly _tag: 'Regex'; readonly value: string };

/** One named value of a request and how it is compared. */
export interface NamedMatch {
  readonly name: string;
  readonly match: StringMatch;
}

/** A header and how it is compared; `:method` and `:authority` are headers. */
export interface HeaderMatch extends NamedMatch {
  /** It must be there and be different. */
  readonly inverted?: true;
}

/** The requests a route is for: all conditions hold. */
export interface RouteMatch {
  readonly path: PathMatch;
  readonly headers: readonly HeaderMatch[];
  readonly queryParameters: readonly NamedMatch[];
  /** Takes this share of the requests that match; absent: all of them. */
  readonly fraction?: Fraction;
}

/** When and how often a request is tried again. Times are milliseconds. */
export interface RetryPolicy {
  /** Envoy's `retry_on` conditions; each one suffices. */
  readonly on: readonly string[];
  /** The statuses of answers after which it is tried again, too. */
  readonly statusCodes: readonly number[];
  /** Absent: once. */
  readonly retries?: number;
  /** How long Envoy waits before the first retry, on average, and at most before a later one. */
  readonly backOff?: { readonly base: number; readonly max?: number };
}

/** What the hash load balancers hash. */
export type HashPolicy =
  | { readonly _tag: 'Header'; readonly name: string }
  | { readonly _tag: 'SourceIp' }
  | {
      readonly _tag: 'Cookie';
      readonly name: string;
      readonly path?: string;
      /** Milliseconds; absent: only a cookie the client already has is hashed. */
      readonly ttl?: number;
    };

/** A copy of a request sent elsewhere, whose answer is thrown away. */
export interface Mirror {
  readonly cluster: ClusterName;
  /** The share of the requests that are copied. */
  readonly fraction: Fraction;
  /** The headers that the copies lose, also those that the route adds; absent: none. */
  readonly removeRequestHeaders?: readonly string[];
}

/**
 * How the path changes: all of it, the part that a `Prefix` or `Segment` has matched, or what a regular
 * expression finds in it. A query stays.
 */
export type PathRewrite =
  | { readonly _tag: 'Full'; readonly value: string }
  | { readonly _tag: 'Prefix'; readonly value: string }
  | ({ readonly _tag: 'Regex' } & RegexRewrite);

/** How `:authority` changes on its way to the upstream. */
export type HostRewrite =
  { readonly _tag: 'Literal'; readonly value: string } | { readonly _tag: 'Upstream' };

/** Sends the request to a backend. All times are milliseconds; 0 disables a timeout. */
export interface Forward {
  readonly _tag: 'Forward';
  /** They share the requests by weight; where all together weigh nothing, each request fails with 500. */
  readonly backends: readonly Backend[];
  /** For the whole request, with all retries. */
  readonly timeout: number;
  /** For each attempt at a backend, also the only one; absent: `timeout` alone counts. */
  readonly backendTimeout?: number;
  readonly idleTimeout?: number;
  readonly pathRewrite?: PathRewrite;
  readonly hostRewrite?: HostRewrite;
  readonly retry?: RetryPolicy;
  readonly hash: readonly HashPolicy[];
  readonly mirrors: readonly Mirror[];
  /** Upgrade types that are let through, such as `websocket`. */
  readonly upgrades: readonly string[];
  readonly priority: 'default' | 'high';
}

/** Answers with a redirect. What is absent stays as it was asked for. */
export interface Redirect {
  readonly _tag: 'Redirect';
  readonly scheme?: 'http' | 'https';
  readonly host?: string;
  readonly port?: number;
  readonly path?: PathRewrite;
  readonly code: 301 | 302 | 303 | 307 | 308;
}

/** Answers with a status and nothing else. */
interface Respond {
  readonly _tag: 'Respond';
  readonly status: number;
}

/** One entry of a virtual host; the first one that matches serves the request. */
export interface Route {
  /**
   * The object whose requests it answers (`Mapping default/shop`), and ` rule 2` where that has several
   * parts. Access logs (`%ROUTE_NAME%`) and config dumps show it; several routes can have one name.
   */
  readonly name: string;
  readonly match: RouteMatch;
  readonly action: Forward | Redirect | Respond;
  readonly requestHeaders: HeaderMutation;
  readonly responseHeaders: HeaderMutation;
  /** Absent: the filters of its chain have their own settings. No filter stands twice. */
  readonly filters?: readonly FilterUse[];
  /** The name under which Envoy counts its requests; absent: not on their own. */
  readonly statPrefix?: string;
  readonly from: readonly ObjectRef[];
}
