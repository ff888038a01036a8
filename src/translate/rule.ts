import type { Cluster } from '../ir/cluster.ts';
import type { ObjectKey, ObjectRef } from '../ir/object-ref.ts';
import type {
  Cors,
  HashPolicy,
  HeaderValue,
  HostRewrite,
  NamedMatch,
  PathRewrite,
  Redirect,
  RetryPolicy,
} from '../ir/route.ts';
import type { Problem } from '../problem/problem.ts';
import type { Hostname } from './hostname.ts';
import type { Labels } from './selector.ts';

/**
 * What a Mapping asks for, compiled once and independent of any Host: which requests it is for, how
 * it ranks, and what becomes of them.
 */
export interface Rule {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  /** The hosts it is for; absent: whatever Host selects it by label. */
  readonly hostname?: Hostname;
  /** The hosts it is for, as an RE2 on `:authority`. */
  readonly hostRegex?: string;
  readonly labels: Labels;
  /** Rules with equal conditions share a group: canaries, their main rule, a shadow. */
  readonly group: string;
  readonly rank: Rank;
  readonly path: RulePath;
  readonly headers: readonly NamedMatch[];
  readonly queryParameters: readonly NamedMatch[];
  readonly weight?: number;
  readonly target: Target;
  readonly settings: Settings;
  /** Headers a member adds stay its own: those of a canary must not tell of its whole group. */
  readonly addRequestHeaders?: readonly HeaderValue[];
  readonly addResponseHeaders?: readonly HeaderValue[];
  readonly problems: readonly Problem[];
}

/** The path of a rule; whether its case matters is a setting. */
export interface RulePath {
  readonly _tag: 'Exact' | 'Prefix' | 'Regex';
  readonly value: string;
}

/** What becomes of the requests of a rule. */
export type Target =
  | { readonly _tag: 'Forward'; readonly cluster: Cluster }
  | { readonly _tag: 'Shadow'; readonly cluster: Cluster }
  | Redirect;

/**
 * The settings that members of a group inherit from each other: a member without a value of its own
 * takes that of the member that ranks highest among those that have one (emissary.md §3.2).
 */
export interface Settings {
  readonly caseSensitive?: boolean;
  readonly pathRewrite?: PathRewrite | 'none';
  readonly hostRewrite?: HostRewrite;
  readonly timeout?: number;
  readonly idleTimeout?: number;
  readonly priority?: 'default' | 'high';
  readonly retry?: RetryPolicy;
  readonly cors?: Cors;
  readonly hash?: readonly HashPolicy[];
  readonly upgrades?: readonly string[];
  readonly removeRequestHeaders?: readonly string[];
  readonly removeResponseHeaders?: readonly string[];
}

/**
 * Where a rule stands among others: precedence, length of the path, of the headers, of the query
 * parameters, then the texts themselves (emissary.md §3.1). Greater ranks are tried first.
 */
export type Rank = readonly (number | string)[];

/** Orders ranks from the one tried first to the one tried last. */
export const byRank = (a: Rank, b: Rank): number => {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (right === undefined) return -1;
    if (left !== right) return left > right ? -1 : 1;
  }
  return b.length > a.length ? 1 : 0;
};

/** Orders rules as their routes are tried; of equals the lesser key comes first. */
export const byPriority = (a: Rule, b: Rule): number =>
  byRank(a.rank, b.rank) || (a.key < b.key ? -1 : Number(a.key > b.key));
