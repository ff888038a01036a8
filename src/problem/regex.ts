import { RE2JS } from 're2js';

import { maxRegexProgramSize } from '../ir/string-match.ts';

/**
 * Why Envoy would not take a regular expression; absent when it would.
 *
 * The pattern is compiled by an RE2 in JavaScript and never run: V8's own engine must not see a
 * pattern that a user wrote (it can take exponential time). It is compiled as Envoy 1.40 reads it, each
 * byte a character; a range of all code points that ignores case would take a second.
 */
export const regexFault = (pattern: string): string | undefined => {
  if (pattern === '') return 'it is empty';
  const wide = wideEscape(pattern);
  if (wide !== undefined) return `${wide} is no byte; Envoy compares bytes`;
  try {
    const size = RE2JS.compile(Buffer.from(pattern).toString('latin1')).programSize();
    return size > maxRegexProgramSize ? `its program has ${size} steps` : undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return Buffer.from(message, 'latin1').toString();
  }
};

/** What a pattern has to be, in words. */
export const regexExpected = `an RE2 regular expression of at most ${maxRegexProgramSize} steps`;

/** An escape of a code point above `ff`, which is no byte. What is between `\Q` and `\E` is no escape. */
const wideEscape = (pattern: string): string | undefined =>
  [...pattern.matchAll(escapes)]
    .find(([, hex = '0', octal = '0']) => Number(`0x${hex}`) > 0xff || Number(`0o${octal}`) > 0xff)
    ?.at(0);

const escapes = /\\(?:Q[^]*?(?:\\E|$)|x\{([0-9A-Fa-f]+)\}|([0-7]{3})|[^])/g;
