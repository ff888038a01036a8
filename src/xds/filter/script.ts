import type { ScriptFilter } from '../../ir/filter/script.ts';
import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** Runs a script. */
export const script: Configured<ScriptFilter> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
  config: ({ lua }) =>
    any('envoy.extensions.filters.http.lua.v3.Lua', {
      default_source_code: { inline_string: lua },
    }),
  off: any('envoy.extensions.filters.http.lua.v3.LuaPerRoute', { disabled: true }),
};
