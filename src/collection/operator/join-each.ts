import { get, settledWork, type Collection } from '../collection.ts';
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

/** The state of a `joinEach`, with the look-ups in each table. */
export interface Joined<K extends string, A, T, B> {
  readonly operator: 'joinEach';
  readonly input: Collection<K, A>;
  readonly tables: Tables<T>;
  readonly output: Collection<K, B>;
  readonly dependencies: { readonly [N in keyof T]: Dependency<K> };
}

/**
 * One entry in, at most one entry out, computed with what `f` looks up in other collections.
 *
 * `f` is pure and sees the tables through `read` only; an entry is computed again when it changed or
 * when something it looked up changed, appeared or went away, and for no other reason.
 */
export const joinEach = <K extends string, A, T, B>(
  f: (value: A, key: K, read: Read<T>) => B | undefined,
) =>
  function* (
    previous: Joined<K, A, T, B> | undefined,
    input: Collection<K, A>,
    tables: Tables<T>,
  ): Work<Joined<K, A, T, B>> {
    const stale = previous === undefined ? undefined : staleKeys(previous, input, tables);
    if (previous !== undefined && stale?.size === 0) return { ...previous, input, tables };
    const recordings = eachTable<T, { readonly [N in keyof T]: Recording<K, T[N]> }>(
      tables,
      (table) => new Recording(previous?.dependencies[table] ?? noDependency<K>(), tables[table]),
    );
    const read: Read<T> = (table, wanted) => recordings[table].read(wanted);
    const compute = (value: A | undefined, key: K): B | undefined => {
      const result = value === undefined ? undefined : f(value, key, read);
      for (const table in recordings) recordings[table].end(key);
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
    for (const table in tables) dependencies[table] = yield* recordings[table].done();
    return {
      operator: 'joinEach',
      input,
      tables,
      output,
      dependencies: dependencies as { readonly [N in keyof T]: Dependency<K> },
    };
  };

const eachTable = <T, R extends { readonly [N in keyof T]: unknown }>(
  tables: Tables<T>,
  f: <N extends keyof T & string>(table: N) => R[N],
): R => {
  const results: { [N in keyof T]?: R[N] } = {};
  for (const table in tables) results[table] = f(table);
  return results as R;
};

const staleKeys = <K extends string, A, T, B>(
  previous: Joined<K, A, T, B>,
  input: Collection<K, A>,
  tables: Tables<T>,
): ReadonlySet<K> => {
  const stale = new Set(diff(previous.input, input).map(({ key }) => key));
  for (const table in tables)
    for (const { key } of diff(previous.tables[table], tables[table]))
      for (const reader of readersOf(previous.dependencies[table], key)) stale.add(reader);
  return stale;
};
