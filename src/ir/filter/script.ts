import type { ObjectRef } from '../object-ref.ts';

/** A script in Lua sees, changes or answers every request. Envoy cannot interrupt one. */
export interface ScriptFilter {
  readonly _tag: 'Script';
  readonly lua: string;
  readonly from: readonly ObjectRef[];
}
