import type { PathMatch } from '../../ir/route.ts';

/**
 * What the path of every request that a match takes begins with; as long as is certain.
 *
 * Envoy compares a path without its query, and `:path` has both: it begins with the same. The
 * length is bounded, so that a tree of prefixes is not deeper, and characters beyond ASCII end it, so
 * that no part of a prefix ends within one of them.
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
 * The characters before the first one that means something, but for one that a repetition follows.
 *
 * Nothing is certain when there is an alternative outside parentheses, and quoting (`\Q`) is not
 * worth being understood.
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

/** Flags in between are nothing that could be repeated. */
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
