import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { Path, Regex } from '../codec/text.ts';

/** A regular expression and what replaces each match (`\1` names a group). */
export const RegexRewrite = struct({}, { pattern: Regex, substitution: Path });
export type RegexRewrite = t.TypeOf<typeof RegexRewrite>;
