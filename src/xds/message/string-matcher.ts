import type { RegexMatchAndSubstitute, StringMatcher } from '../../../proto/envoy.ts';
import type { RegexRewrite, StringMatch } from '../../ir/string-match.ts';

/** How Envoy compares one string; a regular expression matches the whole of it. */
export const stringMatcher = (match: Exclude<StringMatch, { _tag: 'Present' }>): StringMatcher => {
  switch (match._tag) {
    case 'Exact':
      return { exact: match.value };
    case 'Prefix':
      return { prefix: match.value };
    case 'Suffix':
      return { suffix: match.value };
    case 'Regex':
      return { safe_regex: { regex: match.value } };
  }
};

/** A regular expression and what replaces its matches. */
export const regexSubstitution = (rewrite: RegexRewrite): RegexMatchAndSubstitute => ({
  pattern: { regex: rewrite.pattern },
  substitution: rewrite.substitution,
});
