import { hashOf } from '../../collection/hash.ts';
import { fold } from '../../collection/operator/fold.ts';
import type { Held } from '../session/held.ts';

/** Where pieces of text are in some bytes: a start and an end for each. */
export type Places = readonly number[];

/**
 * Finds out whether a client named everything in a collection: it adds up the hashes of the names.
 */
interface NameCheck {
  readonly count: (hash: number) => void;
  /** Whether every name was found, each once. */
  readonly isAll: () => boolean;
}

/**
 * A check that has counted nothing yet. If a name is counted twice in the place of another, the sum of
 * the hashes differs.
 */
export const nameCheck = (all: Held): NameCheck => {
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
