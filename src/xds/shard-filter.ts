import type { Metadata } from '../../proto/envoy.ts';
import { allLabels, type ShardLayout } from '../ir/shard.ts';
import type { RouteTableName } from '../ir/virtual-host.ts';
import { any, encode } from './encode.ts';
import { shardHeader } from './internal-header.ts';
import { resource, type Resource } from './resource.ts';
import { TypeUrl } from './type-url.ts';

/** Names the filter of a table; it comes over ECDS, so that another layout touches no listener. */
export const filterName = (table: RouteTableName): string => `shards ${table}`;

/** The table whose filter has this name. */
export const tableOfFilter = (name: string): RouteTableName => name.slice(filterName('').length);

/** The types it may be of. */
export const filterTypes: readonly string[] = [
  'type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation',
  'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
];

/** ECDS: the filter of a table in one piece does nothing. */
export const passFilter = (table: RouteTableName): Resource =>
  filter(table, any('envoy.extensions.filters.http.header_mutation.v3.HeaderMutation', {}));

/** ECDS: the filter of a table that is cut finds the piece of each request and routes it by that. */
export const shardFilter = (table: RouteTableName, layout: ShardLayout): Resource =>
  filter(
    table,
    any('envoy.extensions.filters.http.lua.v3.Lua', {
      default_source_code: { inline_string: script(layout) },
    }),
  );

const filter = (table: RouteTableName, typed_config: ReturnType<typeof any>): Resource => {
  const name = filterName(table);
  return resource(
    TypeUrl.Extension,
    name,
    encode('envoy.config.core.v3.TypedExtensionConfig', { name, typed_config }),
  );
};

/**
 * What the filter looks up in the route it has found: whether the connection may be upgraded so. Envoy
 * itself asks the first route only, which in a table that is cut allows whatever any route does.
 */
export const upgradesAllowed = (upgrades: readonly string[]): Metadata => ({
  filter_metadata: {
    'envoy.filters.http.lua': {
      fields: Object.fromEntries(
        upgrades.map((upgrade) => [upgrade.toLowerCase(), { boolValue: true }]),
      ),
    },
  },
});

/**
 * What `shardOfHost` computes, in Lua. Nothing that a user wrote is in it: the name of the table is in
 * the header already. The port is cut off as Envoy does it (`getPortStart`): from the last colon on,
 * unless a bracket follows.
 */
const script = ({ shards, labels }: ShardLayout): string => `
local header, layout = "${shardHeader}", "#${labels}.${shards}."
function envoy_on_request(handle)
  local headers = handle:headers()
  local host = string.lower(headers:get(":authority") or "")
  local colon = string.find(host, ":[^:%]]*$")
  local last = colon and colon - 1 or #host
  local before, dots = ${labels < allLabels ? 'last' : '0'}, 0
  while before > 0 do
    if string.byte(host, before) == 46 then dots = dots + 1 end
    if dots == ${labels} then break end
    before = before - 1
  end
  local hash = 0
  for i = before + 1, last do hash = (hash * 257 + string.byte(host, i)) % 4294967291 end
  headers:replace(header, headers:get(header) .. layout .. hash % ${shards})
  handle:clearRouteCache()
  local upgrade = headers:get("upgrade")
  if upgrade and string.find(string.lower(headers:get("connection") or ""), "upgrade", 1, true)
    and not handle:metadata():get(string.lower(upgrade)) then
    handle:respond({ [":status"] = "403" }, "")
  end
end
`;
