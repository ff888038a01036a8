import {
  bitOf,
  bitsPerLevel,
  branchAt,
  branchOf,
  emptyBranch,
  firstKey,
  holdsOne,
  isBucket,
  keyAt,
  placeOf,
  valueAt,
  type Branch,
  type Cell,
} from './branch.ts';
import { Draft } from './draft.ts';
import type { Edit, Edits, Settle } from './edit.ts';

/**
 * Makes any number of edits of a trie at once.
 *
 * Each branch on the way is made once for all of them, and only if something in it changes.
 */
export class TrieEditor<K extends string, V, E> {
  /** By how many entries the trie has grown. */
  growth = 0;
  readonly #settle: Settle<V, E>;

  constructor(settle: Settle<V, E>) {
    this.#settle = settle;
  }

  /** The branch after the edits; the same branch when they change nothing. */
  edit(branch: Branch<K, V>, edits: Edits<K, E>, shift = 0): Branch<K, V> {
    const [first] = edits;
    if (first === undefined) return branch;
    if (!isOneKey(first, edits))
      return isBucket(shift)
        ? this.#keyByKey(branch, edits, shift)
        : this.#bitByBit(branch, edits, shift);
    return isBucket(shift)
      ? this.#inBucket(branch, first.key, edits)
      : this.#inBranch(branch, first, edits, shift);
  }

  #bitByBit(branch: Branch<K, V>, edits: Edits<K, E>, shift: number): Branch<K, V> {
    const parts: Edit<K, E>[][] = [];
    let touched = 0;
    for (const one of edits) {
      const bit = bitOf(one.hash, shift);
      const digit = Math.clz32(bit);
      if ((touched & bit) === 0) parts[digit] = [one];
      else parts[digit]?.push(one);
      touched |= bit;
    }
    const next = new Draft<K, V>();
    for (let rest = branch[0] | touched; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const at = (branch[0] & bit) === 0 ? undefined : placeOf(branch[0], bit);
      const part = (touched & bit) === 0 ? undefined : parts[Math.clz32(bit)];
      const [first] = part ?? [];
      if (part === undefined || first === undefined) {
        if (at !== undefined) next.copy(bit, branch, at);
      } else if (at !== undefined || !isOneKey(first, part))
        next.branch(bit, this.edit(below(branch, at, shift), part, shift + bitsPerLevel));
      else {
        const value = this.#settled(undefined, part);
        if (value !== undefined) next.entry(bit, first.key, value);
      }
    }
    return next.done(branch);
  }

  #keyByKey(branch: Branch<K, V>, edits: Edits<K, E>, shift: number): Branch<K, V> {
    const byKey = Map.groupBy(edits, ({ key }) => key);
    return [...byKey.values()].reduce((rest, about) => this.edit(rest, about, shift), branch);
  }

  #inBranch(
    branch: Branch<K, V>,
    { hash, key }: Edit<K, E>,
    edits: Edits<K, E>,
    shift: number,
  ): Branch<K, V> {
    const bit = bitOf(hash, shift);
    const at = placeOf(branch[0], bit);
    if ((branch[0] & bit) === 0)
      return inserted(branch, bit, at, key, this.#settled(undefined, edits));
    const there = keyAt(branch, at);
    if (there === key) return replaced(branch, bit, at, this.#settled(valueAt(branch, at), edits));
    const before = below(branch, at, shift);
    const after = this.edit(before, edits, shift + bitsPerLevel);
    if (after === before) return branch;
    if (holdsOne(after))
      return spliced(branch, branch[0], at, 2, keyAt(after, firstKey), valueAt(after, firstKey));
    return there === undefined
      ? withValue(branch, at, after)
      : spliced(branch, branch[0], at, 2, undefined, after);
  }

  #inBucket(branch: Branch<K, V>, key: K, edits: Edits<K, E>): Branch<K, V> {
    let at = firstKey;
    while (at < branch.length && (keyAt(branch, at) ?? key) < key) at += 2;
    return at < branch.length && keyAt(branch, at) === key
      ? replaced(branch, 0, at, this.#settled(valueAt(branch, at), edits))
      : inserted(branch, 0, at, key, this.#settled(undefined, edits));
  }

  #settled(present: V | undefined, edits: Edits<K, E>): V | undefined {
    const after = this.#settle(present, edits);
    this.growth += Number(after !== undefined) - Number(present !== undefined);
    return after;
  }
}

const isOneKey = <K extends string, E>(first: Edit<K, E>, edits: Edits<K, E>): boolean =>
  edits.length === 1 || edits.every(({ hash, key }) => hash === first.hash && key === first.key);

/** What stands at a place, as a branch of the next level. */
const below = <K extends string, V>(
  branch: Branch<K, V>,
  at: number | undefined,
  shift: number,
): Branch<K, V> => {
  if (at === undefined) return emptyBranch;
  const key = keyAt(branch, at);
  return key === undefined
    ? branchAt(branch, at)
    : branchOf(key, valueAt(branch, at), shift + bitsPerLevel);
};

const inserted = <K extends string, V>(
  branch: Branch<K, V>,
  bit: number,
  at: number,
  key: K,
  value: V | undefined,
): Branch<K, V> =>
  value === undefined ? branch : spliced(branch, branch[0] | bit, at, 0, key, value);

const replaced = <K extends string, V>(
  branch: Branch<K, V>,
  bit: number,
  at: number,
  value: V | undefined,
): Branch<K, V> => {
  if (value === undefined) return spliced(branch, branch[0] & ~bit, at, 2);
  return value === valueAt(branch, at) ? branch : withValue(branch, at, value);
};

const withValue = <K extends string, V>(
  branch: Branch<K, V>,
  at: number,
  value: V | Branch<K, V>,
): Branch<K, V> => branch.with(at + 1, value) as unknown as Branch<K, V>;

const spliced = <K extends string, V>(
  branch: Branch<K, V>,
  bitmap: number,
  at: number,
  without: number,
  ...cells: readonly Cell<K, V>[]
): Branch<K, V> => {
  const copy = branch.toSpliced(at, without, ...cells);
  copy[0] = bitmap;
  return copy as unknown as Branch<K, V>;
};
