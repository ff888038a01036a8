import { hashOf } from './hash.ts';

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

/** One key with its value. */
export interface Entry<K extends string, V> {
  readonly hash: number;
  readonly key: K;
  readonly value: V;
}

/**
 * An inner node: a slot for each bit of `bitmap`, lowest first. Below the last level there are no
 * bits left: `bitmap` is 0 and `slots` holds the entries whose hashes are all equal, sorted by key.
 */
export interface Branch<K extends string, V> {
  readonly bitmap: number;
  readonly slots: readonly Slot<K, V>[];
}

/** What a branch holds: an entry, or a branch with at least two entries below it. */
export type Slot<K extends string, V> = Entry<K, V> | Branch<K, V>;

/** How a key went from one version to the next; absent means it was not there. */
export interface Change<K extends string, V> {
  readonly key: K;
  readonly before?: V;
  readonly after?: V;
}

const bitsPerLevel = 5;
const bitsInHash = 32;

const emptyCollection: Collection<never, never> = { size: 0, root: { bitmap: 0, slots: [] } };

/** The collection without entries. */
export const empty = <K extends string, V>(): Collection<K, V> =>
  emptyCollection as unknown as Collection<K, V>;

/** Collects entries; of two with one key the later one counts. */
export const from = <K extends string, V>(source: Iterable<readonly [K, V]>): Collection<K, V> => {
  let collection = empty<K, V>();
  for (const [key, value] of source) collection = set(collection, key, value);
  return collection;
};

/** The value of a key. */
export const get = <K extends string, V>({ root }: Collection<K, V>, key: K): V | undefined =>
  valueBelow(root, key, hashOf(key), 0);

/** Whether there is a value for a key. */
export const has = <K extends string, V>(collection: Collection<K, V>, key: K): boolean =>
  get(collection, key) !== undefined;

/** The collection with this value for the key; the same collection when it has it already. */
export const set = <K extends string, V>(
  collection: Collection<K, V>,
  key: K,
  value: V,
): Collection<K, V> => {
  const before = get(collection, key);
  if (before === value) return collection;
  const root = withEntry(collection.root, { hash: hashOf(key), key, value }, 0);
  return { size: collection.size + (before === undefined ? 1 : 0), root };
};

/** The collection without the key; the same collection when it does not have it. */
export const remove = <K extends string, V>(
  collection: Collection<K, V>,
  key: K,
): Collection<K, V> => {
  if (!has(collection, key)) return collection;
  if (collection.size === 1) return empty();
  return { size: collection.size - 1, root: without(collection.root, key, hashOf(key), 0) };
};

/** All keys with their values, in the order that follows from the keys. */
export function* entries<K extends string, V>({
  root,
}: Collection<K, V>): Generator<readonly [K, V]> {
  for (const { key, value } of entriesBelow(root)) yield [key, value];
}

/** All keys, in the same order. */
export function* keys<K extends string, V>({ root }: Collection<K, V>): Generator<K> {
  for (const { key } of entriesBelow(root)) yield key;
}

/** All values, in the order of their keys. */
export function* values<K extends string, V>({ root }: Collection<K, V>): Generator<V> {
  for (const { value } of entriesBelow(root)) yield value;
}

/** Whether a slot is an entry. */
export const isEntry = <K extends string, V>(slot: Slot<K, V>): slot is Entry<K, V> =>
  'key' in slot;

/** Every entry at or below a slot. */
export function* entriesBelow<K extends string, V>(slot: Slot<K, V>): Generator<Entry<K, V>> {
  if (isEntry(slot)) yield slot;
  else for (const below of slot.slots) yield* entriesBelow(below);
}

/** Whether a branch this deep has run out of hash bits. */
const isBucket = (shift: number): boolean => shift >= bitsInHash;

/** The bit of a hash's branch at a depth of `shift` bits. */
const bitOf = (hash: number, shift: number): number => 1 << ((hash >>> shift) & 31);

/** Where the slot of a bit is: how many lower bits are set. */
const position = (bitmap: number, bit: number): number => {
  let n = bitmap & (bit - 1);
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
};

const valueBelow = <K extends string, V>(
  slot: Slot<K, V> | undefined,
  key: K,
  hash: number,
  shift: number,
): V | undefined => {
  if (slot === undefined) return undefined;
  if (isEntry(slot)) return slot.key === key ? slot.value : undefined;
  const next = shift + bitsPerLevel;
  if (isBucket(shift))
    return valueBelow(
      slot.slots.find((s) => isEntry(s) && s.key === key),
      key,
      hash,
      next,
    );
  const bit = bitOf(hash, shift);
  if ((slot.bitmap & bit) === 0) return undefined;
  return valueBelow(slot.slots[position(slot.bitmap, bit)], key, hash, next);
};

const withEntry = <K extends string, V>(
  branch: Branch<K, V>,
  entry: Entry<K, V>,
  shift: number,
): Branch<K, V> => {
  if (isBucket(shift)) {
    const others = branch.slots.filter((slot) => isEntry(slot) && slot.key !== entry.key);
    const at = others.findIndex((slot) => isEntry(slot) && slot.key > entry.key);
    return { bitmap: 0, slots: others.toSpliced(at === -1 ? others.length : at, 0, entry) };
  }
  const bit = bitOf(entry.hash, shift);
  const at = position(branch.bitmap, bit);
  const there = (branch.bitmap & bit) === 0 ? undefined : branch.slots[at];
  if (there === undefined)
    return { bitmap: branch.bitmap | bit, slots: branch.slots.toSpliced(at, 0, entry) };
  if (isEntry(there) && there.key === entry.key)
    return { bitmap: branch.bitmap, slots: branch.slots.with(at, entry) };
  const below = isEntry(there)
    ? withEntry({ bitmap: 0, slots: [] }, there, shift + bitsPerLevel)
    : there;
  return {
    bitmap: branch.bitmap,
    slots: branch.slots.with(at, withEntry(below, entry, shift + bitsPerLevel)),
  };
};

/** Removes a key that is there. A branch left with one entry gives way to that entry. */
const without = <K extends string, V>(
  branch: Branch<K, V>,
  key: K,
  hash: number,
  shift: number,
): Branch<K, V> => {
  if (isBucket(shift))
    return { bitmap: 0, slots: branch.slots.filter((slot) => isEntry(slot) && slot.key !== key) };
  const bit = bitOf(hash, shift);
  const at = position(branch.bitmap, bit);
  const there = branch.slots[at];
  if (there === undefined || isEntry(there))
    return { bitmap: branch.bitmap & ~bit, slots: branch.slots.toSpliced(at, 1) };
  const below = without(there, key, hash, shift + bitsPerLevel);
  const [only, ...others] = below.slots;
  const slot = only !== undefined && others.length === 0 && isEntry(only) ? only : below;
  return { bitmap: branch.bitmap, slots: branch.slots.with(at, slot) };
};
