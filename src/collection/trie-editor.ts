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
import { spliced, withValue } from './branch-copy.ts';
import { DraftStack } from './draft-stack.ts';
import { bitOfRank, editOrder, maxOrdered, type EditOrder } from './edit-order.ts';
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
  edit(branch: Branch<K, V>, edits: Edits<K, E>): Branch<K, V> {
    const [first] = edits;
    if (first === undefined) return branch;
    if (edits.length === 1) return this.#one(branch, first, edits, 0);
    let after = branch;
    for (let at = 0; at < edits.length; at += maxOrdered) {
      const order = editOrder(
        at === 0 && edits.length <= maxOrdered ? edits : edits.slice(at, at + maxOrdered),
      );
      after = this.#range(after, order, new DraftStack(), 0, order.edits.length, 0);
    }
    return after;
  }

  /** Makes the edits of a range, which have in common all bits of the hash above a branch. */
  #range(
    branch: Branch<K, V>,
    order: EditOrder<K, E>,
    drafts: DraftStack<K, V>,
    from: number,
    to: number,
    shift: number,
  ): Branch<K, V> {
    const { edits, ranks } = order;
    if (ranks[from] === ranks[to - 1]) return this.#keyByKey(branch, edits.slice(from, to), shift);
    drafts.begin();
    let at = firstKey;
    let rest = branch[0];
    for (let start = from; start < to;) {
      const bit = bitOfRank(ranks[start] as number, shift);
      let end = start + 1;
      while (end < to && bitOfRank(ranks[end] as number, shift) === bit) end += 1;
      for (; (rest & (bit - 1)) !== 0; rest &= rest - 1, at += 2)
        drafts.copy(rest & -rest, branch, at);
      const present = (rest & bit) !== 0;
      const key = present ? keyAt(branch, at) : undefined;
      const part = partOfOneKey(order, start, end);
      const first = edits[start] as Edit<K, E>;
      if (part !== undefined && (!present || key === first.key)) {
        const value = this.#settled(present ? valueAt(branch, at) : undefined, part);
        if (value !== undefined) drafts.entry(bit, first.key, value);
      } else {
        const before = present ? below(branch, at, shift) : (emptyBranch as Branch<K, V>);
        const next = shift + bitsPerLevel;
        drafts.branch(
          bit,
          part === undefined
            ? this.#range(before, order, drafts, start, end, next)
            : this.#one(before, first, part, next),
        );
      }
      if (present) {
        rest &= rest - 1;
        at += 2;
      }
      start = end;
    }
    for (; rest !== 0; rest &= rest - 1, at += 2) drafts.copy(rest & -rest, branch, at);
    return drafts.end(branch);
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

/** The edits of a range, if all are about one key. */
const partOfOneKey = <K extends string, E>(
  { edits, ranks }: EditOrder<K, E>,
  start: number,
  end: number,
): Edits<K, E> | undefined => {
  const first = edits[start] as Edit<K, E>;
  if (end - start === 1) return [first];
  if (ranks[start] !== ranks[end - 1]) return undefined;
  for (let i = start + 1; i < end; i += 1) if (edits[i]?.key !== first.key) return undefined;
  return edits.slice(start, end);
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
