import type { PathMatch } from '../../ir/route.ts';

/**
 * The longest prefix that is certain: every path that the match takes begins with it.
 *
 * Envoy matches a path without its query, and `:path` has both, but they begin the same. The length
 * is bounded, which bounds the depth of the tree. The prefix ends before a character that is not
 * ASCII, so that no part of a prefix ends within such a character.
 */
export const literalPrefix = (path: PathMatch): string => {
  const text = path._tag === 'Regex' ? prefixOfRegex(path.value) : prefixOfText(path);
  const [ascii = ''] = /^[\0-\x7f]*/.exec(text) ?? [];
  return ascii.slice(0, longest);
};

const longest = 200;

const prefixOfText = ({
  value,
  caseSensitive,
}: Exclude<PathMatch, { readonly _tag: 'Regex' }>): string =>
  caseSensitive ? value : (/^[^a-z]*/i.exec(value)?.[0] ?? '');

/**
 * The characters before the first special one, without a last one that a repetition follows.
 *
 * Nothing is certain if there is an alternative outside parentheses, or if the pattern quotes
 * (`\Q`).
 */
const prefixOfRegex = (pattern: string): string => {
  if (pattern.includes('\\Q')) return '';
  const [, anchor = '', literals = ''] =
    /^(\^?)((?:[^\\^$.|?*+()[\]{}]|\\[^\w\s])*)/.exec(pattern) ?? [];
  const rest = pattern.slice(anchor.length + literals.length);
  if (hasAlternative(rest)) return '';
  const characters = literals.match(/\\?[^]/g) ?? [];
  const certain = repetition.test(rest) ? characters.slice(0, -1) : characters;
  return certain.map((character) => character.slice(-1)).join('');
};

/** Flags in between cannot be repeated themselves. */
const repetition = /^(?:\(\?[\w-]*\))*[?*+{]/;

/** Whether a `|` stands outside of parentheses, classes and escapes. */
const hasAlternative = (pattern: string): boolean => {
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[^]/g)) {
    if (token === '|' && depth === 0) return true;
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
  }
  return false;
};
