import { empty, get, ownKey, settledWork, type Collection } from '../collection.ts';
import { editOf, latest, type Edit } from '../edit.ts';
import { sameItems } from '../same-items.ts';
import { find, keyAt, valueAt, type Branch } from '../trie/branch.ts';
import type { Work } from '../work.ts';
import { namesOf, ReaderChanges, type Lookups, type Readers } from './readers.ts';

/**
 * Which entries of a join looked up which keys of one table, in both directions.
 *
 * There can be millions of look-ups. So a single key is kept without a list around it, and every
 * key is the string object that the table or the input of the join holds anyway.
 */
export interface Dependency<K extends string> {
  readonly lookups: Lookups<K>;
  readonly readers: Collection<string, Readers<K>>;
}

/** The dependency before the first look-up. */
export const noDependency = <K extends string>(): Dependency<K> => ({
  lookups: empty(),
  readers: empty(),
});

/** All entries that looked up a key; of no dependency none. */
export const readersOf = <K extends string>(
  dependency: Dependency<K> | undefined,
  wanted: string,
): Iterable<K> =>
  dependency === undefined
    ? []
    : namesOf(get(dependency.readers, wanted), dependency.lookups, wanted);

/**
 * Looks up keys of one table during one step of a join, and records which entry looked up which.
 */
export class Recording<K extends string, V> {
  readonly #before: Dependency<K>;
  readonly #table: Branch<string, V>;
  readonly #lookups: Edit<K, string | readonly string[]>[] = [];
  readonly #readers: Edit<string, ReaderChanges<K>>[] = [];
  readonly #changes = new Map<string, ReaderChanges<K>>();
  readonly #seen = new Set<string>();

  constructor(before: Dependency<K>, table: Collection<string, V>) {
    this.#before = before;
    this.#table = table.root;
  }

  /** Looks up a key for the entry that is being computed. */
  read(wanted: string): V | undefined {
    const value = find(this.#table, wanted, this.#found);
    if (value === undefined) this.#seen.add(wanted);
    return value;
  }

  readonly #found = (branch: Branch<string, V>, at: number): V => {
    this.#seen.add(keyAt(branch, at) ?? '');
    return valueAt(branch, at);
  };

  /** Ends an entry: what was read since the last call is all that the entry looked up. */
  end(key: K): void {
    const before = listOf(get(this.#before.lookups, key));
    if (before.length === 0 && this.#seen.size === 0) return;
    const seen = [...this.#seen];
    if (!sameItems(before, seen)) this.#record(key, before, seen);
    this.#seen.clear();
  }

  /** The dependency after the step. */
  *done(): Work<Dependency<K>> {
    if (this.#lookups.length === 0) return this.#before;
    const { lookups, readers } = this.#before;
    return {
      lookups: yield* settledWork(lookups, this.#lookups, latest(Object.is)),
      readers: yield* settledWork(readers, this.#readers, (present, edits) =>
        edits.at(-1)?.value?.after(present, lookups),
      ),
    };
  }

  #record(key: K, before: readonly string[], seen: readonly string[]): void {
    for (const wanted of before) if (!this.#seen.has(wanted)) this.#changesOf(wanted).remove(key);
    const kept = before.length === 0 ? nothing : new Set(before);
    const own = seen.map((wanted) =>
      kept.has(wanted) ? this.#own(wanted) : this.#changesOf(wanted).add(key),
    );
    this.#lookups.push(editOf(key, own.length > 1 ? own : own[0]));
  }

  #own(wanted: string): string {
    return this.#changes.get(wanted)?.wanted ?? ownKey(this.#before.readers, wanted) ?? wanted;
  }

  #changesOf(wanted: string): ReaderChanges<K> {
    const known = this.#changes.get(wanted);
    if (known !== undefined) return known;
    const changes = new ReaderChanges<K>(ownKey(this.#before.readers, wanted) ?? wanted);
    this.#changes.set(changes.wanted, changes);
    this.#readers.push(editOf(changes.wanted, changes));
    return changes;
  }
}

const listOf = (lookups: string | readonly string[] | undefined): readonly string[] => {
  if (lookups === undefined) return [];
  return typeof lookups === 'string' ? [lookups] : lookups;
};

const nothing: ReadonlySet<string> = new Set();
