import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** The type URL of `closed`. */
export const closedType = 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua';

/** If a route turns a filter off, the metadata of the route has this key, under the name of the filter. */
export const offKey = 'Off';

/**
 * The configuration that replaces that of a filter which is unavailable or missing: a script that answers
 * 503, except on routes that turn the filter off.
 *
 * The script sees the metadata that the route has under the name of the filter. If there is none, it sees
 * the upgrades that the route allows (`upgradesAllowed`); these are in lower case, so none is `Off`.
 */
export const closed = any('envoy.extensions.filters.http.lua.v3.Lua', {
  default_source_code: {
    inline_string: `
function envoy_on_request(handle)
  if not handle:metadata():get("${offKey}") then handle:respond({ [":status"] = "503" }, "") end
end
`,
  },
});

/** The configuration of a filter that does nothing: of the same type, which every listener that lists a filter allows. */
export const idle = any('envoy.extensions.filters.http.lua.v3.Lua', {});

/** A filter that a chain lists and that is not in the IR. */
export interface MissingFilter {
  readonly _tag: 'Missing';
}

/**
 * Nobody knows what a missing filter should do, so requests of its chain are answered 503.
 *
 * Its configuration is a part of the listener. If it came over ECDS, and later the IR had a filter of this
 * name with another type, Envoy would refuse that filter as long as the former listener has connections
 * (measured on 1.40.0).
 */
export const missing: Configured<MissingFilter> = { config: () => closed };
