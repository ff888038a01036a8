import { empty, from, keys, Single, withEdits, type Collection } from '../collection.ts';
import { editOf } from '../edit.ts';
import { visit } from '../trie/branch.ts';

/** What each entry of a join looked up in one table: one key, or a list of several. */
export type Lookups<K extends string> = Collection<K, string | readonly string[]>;

/**
 * The entries that looked up a key: one, several, or only their number if they are more than
 * `fewReaders`. They are then found by going through all look-ups, which costs less than to compute
 * so many entries again.
 *
 * Some keys are looked up by every entry: a collection of all entries for each such key would be
 * most of what a join holds.
 */
export type Readers<K extends string> = K | Collection<K, true> | number;

/** Up to this number, the readers of a key are kept by name. */
export const fewReaders = 1_024;

/** All entries that looked up a key. */
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

/** The entries that began or stopped looking up one key in one step; most keys have one reader. */
export class ReaderChanges<K extends string> {
  /** The key, as the string object that all its readers keep. */
  readonly wanted: string;
  #added: K | K[] | undefined;
  #removed: K[] | undefined;

  constructor(wanted: string) {
    this.wanted = wanted;
  }

  /** Adds an entry that looks up the key from now on; returns the string to keep for the key. */
  add(reader: K): string {
    if (this.#added === undefined) this.#added = reader;
    else if (typeof this.#added === 'string') this.#added = [this.#added, reader];
    else this.#added.push(reader);
    return this.wanted;
  }

  /** Removes an entry that no longer looks up the key. */
  remove(reader: K): void {
    if (this.#removed === undefined) this.#removed = [reader];
    else this.#removed.push(reader);
  }

  /** The readers after the step, from those before it and from all look-ups before it. */
  after(readers: Readers<K> | undefined, lookups: Lookups<K>): Readers<K> | undefined {
    const added = typeof this.#added === 'string' ? [this.#added] : (this.#added ?? []);
    const removed = this.#removed ?? [];
    const size = sizeOf(readers) + added.length - removed.length;
    if (size > fewReaders) return size;
    if (size === 1 && readers === undefined) return added[0];
    const edits = removed.map((reader) => editOf<K, true>(reader, undefined));
    for (const reader of added) edits.push(editOf<K, true>(reader, true));
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
