import type { Change, Collection } from './collection.ts';
import { branchAt, firstKey, keyAt, valueAt, visit, type Branch } from './trie/branch.ts';

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
  if (before !== after) compareBranches(before.root, after.root, changes);
  return changes;
};

const compareBranches = <K extends string, V>(
  before: Branch<K, V>,
  after: Branch<K, V>,
  changes: Change<K, V>[],
): void => {
  if (before === after) return;
  if (before.length === firstKey) visit(after, (key, value) => changes.push({ key, after: value }));
  else if (after.length === firstKey)
    visit(before, (key, value) => changes.push({ key, before: value }));
  else if (before[0] === 0 || after[0] === 0) compareEntries(mapOf(before), mapOf(after), changes);
  else if (before[0] !== after[0]) compareBits(before, after, changes);
  else
    for (let at = firstKey; at < before.length; at += 2)
      if (before[at] !== after[at] || before[at + 1] !== after[at + 1])
        comparePlaces(before, at, after, at, changes);
};

const compareBits = <K extends string, V>(
  before: Branch<K, V>,
  after: Branch<K, V>,
  changes: Change<K, V>[],
): void => {
  let beforeAt = firstKey;
  let afterAt = firstKey;
  for (let rest = before[0] | after[0]; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const wasThere = (before[0] & bit) !== 0;
    const isThere = (after[0] & bit) !== 0;
    if (wasThere && isThere) comparePlaces(before, beforeAt, after, afterAt, changes);
    else if (wasThere)
      visitAt(before, beforeAt, (key, value) => changes.push({ key, before: value }));
    else visitAt(after, afterAt, (key, value) => changes.push({ key, after: value }));
    if (wasThere) beforeAt += 2;
    if (isThere) afterAt += 2;
  }
};

const comparePlaces = <K extends string, V>(
  before: Branch<K, V>,
  beforeAt: number,
  after: Branch<K, V>,
  afterAt: number,
  changes: Change<K, V>[],
): void => {
  const was = keyAt(before, beforeAt);
  const key = keyAt(after, afterAt);
  if (was === undefined && key === undefined)
    compareBranches(branchAt(before, beforeAt), branchAt(after, afterAt), changes);
  else if (was !== undefined && was === key) {
    const [old, now] = [valueAt(before, beforeAt), valueAt(after, afterAt)];
    if (old !== now) changes.push({ key, before: old, after: now });
  } else compareEntries(mapAt(before, beforeAt), mapAt(after, afterAt), changes);
};

/**
 * For the rare case that the two sides have different shapes: compares all their entries by key.
 */
const compareEntries = <K extends string, V>(
  before: ReadonlyMap<K, V>,
  after: ReadonlyMap<K, V>,
  changes: Change<K, V>[],
): void => {
  for (const [key, value] of after) {
    const was = before.get(key);
    if (was === undefined) changes.push({ key, after: value });
    else if (was !== value) changes.push({ key, before: was, after: value });
  }
  for (const [key, value] of before) if (!after.has(key)) changes.push({ key, before: value });
};

const visitAt = <K extends string, V>(
  branch: Branch<K, V>,
  at: number,
  entry: (key: K, value: V) => void,
): void => {
  const key = keyAt(branch, at);
  if (key === undefined) visit(branchAt(branch, at), entry);
  else entry(key, valueAt(branch, at));
};

const mapOf = <K extends string, V>(branch: Branch<K, V>): ReadonlyMap<K, V> => {
  const found = new Map<K, V>();
  visit(branch, (key, value) => found.set(key, value));
  return found;
};

const mapAt = <K extends string, V>(branch: Branch<K, V>, at: number): ReadonlyMap<K, V> => {
  const found = new Map<K, V>();
  visitAt(branch, at, (key, value) => found.set(key, value));
  return found;
};
