import * as t from 'io-ts';

import { untyped } from '../../codec/untyped.ts';

/**
 * The key of a Module that says how Envoy's runtime is set, by the names that Envoy has for it. Which flags and values
 * are good is judged where they have their effect, each by itself.
 */
export const runtimeSettings = {
  runtime_flags: untyped('an object, with values by the names of flags', t.UnknownRecord.is),
};
