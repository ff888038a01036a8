import { empty, from, keys, Single, withEdits, type Collection } from '../collection.ts';
import { editOf } from '../edit.ts';
import { visit } from '../trie/branch.ts';

/** What each entry of a join looked up in one table; a single key stands for itself. */
export type Lookups<K extends string> = Collection<K, string | readonly string[]>;

/**
 * Who looked up a key; only how many they are, where they are so many that to go through all
 * look-ups costs less than what each of them does next.
 *
 * Some keys are looked up by every entry there is, and a collection of them all for each such key
 * would be most of what a join holds.
 */
export type Readers<K extends string> = K | Collection<K, true> | number;

/** Up to how many readers of a key are kept by name. */
export const fewReaders = 1_024;

/** Everybody who looked up a key. */
export const namesOf = <K extends string>(
  readers: Readers<K> | undefined,
  lookups: Lookups<K>,
  wanted: string,
): Iterable<K> => {
  if (readers === undefined) return [];
  if (typeof readers === 'string') return [readers];
  if (typeof readers === 'object') return keys(readers);
  const names: K[] = [];
  visit(lookups.root, (key, seen) => {
    if (typeof seen === 'string' ? seen === wanted : seen.includes(wanted)) names.push(key);
  });
  return names;
};

/** Who began and who ceased to look up a key in one step; most keys have one reader. */
export class Turnover<K extends string> {
  /** The key; this very string is what everybody keeps for it. */
  readonly wanted: string;
  #joined: K | K[] | undefined;
  #left: K[] | undefined;

  constructor(wanted: string) {
    this.wanted = wanted;
  }

  /** Takes down who began; the string to keep for the key. */
  join(reader: K): string {
    if (this.#joined === undefined) this.#joined = reader;
    else if (typeof this.#joined === 'string') this.#joined = [this.#joined, reader];
    else this.#joined.push(reader);
    return this.wanted;
  }

  /** Takes down who ceased. */
  leave(reader: K): void {
    if (this.#left === undefined) this.#left = [reader];
    else this.#left.push(reader);
  }

  /** Who looks up the key now, given who did before and what everybody looked up then. */
  after(readers: Readers<K> | undefined, lookups: Lookups<K>): Readers<K> | undefined {
    const joined = typeof this.#joined === 'string' ? [this.#joined] : (this.#joined ?? []);
    const left = this.#left ?? [];
    const size = sizeOf(readers) + joined.length - left.length;
    if (size > fewReaders) return size;
    if (size === 1 && readers === undefined) return joined[0];
    const edits = left.map((reader) => editOf<K, true>(reader, undefined));
    for (const reader of joined) edits.push(editOf<K, true>(reader, true));
    const after = withEdits(this.#named(readers, lookups), edits);
    if (after.size === 0) return undefined;
    return after instanceof Single ? (after.key as K) : after;
  }

  #named(readers: Readers<K> | undefined, lookups: Lookups<K>): Collection<K, true> {
    if (readers === undefined) return empty();
    if (typeof readers === 'string') return new Single(readers, true as const);
    if (typeof readers === 'object') return readers;
    return from(Array.from(namesOf(readers, lookups, this.wanted), (name) => [name, true]));
  }
}

const sizeOf = (readers: Readers<string> | undefined): number => {
  if (readers === undefined) return 0;
  if (typeof readers === 'number') return readers;
  return typeof readers === 'string' ? 1 : readers.size;
};
