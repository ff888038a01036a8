import { RE2JS } from 're2js';

import { maxRegexProgramSize } from '../ir/string-match.ts';

/**
 * Why Envoy would not take a regular expression; absent when it would.
 *
 * The pattern is compiled by an RE2 in JavaScript and never run: V8's own engine must not see a
 * pattern that a user wrote (it can take exponential time).
 */
export const regexFault = (pattern: string): string | undefined => {
  if (pattern === '') return 'it is empty';
  try {
    const size = RE2JS.compile(pattern).programSize();
    return size > maxRegexProgramSize ? `its program has ${size} steps` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** What a pattern has to be, in words. */
export const regexExpected = `an RE2 regular expression of at most ${maxRegexProgramSize} steps`;
