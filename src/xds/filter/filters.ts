import type { ConfiguredFilter, FilterSettings } from '../../ir/filter/filter.ts';
import { buffer } from './buffer.ts';
import { missing, type MissingFilter } from './closed.ts';
import { cors } from './cors.ts';
import type { Configured, FilterKind } from './filter-kind.ts';
import { rateLimit } from './rate-limit.ts';
import { shards, type ShardFilter, type ShardSettings } from './shards.ts';

/**
 * Every kind of HTTP filter, in the order in which a request meets them, whatever the order in which a
 * chain lists them. Behind all of them stands the router, which answers the request.
 */
export const filters: Filters = {
  // All others take settings from the route. In a table that is cut, this one finds the right route.
  Shards: shards,
  // Its kind is unknown: it could be any of those below, so it comes before all of them.
  Missing: missing,
  // A preflight request has no credentials, so filters that ask for some come after this one.
  Cors: cors,
  // What is refused before is not counted; its answer comes before any waiting for a body.
  RateLimit: rateLimit,
  // It waits for the whole body, so filters that can answer after the headers come before it.
  Buffer: buffer,
};

/** A filter that can be encoded: one of the IR, or one of `xds` itself, which the IR does not know. */
export type EncodableFilter = ConfiguredFilter | ShardFilter | MissingFilter;

type Filters = { readonly Missing: Configured<MissingFilter> } & {
  readonly [T in Exclude<EncodableFilter, MissingFilter>['_tag']]: FilterKind<
    OfKind<EncodableFilter, T>,
    SettingsOf<T>
  >;
};

type SettingsOf<T> = T extends 'Shards' ? ShardSettings : OfKind<FilterSettings, T>;

type OfKind<A, T> = Extract<A, { readonly _tag: T }>;
