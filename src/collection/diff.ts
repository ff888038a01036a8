import {
  entriesBelow,
  isEntry,
  type Branch,
  type Change,
  type Collection,
  type Entry,
  type Slot,
} from './collection.ts';

/**
 * How one version became another: one change for each key that was added, replaced or removed.
 *
 * Subtrees that both versions share are not visited, so the cost is that of what changed. Values are
 * compared by identity.
 */
export const diff = <K extends string, V>(
  before: Collection<K, V>,
  after: Collection<K, V>,
): readonly Change<K, V>[] => {
  const changes: Change<K, V>[] = [];
  compare(before.root, after.root, changes);
  return changes;
};

const compare = <K extends string, V>(
  before: Slot<K, V> | undefined,
  after: Slot<K, V> | undefined,
  changes: Change<K, V>[],
): void => {
  if (before === after) return;
  if (
    before !== undefined &&
    after !== undefined &&
    !isEntry(before) &&
    !isEntry(after) &&
    before.bitmap !== 0 &&
    after.bitmap !== 0
  )
    compareBranches(before, after, changes);
  else compareEntries(before, after, changes);
};

const compareBranches = <K extends string, V>(
  before: Branch<K, V>,
  after: Branch<K, V>,
  changes: Change<K, V>[],
): void => {
  let beforeAt = 0;
  let afterAt = 0;
  for (let rest = before.bitmap | after.bitmap; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    compare(
      before.bitmap & bit ? before.slots[beforeAt++] : undefined,
      after.bitmap & bit ? after.slots[afterAt++] : undefined,
      changes,
    );
  }
};

/** The rare case that the two sides have different shapes: all entries of both, by key. */
const compareEntries = <K extends string, V>(
  before: Slot<K, V> | undefined,
  after: Slot<K, V> | undefined,
  changes: Change<K, V>[],
): void => {
  const old = new Map<K, Entry<K, V>>();
  if (before !== undefined) for (const entry of entriesBelow(before)) old.set(entry.key, entry);
  if (after !== undefined)
    for (const { key, value } of entriesBelow(after)) {
      const was = old.get(key);
      old.delete(key);
      if (was === undefined) changes.push({ key, after: value });
      else if (was.value !== value) changes.push({ key, before: was.value, after: value });
    }
  for (const { key, value } of old.values()) changes.push({ key, before: value });
};
