import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** A string of at most so many characters, none of them NUL or a line break. */
export const text = (maxLength: number, what = 'a string'): t.Type<string, string, unknown> =>
  pattern(`${what} of at most ${maxLength} characters without NUL and line breaks`, maxLength, {
    source: '^[^\\x00\\r\\n]*$',
  });

/** A string that matches an expression, of those that JavaScript and RE2 read alike. */
export const pattern = (
  what: string,
  maxLength: number,
  { source }: Pick<RegExp, 'source'>,
): t.Type<string, string, unknown> => leaf(what, { type: 'string', maxLength, pattern: source });

/** The name of an object, a resolver, a statistic: short text. */
export const Name = text(253);

/** The address of a service: `[scheme://]host[:port]`. */
export const Address = text(1024);

/** A path or the beginning of one. */
export const Path = text(4096, 'a path');

/** A path that is sent, or a part of one: what is not printable, or a space, would end it there. */
export const SentPath = pattern(
  'a path of at most 4096 characters without spaces and control characters',
  4096,
  { source: '^[^\\x00-\\x20\\x7f]*$' },
);

/** A path that is asked for as it is written: it begins with `/`, and nothing ends it. */
export const WholePath = pattern(
  'a path that begins with / (at most 4096 characters without spaces and control characters)',
  4096,
  { source: '^(/[^\\x00-\\x20\\x7f]*)?$' },
);

/** A regular expression (RE2); whether it compiles is found out when it is translated. */
export const Regex = text(1024, 'a regular expression');

/** A host name or a glob (`*`, `*.suffix`, `prefix.*`), perhaps with a port. */
export const Hostname = pattern(
  'a host name or glob of at most 253 characters',
  253,
  /^[\x21-\x2e\x30-\x7e]*$/,
);
