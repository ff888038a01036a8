import { empty, get, keys, remove, set, type Collection } from './collection.ts';
import { diff } from './diff.ts';
import { put } from './put.ts';

/** The collections a join may look things up in, by name. */
export type Tables<T> = { readonly [N in keyof T]: Collection<string, T[N]> };

/** Looks up a key in a table; the look-up, found or not, becomes a dependency. */
export type Read<T> = <N extends keyof T & string>(table: N, key: string) => T[N] | undefined;

/** The state of a `joinEach`; `readers` turns each look-up round: who made it. */
export interface Joined<K extends string, A, T, B> {
  readonly input: Collection<K, A>;
  readonly tables: Tables<T>;
  readonly output: Collection<K, B>;
  readonly lookups: Collection<K, readonly string[]>;
  readonly readers: Collection<string, Collection<K, true>>;
}

/**
 * One entry in, at most one entry out, computed with what `f` looks up in other collections.
 *
 * `f` is pure and sees the tables through `read` only; an entry is computed again when it changed or
 * when something it looked up changed, appeared or went away, and for no other reason.
 */
export const joinEach =
  <K extends string, A, T, B>(f: (value: A, key: K, read: Read<T>) => B | undefined) =>
  (
    previous: Joined<K, A, T, B> | undefined,
    input: Collection<K, A>,
    tables: Tables<T>,
  ): Joined<K, A, T, B> => {
    const stale = staleKeys(previous, input, tables);
    if (previous !== undefined && stale.size === 0) return { ...previous, input, tables };
    let { output, lookups, readers } = previous ?? nothing<K, B>();
    for (const key of stale) {
      const value = get(input, key);
      const seen = new Set<string>();
      const read: Read<T> = (table, wanted) => {
        seen.add(`${table} ${wanted}`);
        return get(tables[table], wanted);
      };
      output = put(output, key, value === undefined ? undefined : f(value, key, read));
      for (const old of get(lookups, key) ?? [])
        if (!seen.has(old)) readers = withReader(readers, old, key, undefined);
      for (const lookup of seen) readers = withReader(readers, lookup, key, true);
      lookups = put(lookups, key, seen.size === 0 ? undefined : [...seen]);
    }
    return { input, tables, output, lookups, readers };
  };

const nothing = <K extends string, B>() => ({
  output: empty<K, B>(),
  lookups: empty<K, readonly string[]>(),
  readers: empty<string, Collection<K, true>>(),
});

const staleKeys = <K extends string, A, T, B>(
  previous: Joined<K, A, T, B> | undefined,
  input: Collection<K, A>,
  tables: Tables<T>,
): ReadonlySet<K> => {
  const stale = new Set(diff(previous?.input ?? empty<K, A>(), input).map(({ key }) => key));
  if (previous === undefined) return stale;
  for (const table in tables)
    for (const { key } of diff(previous.tables[table], tables[table])) {
      const readers = get(previous.readers, `${table} ${key}`);
      if (readers !== undefined) for (const reader of keys(readers)) stale.add(reader);
    }
  return stale;
};

const withReader = <K extends string>(
  readers: Collection<string, Collection<K, true>>,
  lookup: string,
  key: K,
  reads: true | undefined,
): Collection<string, Collection<K, true>> => {
  const all = put(get(readers, lookup) ?? empty<K, true>(), key, reads);
  return all.size === 0 ? remove(readers, lookup) : set(readers, lookup, all);
};
