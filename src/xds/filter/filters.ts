import type { ConfiguredFilter, FilterSettings } from '../../ir/filter/filter.ts';
import { buffer } from './buffer.ts';
import { missing, type MissingFilter } from './closed.ts';
import { cors } from './cors.ts';
import type { Configured, FilterKind } from './filter-kind.ts';
import { shards, type ShardFilter, type ShardSettings } from './shards.ts';

/**
 * Every kind of HTTP filter, in the order in which a request meets them, whatever the order in which a
 * chain lists them. Behind all of them stands the router, which answers the request.
 */
export const filters: Filters = {
  // The others ask the route for their settings, and only behind this one it is the right route.
  Shards: shards,
  // It might have been any of the others, so none of them answers before.
  Missing: missing,
  // A preflight request brings no credentials, so nothing that asks for any may come before.
  Cors: cors,
  // It holds a request back until all of it is there; filters that answer by the head alone come before.
  Buffer: buffer,
};

/** A filter that can be encoded: one of the IR, or one that is made here. */
export type EncodableFilter = ConfiguredFilter | ShardFilter | MissingFilter;

type Filters = { readonly Missing: Configured<MissingFilter> } & {
  readonly [T in Exclude<EncodableFilter, MissingFilter>['_tag']]: FilterKind<
    OfKind<EncodableFilter, T>,
    SettingsOf<T>
  >;
};

type SettingsOf<T> = T extends 'Shards' ? ShardSettings : OfKind<FilterSettings, T>;

type OfKind<A, T> = Extract<A, { readonly _tag: T }>;
