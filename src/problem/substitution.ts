import { RE2JS } from 're2js';

/**
 * What is wrong with what replaces the matches of a regular expression that Envoy takes; absent when nothing is.
 * Envoy leaves a path as it is where a group is named that the expression does not have.
 */
export const substitutionFault = (pattern: string, substitution: string): string | undefined => {
  if (!substitution.includes('\\')) return undefined;
  const most = RE2JS.compile(Buffer.from(pattern).toString('latin1')).groupCount();
  for (const [escape, named] of substitution.matchAll(/\\([^]?)/g)) {
    if (named === '\\') continue;
    if (named === undefined || !/^[0-9]$/.test(named)) return `${escape} is no group`;
    if (Number(named) > most) return `the expression has ${countOf(most)}`;
  }
  return undefined;
};

const countOf = (groups: number): string => `${groups} ${groups === 1 ? 'group' : 'groups'}`;

/** What a substitution has to be, in words. */
export const substitutionExpected =
  'text in which \\0 is all that matches, \\1 to \\9 are groups of the expression, and \\\\ is a backslash';
