import type { ObjectRef } from '../ir/object-ref.ts';
import { redaction } from './credentials.ts';
import { noProblems } from './no-problems.ts';
import type { Problem } from './problem.ts';
import { regexExpected, regexFault } from './regex.ts';

/** A regular expression of an object. */
export interface Pattern {
  readonly field: string;
  readonly pattern: string;
  /** What is made of it, where Envoy is sent something else: that must be one, too. */
  readonly sent?: string;
  /** It is compared with a credential, so it is not shown. */
  readonly isSecret?: boolean;
}

/**
 * What is wrong with the regular expressions of an object; of the whole object if they are too long
 * together. To check a pattern takes up to 100 ms, so all of them together are bounded before one is
 * looked at.
 */
export const regexFaults = (
  object: ObjectRef,
  patterns: readonly Pattern[],
): readonly Problem[] => {
  if (patterns.length === 0) return noProblems;
  const length = patterns.reduce((sum, { pattern }) => sum + pattern.length, 0);
  if (length > mostCharacters)
    return [
      {
        _tag: 'InvalidField',
        object,
        field: 'spec',
        expected: `regular expressions of at most ${mostCharacters} characters in all`,
        got: String(length),
      },
    ];
  return patterns.flatMap(({ field, pattern, sent, isSecret }) => {
    const fault = regexFault(pattern) ?? (sent === undefined ? undefined : regexFault(sent));
    const got = isSecret === true ? redaction : `${JSON.stringify(pattern)} (${fault})`;
    return fault === undefined
      ? []
      : [{ _tag: 'InvalidField', object, field, expected: regexExpected, got }];
  });
};

const mostCharacters = 16_384;
