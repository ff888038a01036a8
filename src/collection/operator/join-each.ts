import { get, keys, settledWork, type Collection } from '../collection.ts';
import { diff } from '../diff.ts';
import { editOf, latest } from '../edit.ts';
import { equal } from '../equal.ts';
import { workEach, type Work } from '../work.ts';
import { noDependency, readersOf, Recording, type Dependency } from './dependency.ts';
import { mapEntries } from './map-entries.ts';

/** The collections a join may look things up in, by name. */
export type Tables<T> = { readonly [N in keyof T]: Collection<string, T[N]> };

/** Looks up a key in a table; the look-up, found or not, becomes a dependency. */
export type Read<T> = <N extends keyof T & string>(table: N, key: string) => T[N] | undefined;

/** The look-ups in each table; absent: nothing is looked up there. */
type Dependencies<K extends string, T> = { readonly [N in keyof T]?: Dependency<K> };

/** The state of a `joinEach`. */
export interface Joined<K extends string, A, T, B> {
  readonly operator: 'joinEach';
  readonly input: Collection<K, A>;
  readonly tables: Tables<T>;
  readonly output: Collection<K, B>;
  readonly dependencies: Dependencies<K, T>;
}

/**
 * One entry in, at most one entry out, computed with what `f` looks up in other collections.
 *
 * `f` is pure and sees the tables through `read` only; an entry is computed again when it changed or
 * when something it looked up changed, appeared or went away, and for no other reason. Of tables `forAll`, which
 * every entry reads, no look-ups are kept: when such a table changes, all entries are computed again.
 */
export const joinEach = <K extends string, A, T, B>(
  f: (value: A, key: K, read: Read<T>) => B | undefined,
  forAll: readonly (keyof T)[] = [],
) =>
  function* (
    previous: Joined<K, A, T, B> | undefined,
    input: Collection<K, A>,
    tables: Tables<T>,
  ): Work<Joined<K, A, T, B>> {
    const stale = previous === undefined ? undefined : staleKeys(previous, input, tables, forAll);
    if (previous !== undefined && stale?.size === 0) return { ...previous, input, tables };
    const before: Dependencies<K, T> = previous?.dependencies ?? {};
    const recordings: { [N in keyof T]?: Recording<K, T[N]> } = {};
    const recordingOf = <N extends keyof T>(table: N): Recording<K, T[N]> =>
      (recordings[table] ??= new Recording(before[table] ?? noDependency<K>(), tables[table]));
    for (const table in before) recordingOf(table);
    const read: Read<T> = (table, wanted) =>
      forAll.includes(table) ? get(tables[table], wanted) : recordingOf(table).read(wanted);
    const compute = (value: A | undefined, key: K): B | undefined => {
      const result = value === undefined ? undefined : f(value, key, read);
      for (const table in recordings) recordings[table]?.end(key);
      return result;
    };
    const output =
      previous === undefined || stale === undefined
        ? yield* mapEntries(input, compute)
        : yield* settledWork(
            previous.output,
            yield* workEach(stale, (key) => editOf(key, compute(get(input, key), key))),
            latest<B>(equal),
          );
    const dependencies: { [N in keyof T]?: Dependency<K> } = {};
    for (const table in recordings) {
      const after = yield* recordingOf(table).done();
      if (after.lookups.size > 0) dependencies[table] = after;
    }
    return { operator: 'joinEach', input, tables, output, dependencies };
  };

/** Tables in which nothing was looked up are not compared. */
const staleKeys = <K extends string, A, T, B>(
  previous: Joined<K, A, T, B>,
  input: Collection<K, A>,
  tables: Tables<T>,
  forAll: readonly (keyof T)[],
): ReadonlySet<K> => {
  const isSame = forAll.every((table) => previous.tables[table] === tables[table]);
  const stale = new Set(isSame ? [] : keys(input));
  if (previous.input !== input) for (const { key } of diff(previous.input, input)) stale.add(key);
  for (const table in previous.dependencies)
    if (previous.tables[table] !== tables[table])
      for (const { key } of diff(previous.tables[table], tables[table]))
        for (const reader of readersOf(previous.dependencies[table], key)) stale.add(reader);
  return stale;
};
