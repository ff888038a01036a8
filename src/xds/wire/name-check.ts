import { hashOf } from '../../collection/hash.ts';
import { fold } from '../../collection/operator/fold.ts';
import type { Held } from '../session/held.ts';

/** Where pieces of text are in some bytes: a start and an end for each. */
export type Places = readonly number[];

/** Counts names that were found in a collection by the hashes of their names. */
export interface Census {
  readonly count: (hash: number) => void;
  /** Whether every name was found, each once. */
  readonly isAll: () => boolean;
}

/**
 * A census of names. Names that are counted twice in the place of others give themselves away by the
 * sum of the hashes.
 */
export const census = (all: Held): Census => {
  let found = 0;
  let sum = 0;
  return {
    count: (hash) => {
      found += 1;
      sum += hash;
    },
    isAll: () => found === all.size && sum === sumOfHashes(all),
  };
};

const sumOfHashes = fold<string, unknown, number>(
  (_, name) => hashOf(name),
  (parts) => parts.reduce((sum, part) => sum + part, 0),
);
