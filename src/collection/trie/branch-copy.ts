import type { Branch, Cell } from './branch.ts';

/** A branch with another value at a place. */
export const withValue = <K extends string, V>(
  branch: Branch<K, V>,
  at: number,
  value: V | Branch<K, V>,
): Branch<K, V> => {
  const copy = branch.slice();
  copy[at + 1] = value;
  return copy as unknown as Branch<K, V>;
};

/** A branch with this bitmap, and with `cells` in place of the `without` cells from a place on. */
export const spliced = <K extends string, V>(
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
