import type { ClusterName } from './cluster.ts';
import type { ObjectRef } from './object-ref.ts';
import type { RegexRewrite, StringMatch } from './string-match.ts';

/** How the path of a request is compared. A `Regex` is RE2 and matches the whole path. */
export type PathMatch =
  | { readonly _tag: 'Exact'; readonly value: string; readonly caseSensitive: boolean }
  | { readonly _tag: 'Prefix'; readonly value: string; readonly caseSensitive: boolean }
  | { readonly _tag: 'Regex'; readonly value: string };

/** One named value of a request and how it is compared. */
export interface NamedMatch {
  readonly name: string;
  readonly match: StringMatch;
  /** It must be there and be different. */
  readonly inverted?: true;
}

/** The requests a route is for: all conditions hold. */
export interface RouteMatch {
  readonly path: PathMatch;
  /** Header matches; `:method` and `:authority` are headers. */
  readonly headers: readonly NamedMatch[];
  readonly queryParameters: readonly NamedMatch[];
  /** Takes this share of the requests that match, in percent (0–100); absent: all of them. */
  readonly percent?: number;
}

/** A header set on a message; `append` keeps a value that is already there. */
export interface HeaderValue {
  readonly name: string;
  readonly value: string;
  readonly append: boolean;
}

/** What is done to the headers of a message, in Envoy's order: remove, then add. */
export interface HeaderMutation {
  readonly add: readonly HeaderValue[];
  readonly remove: readonly string[];
}

/** When and how often a request is tried again. */
export interface RetryPolicy {
  /** Envoy's `retry_on` conditions, comma separated. */
  readonly on: string;
  readonly retries?: number;
  /** Milliseconds. */
  readonly perTryTimeout?: number;
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

/** Cross-origin resource sharing for one route. */
export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly credentials?: boolean;
  /** Seconds, as the header says it. */
  readonly maxAge?: string;
}

/** A copy of a request sent elsewhere, whose answer is thrown away. */
export interface Mirror {
  readonly cluster: ClusterName;
  /** Share of the requests that are copied, 0–100. */
  readonly percent: number;
}

/** How the path changes on its way to the upstream. */
export type PathRewrite =
  { readonly _tag: 'Prefix'; readonly value: string } | ({ readonly _tag: 'Regex' } & RegexRewrite);

/** How `:authority` changes on its way to the upstream. */
export type HostRewrite =
  { readonly _tag: 'Literal'; readonly value: string } | { readonly _tag: 'Upstream' };

/** Sends the request to a cluster. All times are milliseconds; 0 disables a timeout. */
export interface Forward {
  readonly _tag: 'Forward';
  readonly cluster: ClusterName;
  readonly timeout: number;
  readonly idleTimeout?: number;
  readonly pathRewrite?: PathRewrite;
  readonly hostRewrite?: HostRewrite;
  readonly retry?: RetryPolicy;
  readonly hash: readonly HashPolicy[];
  readonly mirrors: readonly Mirror[];
  readonly cors?: Cors;
  /** Upgrade types that are let through, such as `websocket`. */
  readonly upgrades: readonly string[];
  readonly priority: 'default' | 'high';
}

/** Answers with a redirect. */
export interface Redirect {
  readonly _tag: 'Redirect';
  readonly https: boolean;
  readonly host?: string;
  readonly path?:
    | { readonly _tag: 'Full'; readonly value: string }
    | { readonly _tag: 'Prefix'; readonly value: string }
    | ({ readonly _tag: 'Regex' } & RegexRewrite);
  readonly code: 301 | 302 | 303 | 307 | 308;
}

/** Answers with a status and nothing else. */
interface Respond {
  readonly _tag: 'Respond';
  readonly status: number;
}

/** One entry of a virtual host; the first one that matches serves the request. */
export interface Route {
  readonly match: RouteMatch;
  readonly action: Forward | Redirect | Respond;
  readonly requestHeaders: HeaderMutation;
  readonly responseHeaders: HeaderMutation;
  readonly from: readonly ObjectRef[];
}
