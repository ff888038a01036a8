import type { Edit, Edits, Settle } from '../edit.ts';
import { spliced, withValue } from './branch-copy.ts';
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
} from './branch.ts';
import { DraftStack } from './draft-stack.ts';
import { inTrieOrder, maxOrdered } from './edit-order.ts';

/**
 * Makes any number of edits of a trie at once.
 *
 * Each branch on the way is made once for all of them, and only if something in it changes.
 */
export class TrieEditor<K extends string, V, E> {
  /** By how many entries the trie has grown. */
  growth = 0;
  readonly #settle: Settle<V, E>;
  readonly #drafts = new DraftStack<K, V>();

  constructor(settle: Settle<V, E>) {
    this.#settle = settle;
  }

  /** The branch after the edits; the same branch when they change nothing. */
  edit(branch: Branch<K, V>, edits: Edits<K, E>): Branch<K, V> {
    const [first] = edits;
    if (first === undefined) return branch;
    if (edits.length === 1) return this.#one(branch, first, edits, 0);
    if (edits.length > maxOrdered)
      return this.edit(this.edit(branch, edits.slice(0, maxOrdered)), edits.slice(maxOrdered));
    return this.#range(branch, inTrieOrder(edits), 0, edits.length, 0);
  }

  /** Makes a range of the sorted edits: those whose hashes lead to this branch. */
  #range(
    branch: Branch<K, V>,
    edits: Edits<K, E>,
    from: number,
    to: number,
    shift: number,
  ): Branch<K, V> {
    if (hashAt(edits, from) === hashAt(edits, to - 1))
      return this.#keyByKey(branch, edits.slice(from, to), shift);
    const drafts = this.#drafts;
    drafts.begin();
    let at = firstKey;
    let rest = branch[0];
    for (let start = from; start < to;) {
      const bit = bitOf(hashAt(edits, start), shift);
      let end = start + 1;
      while (end < to && bitOf(hashAt(edits, end), shift) === bit) end += 1;
      for (; (rest & (bit - 1)) !== 0; rest &= rest - 1, at += 2)
        drafts.copy(rest & -rest, branch, at);
      this.#place(branch, (rest & bit) === 0 ? undefined : at, edits, start, end, shift);
      if ((rest & bit) !== 0) {
        rest &= rest - 1;
        at += 2;
      }
      start = end;
    }
    for (; rest !== 0; rest &= rest - 1, at += 2) drafts.copy(rest & -rest, branch, at);
    return drafts.end(branch);
  }

  /**
   * Makes a range of edits whose hashes lead to one place of a branch; it may not have that place
   * yet.
   */
  #place(
    branch: Branch<K, V>,
    at: number | undefined,
    edits: Edits<K, E>,
    from: number,
    to: number,
    shift: number,
  ): void {
    const first = edits[from] as Edit<K, E>;
    const bit = bitOf(first.hash, shift);
    const about = ofOneKey(edits, from, to);
    if (about !== undefined && (at === undefined || keyAt(branch, at) === first.key)) {
      const value = this.#settled(at === undefined ? undefined : valueAt(branch, at), about);
      if (value !== undefined) this.#drafts.entry(bit, first.key, value);
      return;
    }
    const there = at === undefined ? emptyBranch : below(branch, at, shift);
    const next = shift + bitsPerLevel;
    this.#drafts.branch(
      bit,
      about === undefined
        ? this.#range(there, edits, from, to, next)
        : this.#one(there, first, about, next),
    );
  }

  #keyByKey(branch: Branch<K, V>, edits: Edits<K, E>, shift: number): Branch<K, V> {
    let after = branch;
    for (const about of Map.groupBy(edits, ({ key }) => key).values())
      for (const first of about.slice(0, 1)) after = this.#one(after, first, about, shift);
    return after;
  }

  /** Makes the edits of one key. */
  #one(branch: Branch<K, V>, first: Edit<K, E>, edits: Edits<K, E>, shift: number): Branch<K, V> {
    if (isBucket(shift)) return this.#inBucket(branch, first.key, edits);
    const { hash, key } = first;
    const bit = bitOf(hash, shift);
    const at = placeOf(branch[0], bit);
    if ((branch[0] & bit) === 0)
      return inserted(branch, bit, at, key, this.#settled(undefined, edits));
    const there = keyAt(branch, at);
    if (there === key) return replaced(branch, bit, at, this.#settled(valueAt(branch, at), edits));
    const before = below(branch, at, shift);
    const after = this.#one(before, first, edits, shift + bitsPerLevel);
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

const hashAt = (edits: Edits<string, unknown>, at: number): number =>
  (edits[at] as Edit<string, unknown>).hash;

/** The edits of a range, if all are about one key. */
const ofOneKey = <K extends string, E>(
  edits: Edits<K, E>,
  from: number,
  to: number,
): Edits<K, E> | undefined => {
  const first = edits[from] as Edit<K, E>;
  if (to - from === 1) return [first];
  // The edits are sorted, so those in between have this hash too.
  if (hashAt(edits, to - 1) !== first.hash) return undefined;
  for (let i = from + 1; i < to; i += 1) if (edits[i]?.key !== first.key) return undefined;
  return edits.slice(from, to);
};

/** What stands at a place, as a branch of the next level. */
const below = <K extends string, V>(
  branch: Branch<K, V>,
  at: number,
  shift: number,
): Branch<K, V> => {
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
