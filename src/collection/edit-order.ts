import { bitsPerLevel } from './branch.ts';
import type { Edit, Edits } from './edit.ts';

/**
 * Edits in the order in which a trie has their keys, those of one key as they came, each with the
 * rank of its hash in this order.
 */
export interface EditOrder<K extends string, E> {
  readonly edits: Edits<K, E>;
  readonly ranks: Uint32Array;
}

/** How many edits can be put in order at once: as many as a double can number beside a rank. */
export const maxOrdered = 2 ** 21;

/** Puts edits in order; all of them at once, since a sort of numbers costs less than lists of lists. */
export const editOrder = <K extends string, E>(unordered: Edits<K, E>): EditOrder<K, E> => {
  const numbers = new Float64Array(unordered.length);
  for (let i = 0; i < unordered.length; i += 1)
    numbers[i] = rankOf((unordered[i] as Edit<K, E>).hash) * maxOrdered + i;
  numbers.sort();
  const edits: Edit<K, E>[] = [];
  const ranks = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    const rank = Math.floor(number / maxOrdered);
    ranks[i] = rank;
    edits.push(unordered[number - rank * maxOrdered] as Edit<K, E>);
  }
  return { edits, ranks };
};

/** The bit of the hash of a rank at a depth of `shift` bits. */
export const bitOfRank = (rank: number, shift: number): number =>
  1 << (shift < lastShift ? (rank >>> (32 - bitsPerLevel - shift)) & 31 : rank & 3);

/** Where the last two bits of a hash decide. */
const lastShift = 30;

/** A hash with the digits that decide first in front. */
const rankOf = (hash: number): number =>
  ((hash << 27) |
    ((hash << 17) & 0x07c0_0000) |
    ((hash << 7) & 0x003e_0000) |
    ((hash >>> 3) & 0x0001_f000) |
    ((hash >>> 13) & 0x0000_0f80) |
    ((hash >>> 23) & 0x0000_007c) |
    (hash >>> 30)) >>>
  0;
