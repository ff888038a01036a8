import { sameItems } from './same-items.ts';

/**
 * Memoises a function: it keeps the last `results` results, and computes none of them again when
 * the arguments are the same.
 *
 * It is for a pure function that many callers call with the same arguments, one after the other, as
 * is done for each Envoy after a change. Arguments are compared by identity: a collection that no
 * edit changed is still the same object.
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
