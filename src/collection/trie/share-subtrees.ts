import { collectionOf, type Collection } from '../collection.ts';
import { branchAt, firstKey, keyAt, placeOf, valueAt, type Branch } from './branch.ts';
import { Draft } from './draft.ts';

/**
 * The same contents, with the subtrees of another collection wherever the two are equal.
 *
 * Two collections that were made apart share no memory, even if they are equal; this makes them
 * share it. Subtrees that they share already are not visited, nor those in which only one of them
 * has entries.
 */
export const shareSubtrees = <K extends string, V>(
  collection: Collection<K, V>,
  other: Collection<K, V>,
  isSame: (a: V, b: V) => boolean,
): Collection<K, V> => {
  const before = collection.root;
  const theirs = other.root;
  const root = shared(before, theirs, isSame);
  if (root === theirs) return other;
  return root === before ? collection : collectionOf(root, collection.size);
};

const shared = <K extends string, V>(
  branch: Branch<K, V>,
  other: Branch<K, V>,
  isSame: (a: V, b: V) => boolean,
): Branch<K, V> => {
  if (branch === other) return other;
  const next = new Draft<K, V>();
  for (let rest = branch[0], at = firstKey; rest !== 0; rest &= rest - 1, at += 2) {
    const bit = rest & -rest;
    const key = keyAt(branch, at);
    const otherAt = (other[0] & bit) === 0 ? undefined : placeOf(other[0], bit);
    if (otherAt === undefined || keyAt(other, otherAt) !== key) next.copy(bit, branch, at);
    else if (key === undefined)
      next.branch(bit, shared(branchAt(branch, at), branchAt(other, otherAt), isSame));
    else if (isSame(valueAt(branch, at), valueAt(other, otherAt))) next.copy(bit, other, otherAt);
    else next.copy(bit, branch, at);
  }
  return branch[0] === 0 ? branch : next.done(other, branch);
};
