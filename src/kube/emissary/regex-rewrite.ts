import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { Regex, SentPath } from '../codec/text.ts';

/** A regular expression and what replaces each match (`\1` names a group). */
export const RegexRewrite = struct({}, { pattern: Regex, substitution: SentPath });
export type RegexRewrite = t.TypeOf<typeof RegexRewrite>;
