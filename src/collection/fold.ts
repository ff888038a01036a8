import { isEntry, type Branch, type Collection, type Slot } from './collection.ts';

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
  const known = new WeakMap<Branch<K, V>, M>();
  const combine = (slot: Slot<K, V>): M => {
    if (isEntry(slot)) return leaf(slot.value, slot.key);
    const before = known.get(slot);
    if (before !== undefined) return before;
    const combined = join(slot.slots.map(combine));
    known.set(slot, combined);
    return combined;
  };
  return ({ root }) => combine(root);
};
