import type { Cluster } from '../../../ir/cluster.ts';
import type { CorsPolicy } from '../../../ir/filter/cors.ts';
import type { FilterUse } from '../../../ir/filter/filter.ts';
import type { ErrorPages } from '../../../ir/filter/error-pages.ts';
import type { HeaderValue } from '../../../ir/header-mutation.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type {
  Forward,
  HashPolicy,
  HostRewrite,
  PathRewrite,
  Redirect,
  RetryPolicy,
  RouteMatch,
} from '../../../ir/route.ts';
import type { Labels } from '../../../ir/selector.ts';
import type { Problem } from '../../../problem/problem.ts';

/**
 * What a Mapping asks for, compiled once and independent of any Host: which requests it is for, how
 * it ranks, and what becomes of them.
 */
export interface CompiledMapping {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  /** The hosts it is for; absent: whatever Host selects it by label. */
  readonly hostname?: Hostname | undefined;
  /** The hosts it is for, as an RE2 on `:authority`. */
  readonly hostRegex?: string | undefined;
  readonly labels: Labels;
  readonly precedence: number;
  readonly method: string;
  /** The other conditions, as a route has them; whether case matters is a setting. */
  readonly match: RouteMatch;
  readonly weight?: number | undefined;
  readonly target: Target;
  /** The TLSContext with which its service is reached. */
  readonly context?: ObjectKey;
  readonly settings: Settings;
  /** What counts where nobody in its group says anything. */
  readonly defaults?: SharedSettings;
  /**
   * Headers that a member adds are not inherited: those of a canary must not be set for its whole
   * group.
   */
  readonly addRequestHeaders?: readonly HeaderValue[] | undefined;
  readonly addResponseHeaders?: readonly HeaderValue[] | undefined;
  /** What it answers in place of errors. */
  readonly errorPages?: ErrorPages;
  readonly problems: readonly Problem[];
}

/** What becomes of the requests of a Mapping. */
export type Target =
  | { readonly _tag: 'Forward'; readonly cluster: Cluster }
  | {
      readonly _tag: 'Shadow';
      readonly cluster: Cluster;
      /** It is of a trusted namespace: its copies keep all headers. */
      readonly trusted?: true;
    }
  /** They are answered 503: what should guard or protect them cannot be built. */
  | { readonly _tag: 'Closed' }
  | Redirect;

/** The settings of a Mapping: those that its group shares, and those that are its own. */
export interface Settings extends SharedSettings {
  /** Where `regexRewrite` is set it counts instead. */
  readonly pathRewrite?: PathRewrite | 'none';
  readonly hostRewrite?: HostRewrite;
  readonly timeout?: number;
  readonly idleTimeout?: number;
  /** What it says of the filter that asks AuthServices. */
  readonly auth?: FilterUse;
}

/**
 * The settings that members of a group inherit from each other, as in Emissary: a member without a value of
 * its own takes that of the member that ranks highest among those that have one.
 */
export interface SharedSettings {
  readonly caseSensitive?: boolean;
  readonly regexRewrite?: PathRewrite;
  readonly priority?: 'default' | 'high';
  readonly retry?: RetrySettings;
  readonly cors?: CorsPolicy;
  /** What is said to the filters that count requests, one for each domain. */
  readonly limits?: readonly FilterUse[];
  readonly hash?: readonly HashPolicy[];
  readonly upgrades?: readonly string[];
  readonly removeRequestHeaders?: readonly string[];
  readonly removeResponseHeaders?: readonly string[];
}

/** A retry policy with the time for each attempt: they are inherited as one. */
export interface RetrySettings extends RetryPolicy, Pick<Forward, 'backendTimeout'> {}
