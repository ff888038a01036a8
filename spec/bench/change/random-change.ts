import { changes, type Happening } from './changes.ts';

/** Numbers in [0, 1) that look random and are the same in every run with this seed (mulberry32). */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A change of some kind to some object of a cluster of `n`, or what puts one back. */
export const randomChange = (n: number, random: () => number): Happening => {
  const kinds = changes.filter(({ name }) => name !== 'host-add');
  const change = kinds[Math.floor(random() * kinds.length)] ?? kinds[0];
  if (change === undefined) throw new Error('expected kinds of changes');
  const turn = Math.floor(random() * 2 ** 20);
  const undo = random() < 0.5 ? change.undo?.(n, turn) : undefined;
  return undo ?? change.event(n, turn);
};
