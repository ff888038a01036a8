import type { Edit, Edits } from '../edit.ts';

/** How many edits can be sorted at once: a double has room for a hash and a number below this. */
export const maxOrdered = 2 ** 21;

/**
 * Edits in the order in which a trie has their keys: by hash, the bits of the first level first.
 * Edits with equal hashes stay in order.
 *
 * They are sorted all at once, because one sort of plain numbers costs less than a list of lists
 * for each branch.
 */
export const inTrieOrder = <K extends string, E>(edits: Edits<K, E>): Edits<K, E> => {
  const numbers = new Float64Array(edits.length);
  for (let i = 0; i < edits.length; i += 1)
    numbers[i] = rankOf((edits[i] as Edit<K, E>).hash) * maxOrdered + i;
  numbers.sort();
  const ordered: Edit<K, E>[] = [];
  for (let i = 0; i < numbers.length; i += 1)
    ordered.push(edits[(numbers[i] as number) % maxOrdered] as Edit<K, E>);
  return ordered;
};

/** A hash with its digits of five bits in the opposite order. */
const rankOf = (hash: number): number =>
  ((hash << 27) |
    ((hash << 17) & 0x07c0_0000) |
    ((hash << 7) & 0x003e_0000) |
    ((hash >>> 3) & 0x0001_f000) |
    ((hash >>> 13) & 0x0000_0f80) |
    ((hash >>> 23) & 0x0000_007c) |
    (hash >>> 30)) >>>
  0;
