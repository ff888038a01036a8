import { branchAt, firstKey, keyAt, valueAt, type Branch } from './branch.ts';
import { Single, type Collection } from './collection.ts';

/**
 * Combines all entries of a collection bottom-up, along its subtrees.
 *
 * Both functions are pure. What a subtree gave is remembered as long as that subtree lives, so after
 * one change only the path to it is combined again.
 */
export const fold = <K extends string, V, M>(
  leaf: (value: V, key: K) => M,
  join: (parts: readonly M[]) => M,
): ((collection: Collection<K, V>) => M) => {
  const known = new WeakMap<object, M>();
  const combine = (subtree: object, branch: Branch<K, V>): M => {
    const before = known.get(subtree);
    if (before !== undefined) return before;
    const parts: M[] = [];
    for (let at = firstKey; at < branch.length; at += 2) {
      const key = keyAt(branch, at);
      const below = branchAt(branch, at);
      parts.push(key === undefined ? combine(below, below) : leaf(valueAt(branch, at), key));
    }
    const combined = join(parts);
    known.set(subtree, combined);
    return combined;
  };
  return (collection) => {
    const { root } = collection;
    return combine(collection instanceof Single ? collection : root, root);
  };
};
