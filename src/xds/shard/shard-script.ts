import type { Metadata } from '../../../proto/envoy.ts';
import { shardHeader } from './internal-header.ts';
import { allLabels, type ShardLayout } from './shard.ts';

/**
 * What the script looks up in the route it has found: which upgrades of a connection are allowed.
 * Envoy itself only asks the gate, which allows every upgrade that a route of the table allows.
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
 * What the filter does with requests to a table that is cut: it finds the piece, and has Envoy look for the
 * route again, there.
 *
 * That is what `shardOfHost` computes, in Lua. Nothing that a user wrote is in it: the name of the table is in
 * the header already. The port is cut off as Envoy does it (`getPortStart`): from the last colon on,
 * unless a bracket follows. Bytes cost less than strings there.
 */
export const shardScript = ({ shards, labels }: ShardLayout, allowsUpgrades: boolean): string => `
local byte, names = string.byte, {}
function envoy_on_request(handle)
  local headers = handle:headers()
  local host = headers:get(":authority") or ""
  local last = #host
  for i = last, 1, -1 do
    local c = byte(host, i)
    if c == 58 then last = i - 1 end
    if c == 58 or c == 93 then break end
  end
${labels < allLabels ? lastLabels(labels) : '  local first = 1'}
  local hash = 0
  for i = first, last do
    local c = byte(host, i)
    if c >= 65 and c <= 90 then c = c + 32 end
    hash = (hash * 257 + c) % 4294967291
  end
  local piece = hash % ${shards}
  local name = names[piece]
  if not name then
    name = headers:get("${shardHeader}") .. "#${labels}.${shards}." .. piece
    names[piece] = name
  end
  headers:replace("${shardHeader}", name)
  handle:clearRouteCache()
${allowsUpgrades ? checkUpgrade : ''}end
`;

const lastLabels = (labels: number): string => `\
  local first, dots = last + 1, 0
  while first > 1 do
    if byte(host, first - 1) == 46 then dots = dots + 1 end
    if dots == ${labels} then break end
    first = first - 1
  end`;

const checkUpgrade = `\
  local upgrade = headers:get("upgrade")
  if upgrade and string.find(string.lower(headers:get("connection") or ""), "upgrade", 1, true)
    and not handle:metadata():get(string.lower(upgrade)) then
    handle:respond({ [":status"] = "403" }, "")
  end
`;
