import { find, keyAt, valueAt, type Branch } from './branch.ts';
import {
  empty,
  get,
  keys,
  ownKey,
  settledWork,
  Single,
  withEdits,
  type Collection,
} from './collection.ts';
import { editOf, valuesOf, type Edit, type Edits } from './edit.ts';
import { equal } from './equal.ts';
import type { Work } from './work.ts';

/**
 * Who looked up what in one table, both ways round.
 *
 * A single key stands for itself on either side, and every key is the string that the table or the
 * input of the join holds anyway: there are millions of these.
 */
export interface Dependency<K extends string> {
  readonly lookups: Collection<K, string | readonly string[]>;
  readonly readers: Collection<string, Readers<K>>;
}

type Readers<K extends string> = K | Collection<K, true>;

/** What there is before anybody looked up anything. */
export const noDependency = <K extends string>(): Dependency<K> => ({
  lookups: empty(),
  readers: empty(),
});

/** Everybody who looked up a key. */
export const readersOf = <K extends string>(
  { readers }: Dependency<K>,
  wanted: string,
): Iterable<K> => {
  const found = get(readers, wanted);
  if (found === undefined) return [];
  return typeof found === 'string' ? [found] : keys(found);
};

/** Looks things up in one table during one step of a join, and takes down who does. */
export class Recording<K extends string, V> {
  readonly #before: Dependency<K>;
  readonly #table: Branch<string, V>;
  readonly #lookups: Edit<K, readonly string[]>[] = [];
  readonly #readers: Edit<string, Edit<K, true>>[] = [];
  #seen: string[] = [];

  constructor(before: Dependency<K>, table: Collection<string, V>) {
    this.#before = before;
    this.#table = table.root;
  }

  /** Looks up a key for the entry that is being computed. */
  read(wanted: string): V | undefined {
    const value = find(this.#table, wanted, this.#found);
    if (value === undefined) this.#seen.push(wanted);
    return value;
  }

  readonly #found = (branch: Branch<string, V>, at: number): V => {
    this.#seen.push(keyAt(branch, at) ?? '');
    return valueAt(branch, at);
  };

  /** Ends an entry: what was read is all that it looked up. */
  end(key: K): void {
    const before = listOf(get(this.#before.lookups, key));
    if (before.length === 0 && this.#seen.length === 0) return;
    const seen = unique(this.#seen);
    this.#seen = [];
    if (equal(before, seen)) return;
    for (const wanted of before)
      if (!seen.includes(wanted))
        this.#readers.push(editOf(wanted, editOf<K, true>(key, undefined)));
    for (const wanted of seen)
      if (!before.includes(wanted)) this.#readers.push(editOf(wanted, editOf(key, true as const)));
    this.#lookups.push(editOf(key, seen));
  }

  /** Who looks up what after the step. */
  *done(): Work<Dependency<K>> {
    if (this.#lookups.length === 0) return this.#before;
    const readers = yield* settledWork(this.#before.readers, this.#readers, settleReaders<K>);
    const own = (wanted: string): string => ownKey(readers, wanted) ?? wanted;
    const lookups = yield* settledWork(this.#before.lookups, this.#lookups, (_, edits) => {
      const wanted = (edits.at(-1)?.value ?? []).map(own);
      return wanted.length > 1 ? wanted : wanted[0];
    });
    return { lookups, readers };
  }
}

const settleReaders = <K extends string>(
  present: Readers<K> | undefined,
  edits: Edits<string, Edit<K, true>>,
): Readers<K> | undefined => {
  const before = typeof present === 'string' ? new Single(present, true as const) : present;
  const after = withEdits(before ?? empty<K, true>(), valuesOf(edits));
  if (after.size === 0) return undefined;
  return after instanceof Single ? (after.key as K) : after;
};

const listOf = (lookups: string | readonly string[] | undefined): readonly string[] => {
  if (lookups === undefined) return [];
  return typeof lookups === 'string' ? [lookups] : lookups;
};

const unique = (seen: readonly string[]): readonly string[] =>
  seen.length < 2 ? seen : [...new Set(seen)];
