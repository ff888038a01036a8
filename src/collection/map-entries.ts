import { branchAt, firstKey, keyAt, valueAt, type Branch } from './branch.ts';
import { collectionOf, empty, Single, type Collection } from './collection.ts';
import { Draft } from './draft.ts';

/**
 * The same keys with other values, without those for which there is none.
 *
 * It goes along the subtrees, so no key is hashed or looked up; a subtree in which every value stays
 * what it is takes no memory.
 */
export const mapEntries = <K extends string, A, B>(
  collection: Collection<K, A>,
  f: (value: A, key: K) => B | undefined,
): Collection<K, B> => {
  if (collection instanceof Single) return mapSingle<K, A, B>(collection, f);
  let size = 0;
  const before = collection.root;
  const root = mapped<K, A, B>(before, (value, key) => {
    const after = f(value, key);
    if (after !== undefined) size += 1;
    return after;
  });
  return isAlso(before, root) ? (collection as Collection<K, never>) : collectionOf(root, size);
};

const mapSingle = <K extends string, A, B>(
  single: Single<K, A>,
  f: (value: A, key: K) => B | undefined,
): Collection<K, B> => {
  const value = f(single.value, single.key);
  if (value === undefined) return empty();
  return isAlso(single.value, value)
    ? (single as Collection<K, unknown> as Collection<K, never>)
    : new Single(single.key, value);
};

const mapped = <K extends string, A, B>(
  branch: Branch<K, A>,
  f: (value: A, key: K) => B | undefined,
): Branch<K, B> => {
  const next = new Draft<K, B>();
  let rest = branch[0];
  for (let at = firstKey; at < branch.length; at += 2, rest &= rest - 1) {
    const bit = rest & -rest;
    const key = keyAt(branch, at);
    if (key === undefined) next.branch(bit, mapped(branchAt(branch, at), f));
    else {
      const value = f(valueAt(branch, at), key);
      if (value !== undefined) next.entry(bit, key, value);
    }
  }
  return next.done(branch as Branch<K, never>);
};

const isAlso = (a: unknown, b: unknown): boolean => a === b;
