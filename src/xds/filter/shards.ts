import { any } from '../message/encode.ts';
import { shardScript } from '../shard/shard-script.ts';
import type { ShardLayout } from '../shard/shard.ts';
import type { FilterKind } from './filter-kind.ts';

/** The filter that finds the piece of a table. */
export interface ShardFilter {
  readonly _tag: 'Shards';
}

/** How a table is cut: the settings of the filter on the gate of that table. */
export interface ShardSettings {
  readonly layout: ShardLayout;
  /** Whether any route of the table allows an upgrade. */
  readonly allowsUpgrades: boolean;
}

/**
 * Finds the piece of a table for each request, if the table is cut: only its gate turns the filter on, with a
 * script.
 *
 * It comes over ECDS because of what Envoy does then: a new listener waits for it, and Envoy asks for its name
 * as long as there are connections that use the table.
 */
export const shards: FilterKind<ShardFilter, ShardSettings> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
  disabled: true,
  config: () => any('envoy.extensions.filters.http.lua.v3.Lua', {}),
  forRoute: ({ layout, allowsUpgrades }) =>
    any('envoy.extensions.filters.http.lua.v3.LuaPerRoute', {
      source_code: { inline_string: shardScript(layout, allowsUpgrades) },
    }),
};
