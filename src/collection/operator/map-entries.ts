import { collectionOf, empty, Single, type Collection } from '../collection.ts';
import { bitsPerLevel, branchAt, firstKey, keyAt, valueAt, type Branch } from '../trie/branch.ts';
import { Draft } from '../trie/draft.ts';
import { perPause, type Work } from '../work.ts';

/**
 * The same keys with the values that `f` returns, without the keys for which it returns
 * `undefined`.
 *
 * It walks along the subtrees, so no key is hashed or looked up. A subtree in which every value
 * stays the same is shared.
 */
export function* mapEntries<K extends string, A, B>(
  collection: Collection<K, A>,
  f: (value: A, key: K) => B | undefined,
): Work<Collection<K, B>> {
  if (collection instanceof Single) {
    const { key, value }: Single<K, A> = collection;
    const after = f(value, key);
    return after === undefined ? empty() : new Single(key, after);
  }
  let size = 0;
  const counted = (value: A, key: K): B | undefined => {
    const after = f(value, key);
    if (after !== undefined) size += 1;
    return after;
  };
  const levels = Math.ceil(Math.log2(collection.size / perPause) / bitsPerLevel);
  const root = yield* mappedWork(collection.root, counted, levels);
  return collectionOf(root, size);
}

/** As `mapped`, with a pause after each branch on the first so many levels below this one. */
function* mappedWork<K extends string, A, B>(
  branch: Branch<K, A>,
  f: (value: A, key: K) => B | undefined,
  levels: number,
): Work<Branch<K, B>> {
  if (levels <= 0) return mapped(branch, f);
  const next = new Draft<K, B>();
  let rest = branch[0];
  for (let at = firstKey; at < branch.length; at += 2, rest &= rest - 1) {
    const bit = rest & -rest;
    const key = keyAt(branch, at);
    if (key === undefined) {
      next.branch(bit, yield* mappedWork(branchAt(branch, at), f, levels - 1));
      yield;
    } else {
      const value = f(valueAt(branch, at), key);
      if (value !== undefined) next.entry(bit, key, value);
    }
  }
  return next.done(branch as Branch<K, never>);
}

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
