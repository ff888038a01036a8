import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** A string of at most so many characters, none of them NUL or a line break. */
export const text = (most: number, what = 'a string'): t.Type<string, string, unknown> =>
  leaf(
    `${what} of at most ${most} characters without NUL and line breaks`,
    (u): u is string => typeof u === 'string' && u.length <= most && !/[\0\r\n]/.test(u),
  );

/** A string that matches an expression. */
export const pattern = (
  what: string,
  most: number,
  expression: RegExp,
): t.Type<string, string, unknown> =>
  leaf(what, (u): u is string => typeof u === 'string' && u.length <= most && expression.test(u));

/** The name of an object, a resolver, a statistic: short text. */
export const Name = text(253);

/** A path or the beginning of one. */
export const Path = text(4096, 'a path');

/** A regular expression (RE2); whether it compiles is found out when it is translated. */
export const Regex = text(1024, 'a regular expression');

/** A host name or a glob (`*`, `*.suffix`, `prefix.*`), perhaps with a port. */
export const Hostname = pattern(
  'a host name or glob of at most 253 characters',
  253,
  /^[\x21-\x2e\x30-\x7e]+$/,
);
