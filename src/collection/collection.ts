import { editOf, latest, type Edit, type Edits, type Settle } from './edit.ts';
import {
  bitsPerLevel,
  branchOf,
  emptyBranch,
  find,
  firstKey,
  keyAt,
  valueAt,
  type Branch,
} from './trie/branch.ts';
import { Cursor } from './trie/cursor.ts';
import { TrieEditor } from './trie/trie-editor.ts';
import { workEach, type Work } from './work.ts';

/**
 * An immutable keyed collection: a hash trie with 32 branches a level.
 *
 * Equal contents have equal structure, whatever the history, so the order of iteration follows from
 * the keys alone. A version made from another shares every subtree that did not change: the
 * difference of two versions costs what changed, and a subtree can carry memoised work (`fold`).
 * A value is never `undefined`.
 */
export interface Collection<K extends string, V> {
  readonly size: number;
  readonly root: Branch<K, V>;
}

/** What happened to one key between two versions; an absent value means that there was no entry. */
export interface Change<K extends string, V> {
  readonly key: K;
  readonly before?: V;
  readonly after?: V;
}

/** A collection of one entry. It needs no trie, and most groups have one member. */
export class Single<K extends string, V> implements Collection<K, V> {
  readonly key: K;
  readonly value: V;

  constructor(key: K, value: V) {
    this.key = key;
    this.value = value;
  }

  get size(): number {
    return 1;
  }

  get root(): Branch<K, V> {
    return branchOf(this.key, this.value, 0);
  }
}

/** A collection without entries: a new one each time, so that its identity tells who made it. */
export const empty = <K extends string, V>(): Collection<K, V> => ({ size: 0, root: emptyBranch });

/** Another collection of the same entries, which shares everything with the first one. */
export const copyOf = <K extends string, V>(collection: Collection<K, V>): Collection<K, V> =>
  collectionOf(collection.root, collection.size);

/** Whether an object is a collection. */
export const isCollection = (value: object): value is Collection<string, unknown> =>
  'root' in value && 'size' in value;

/** A collection of these entries; if a key comes twice, its last value counts. */
export const from = <K extends string, V>(source: Iterable<readonly [K, V]>): Collection<K, V> =>
  withEdits(
    empty<K, V>(),
    Array.from(source, ([key, value]) => editOf(key, value)),
  );

/** The value of a key. */
export const get = <K extends string, V>(collection: Collection<K, V>, key: K): V | undefined => {
  if (!(collection instanceof Single)) return find(collection.root, key, valueAt<K, V>);
  const { key: only, value }: Single<K, V> = collection;
  return only === key ? value : undefined;
};

/** Whether there is a value for a key. */
export const has = <K extends string, V>(collection: Collection<K, V>, key: K): boolean =>
  get(collection, key) !== undefined;

/** The string object that a collection itself holds for a key; keeping it takes no more memory. */
export const ownKey = <K extends string, V>(
  collection: Collection<K, V>,
  key: K,
): K | undefined => {
  if (!(collection instanceof Single)) return find(collection.root, key, keyAt<K, V>);
  const { key: only }: Single<K, V> = collection;
  return only === key ? only : undefined;
};

/** The collection with this value for the key; the same collection when it has it already. */
export const set = <K extends string, V>(
  collection: Collection<K, V>,
  key: K,
  value: V,
): Collection<K, V> => withEdits(collection, [editOf(key, value)]);

/** The collection without the key; the same collection when it does not have it. */
export const remove = <K extends string, V>(
  collection: Collection<K, V>,
  key: K,
): Collection<K, V> => withEdits(collection, [editOf<K, V>(key, undefined)]);

/**
 * The collection after some edits; if a key is edited twice, the last edit counts.
 *
 * A present value stays if `same` says that the wanted one equals it; if all values stay, the
 * collection itself is returned.
 */
export const withEdits = <K extends string, V>(
  collection: Collection<K, V>,
  edits: Edits<K, V>,
  same: (present: V, wanted: V) => boolean = Object.is,
): Collection<K, V> => settled(collection, edits, latest(same));

/** The collection after some edits; `settle` computes the value of a key from all its edits. */
export const settled = <K extends string, V, E>(
  collection: Collection<K, V>,
  edits: Edits<K, E>,
  settle: Settle<V, E>,
): Collection<K, V> => {
  const [only] = edits;
  if (only === undefined) return collection;
  if (edits.length === 1 && collection.size < 2) {
    const present = get(collection, only.key);
    const value = settle(present, edits);
    if (value === present) return collection;
    if (value === undefined) return empty();
    if (present !== undefined || collection.size === 0) return new Single(only.key, value);
  }
  const before = collection.root;
  const editor = new TrieEditor<K, V, E>(settle);
  const root = editor.edit(before, edits);
  return root === before ? collection : collectionOf(root, collection.size + editor.growth);
};

/** As `settled`, with pauses; `settle` may get the edits of one key in several calls, in order. */
export function* settledWork<K extends string, V, E>(
  collection: Collection<K, V>,
  edits: Edits<K, E>,
  settle: Settle<V, E>,
): Work<Collection<K, V>> {
  if (edits.length <= perPart) return settled(collection, edits, settle);
  const parts = Array.from({ length: 1 << bitsPerLevel }, (): Edit<K, E>[] => []);
  yield* workEach(edits, (one) => parts[one.hash & (parts.length - 1)]?.push(one), perPart);
  let after = collection;
  for (const part of parts)
    for (let at = 0; at < part.length; at += perPart) {
      after = settled(after, part.slice(at, at + perPart), settle);
      yield;
    }
  return after;
}

/** How many edits are made between two pauses. */
const perPart = 1_024;

/** The collection of a trie that has this number of entries. */
export const collectionOf = <K extends string, V>(
  root: Branch<K, V>,
  size: number,
): Collection<K, V> => {
  if (size === 0) return empty();
  const key = keyAt(root, firstKey);
  return size === 1 && key !== undefined
    ? new Single(key, valueAt(root, firstKey))
    : { size, root };
};

/** All keys with their values, in the order that follows from the keys. */
export function* entries<K extends string, V>({
  root,
}: Collection<K, V>): Generator<readonly [K, V]> {
  for (const cursor = new Cursor(root); cursor.next();) yield [cursor.key, cursor.value];
}

/** All keys, in the same order. */
export function* keys<K extends string, V>({ root }: Collection<K, V>): Generator<K> {
  for (const cursor = new Cursor(root); cursor.next();) yield cursor.key;
}

/** All values, in the order of their keys. */
export function* values<K extends string, V>({ root }: Collection<K, V>): Generator<V> {
  for (const cursor = new Cursor(root); cursor.next();) yield cursor.value;
}
