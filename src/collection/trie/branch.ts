import { hashOf } from '../hash.ts';

/**
 * An inner node of a hash trie, as one flat list: its bitmap, then a key and a value for each bit,
 * lowest first. Where the key is `undefined` the value is a branch with at least two entries below it.
 *
 * Below the last level there are no bits left: the bitmap is 0 and the entries, whose hashes are
 * all equal, are sorted by key. The list is flat to save memory: there is a branch for every few of
 * millions of entries.
 */
export interface Branch<K extends string, V> extends ReadonlyArray<Cell<K, V>> {
  readonly 0: number;
}

/** What the list of a branch is made of. */
export type Cell<K extends string, V> = number | K | V | Branch<K, V> | undefined;

/** How many bits of the hash decide at each level. */
export const bitsPerLevel = 5;

/** The branch without entries. */
export const emptyBranch: Branch<never, never> = [0];

/** Where the first key of a branch is; every further key is two cells after the one before. */
export const firstKey = 1;

/** The key at a place, or `undefined` when there is a branch. */
export const keyAt = <K extends string, V>(branch: Branch<K, V>, at: number): K | undefined =>
  branch[at] as K | undefined;

/** The value that belongs to the key at a place. */
export const valueAt = <K extends string, V>(branch: Branch<K, V>, at: number): V =>
  branch[at + 1] as V;

/** The branch at a place without a key. */
export const branchAt = <K extends string, V>(branch: Branch<K, V>, at: number): Branch<K, V> =>
  branch[at + 1] as Branch<K, V>;

/** Whether there is one entry and nothing else at or below a branch. */
export const holdsOne = (branch: Branch<string, unknown>): boolean =>
  branch.length === 3 && keyAt(branch, firstKey) !== undefined;

/** Whether a branch this deep has run out of hash bits. */
export const isBucket = (shift: number): boolean => shift >= 32;

/** The bit of a hash at a depth of `shift` bits. */
export const bitOf = (hash: number, shift: number): number => 1 << ((hash >>> shift) & 31);

/** The place of a bit: after those of all lower bits that are set. */
export const placeOf = (bitmap: number, bit: number): number => {
  let n = bitmap & (bit - 1);
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return firstKey + 2 * ((((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24);
};

/** A branch with one entry, at a depth of `shift` bits. */
export const branchOf = <K extends string, V>(key: K, value: V, shift: number): Branch<K, V> => [
  isBucket(shift) ? 0 : bitOf(hashOf(key), shift),
  key,
  value,
];

/**
 * The result of `found` for the branch that holds a key and the key's place in it, if the trie has
 * the key.
 */
export const find = <K extends string, V, R>(
  root: Branch<K, V>,
  key: K,
  found: (branch: Branch<K, V>, at: number) => R,
): R | undefined => {
  if (root.length === firstKey) return undefined;
  const hash = hashOf(key);
  let branch = root;
  for (let shift = 0; !isBucket(shift); shift += bitsPerLevel) {
    const bit = bitOf(hash, shift);
    if ((branch[0] & bit) === 0) return undefined;
    const at = placeOf(branch[0], bit);
    const there = keyAt(branch, at);
    if (there !== undefined) return there === key ? found(branch, at) : undefined;
    branch = branchAt(branch, at);
  }
  for (let at = firstKey; at < branch.length; at += 2)
    if (keyAt(branch, at) === key) return found(branch, at);
  return undefined;
};

/** Visits every entry of a trie in its order. */
export const visit = <K extends string, V>(
  branch: Branch<K, V>,
  entry: (key: K, value: V) => void,
): void => {
  for (let at = firstKey; at < branch.length; at += 2) {
    const key = keyAt(branch, at);
    if (key === undefined) visit(branchAt(branch, at), entry);
    else entry(key, valueAt(branch, at));
  }
};
