import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** The type of what stands in for a filter. */
export const closedType = 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua';

/** The key that the metadata of a route has, under the name of a filter, if the route turns the filter off. */
export const offKey = 'Off';

/**
 * What stands in for a filter that is not there: it answers 503, but for routes that turn the filter off.
 *
 * A script sees the metadata that a route has under the name of its filter. Where it has none there, it sees
 * the upgrades that the route allows, which have no capitals.
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

/** A name that no filter has. */
export interface MissingFilter {
  readonly _tag: 'Missing';
}

/**
 * A chain lists a filter that is not there: nobody knows what it was to do, so its requests answer 503.
 *
 * It lies in the listener. Over ECDS, Envoy would refuse the filter of another type that is there one day,
 * as long as connections are left of the listener that took this one (measured on 1.40.0).
 */
export const missing: Configured<MissingFilter> = { config: () => closed };
