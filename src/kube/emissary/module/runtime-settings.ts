import * as t from 'io-ts';

import { dictionary } from '../../codec/dictionary.ts';
import { untyped } from '../../codec/untyped.ts';

/** What a flag of Envoy's runtime can be here; of which flag it is what is said with the others that are known. */
const RuntimeFlag = untyped(
  'an integer from 1 to 4294967295, or true or false',
  (u): u is number | boolean =>
    t.boolean.is(u) || (t.Int.is(u) && Number(u) >= 1 && Number(u) <= 4_294_967_295),
);

/** The key of a Module that says how Envoy's runtime is set, by the names that Envoy has for it. */
export const runtimeSettings = { runtime_flags: dictionary(t.string, RuntimeFlag) };
