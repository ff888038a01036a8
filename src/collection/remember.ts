import { sameItems } from './same-items.ts';

/**
 * A function that does not compute again what it computed last, for arguments that are the same.
 *
 * It is for a pure function that many callers in the same state ask the same thing, one after the
 * other: each Envoy after a change. Arguments are compared by identity, which equal collections of
 * one history share.
 */
export const remember = <A extends readonly unknown[], B>(
  f: (...args: A) => B,
  results = 16,
): ((...args: A) => B) => {
  const known: Known<A, B>[] = [];
  let oldest = 0;
  return (...args) => {
    for (const { args: before, result } of known) if (sameItems(before, args)) return result;
    const result = f(...args);
    known[oldest] = { args, result };
    oldest = (oldest + 1) % results;
    return result;
  };
};

interface Known<A, B> {
  readonly args: A;
  readonly result: B;
}
