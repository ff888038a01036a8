import * as fc from 'fast-check';

import { empty, from, remove, set, type Collection } from '../../../src/collection/collection.ts';

/** Four keys with the same hash: they are in one branch below the last level of the trie. */
export const sameHash = [
  'a651y-2ya8',
  'a651y-zki6',
  'a1c544-2ya8',
  'a1c544-zki6',
] as const satisfies readonly string[];

/** Keys whose hashes agree with those of `sameHash` in their lowest 30, 25 and 10 bits. */
export const nearHash = ['prbbc4', 'phm5uz', 'plirlv', 'pkx', 'pn3'] as const;

/** One of few keys, so that histories change each of them often, at every depth of the trie. */
export const aKey = fc.constantFrom(
  ...sameHash,
  ...nearHash,
  ...Array.from({ length: 12 }, (_, i) => `key-${i}`),
);

/** One write: a value for a key, or its removal. */
export type Write<V> = readonly [key: string, value: V | undefined];

/** What happened to a collection: batches of writes. */
export type History<V> = readonly (readonly Write<V>[])[];

/** Random histories; one write in three removes. */
export const aHistory = <V>(value: fc.Arbitrary<V>, batches = 12): fc.Arbitrary<History<V>> =>
  fc.array(
    fc.array(
      fc.tuple(
        aKey,
        fc.oneof({ arbitrary: value, weight: 2 }, { arbitrary: fc.constant(undefined), weight: 1 }),
      ),
      { maxLength: 8 },
    ),
    { maxLength: batches },
  );

/** The collection after each batch. */
export const versionsOf = <V>(history: History<V>): readonly Collection<string, V>[] => {
  let version = empty<string, V>();
  return history.map((batch) => {
    for (const [key, value] of batch)
      version = value === undefined ? remove(version, key) : set(version, key, value);
    return version;
  });
};

/** The same contents, built by insertions only, in the order of the keys. */
export const rebuilt = <V>(contents: Iterable<readonly [string, V]>): Collection<string, V> =>
  from(sorted(contents));

/** All entries by key, to compare what has no order. */
export const sorted = <V>(
  contents: Iterable<readonly [string, V]>,
): readonly (readonly [string, V])[] => [...contents].sort(([a], [b]) => (a < b ? -1 : 1));
