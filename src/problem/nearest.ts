import { distance } from 'fastest-levenshtein';

/**
 * The one of several known words that somebody may have meant by another one; undefined where none is near.
 *
 * Capital letters, `_` and `-` are no difference; besides, a third of the letters may be wrong, and at most
 * three. Of words as near as each other the first in the order of the alphabet is taken.
 */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  if (word.length > longest) return undefined;
  const written = letters(word);
  let found: string | undefined;
  let fewest = Math.min(3, Math.floor(written.length / 3)) + 1;
  for (const candidate of known) {
    const wrong = wrongLetters(written, letters(candidate), fewest);
    if (wrong > fewest || (wrong === fewest && (found === undefined || candidate > found)))
      continue;
    found = candidate;
    fewest = wrong;
  }
  return found;
};

const longest = 253;

/** What is far apart for its length alone is not compared. Two letters exchanged are one that is wrong. */
const wrongLetters = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  const wrong = distance(a, b);
  return wrong === 2 && sorted(a) === sorted(b) ? 1 : wrong;
};

const sorted = (word: string): string => [...word].sort().join('');

const letters = (word: string): string => word.toLowerCase().replaceAll(/[-_]/g, '');
