import type { FilterSettings, HttpFilter } from '../../ir/filter/filter.ts';
import { cors } from './cors.ts';
import type { FilterKind } from './filter-kind.ts';
import { shards, type ShardFilter, type ShardSettings } from './shards.ts';

/**
 * Every kind of HTTP filter, in the order in which a request meets them, whatever the order in which a
 * chain lists them. Behind all of them stands the router, which answers the request.
 */
export const filters: Filters = {
  // The others ask the route for their settings, and only behind this one it is the right route.
  Shards: shards,
  // A preflight request brings no credentials, so nothing that asks for any may come before.
  Cors: cors,
};

/** A filter of a chain: one of the IR, or one that is made here. */
export type ChainFilter = HttpFilter | ShardFilter;

type Filters = {
  readonly [T in ChainFilter['_tag']]: FilterKind<OfKind<ChainFilter, T>, SettingsOf<T>>;
};

type SettingsOf<T> = T extends 'Shards' ? ShardSettings : OfKind<FilterSettings, T>;

type OfKind<A, T> = Extract<A, { readonly _tag: T }>;
