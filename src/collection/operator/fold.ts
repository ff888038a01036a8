import { Single, type Collection } from '../collection.ts';
import { branchAt, firstKey, keyAt, valueAt, type Branch } from '../trie/branch.ts';
import type { Work } from '../work.ts';

/** Combines all entries of a collection, or of a subtree of one, into one value. */
export type Folded<K extends string, V, M> = (tree: Pick<Collection<K, V>, 'root'>) => M;

/**
 * Combines all entries of a collection bottom-up, along its subtrees.
 *
 * Both functions are pure. The result for a subtree is kept as long as that subtree lives, so after
 * one change only the path to the changed entry is combined again.
 */
export const fold = <K extends string, V, M>(
  leaf: (value: V, key: K) => M,
  join: (parts: readonly M[]) => M,
): Folded<K, V, M> => {
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
  return (tree) => {
    const { root } = tree;
    return combine(tree instanceof Single ? tree : root, root);
  };
};

/** Folds the subtrees below the root in advance, with pauses. */
export function* foldAhead<K extends string, V>(
  folded: Folded<K, V, unknown>,
  { root }: Collection<K, V>,
): Work<void> {
  for (let at = firstKey; at < root.length; at += 2)
    if (keyAt(root, at) === undefined) {
      folded({ root: branchAt(root, at) });
      yield;
    }
}
