/** How one string (a header, a query parameter) is compared. A `Regex` is RE2 and matches whole. */
export type StringMatch =
  | { readonly _tag: 'Exact'; readonly value: string }
  | { readonly _tag: 'Prefix'; readonly value: string }
  | { readonly _tag: 'Suffix'; readonly value: string }
  | { readonly _tag: 'Regex'; readonly value: string }
  | { readonly _tag: 'Present' };

/** A regular expression (RE2) and what replaces each match (`\1` names a group). */
export interface RegexRewrite {
  readonly pattern: string;
  readonly substitution: string;
}

/** The largest RE2 program, in steps over characters, that a user's pattern may need. */
export const maxRegexProgramSize = 200;
