import { has, keys } from '../../collection/collection.ts';
import { refParts, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import type { Kind } from '../kind.ts';
import type { Applied, Decoded, Listed, WorldEvent } from '../kube-event.ts';
import { applyAll, withListed, type ObjectStore } from './object-store.ts';

/**
 * The stores on the way to the store after some events. From one to the next at most `most` objects
 * change, each with all that it carries; the last one is what `applyAll` returns.
 *
 * Here a list is not applied as one change: its objects are applied first, then those that are gone
 * are deleted.
 */
export function* storesAfter(
  before: ObjectStore,
  events: readonly WorldEvent[],
  most: number,
): Generator<ObjectStore> {
  let store = before;
  let few: WorldEvent[] = [];
  for (const event of events) {
    if (event._tag !== 'Listed') few.push(event);
    if (event._tag === 'Listed' || few.length >= most) {
      yield (store = applyAll(store, few));
      few = [];
    }
    if (event._tag === 'Listed')
      for (const next of storesAfterList(store, event, most)) yield (store = next);
  }
  yield applyAll(store, few);
}

/** How many objects some events are about; for a list, objects that are gone count too. */
export const weightOf = ({ objects }: ObjectStore, events: readonly WorldEvent[]): number =>
  events.reduce(
    (sum, event) =>
      sum + (event._tag === 'Listed' ? Math.max(event.items.length, objects[event.kind].size) : 1),
    0,
  );

function* storesAfterList(
  before: ObjectStore,
  { kind, items }: Listed,
  most: number,
): Generator<ObjectStore> {
  let store = before;
  const present = new Set<ObjectKey>();
  for (let at = 0; at < items.length; at += most) {
    const slice = items.slice(at, at + most);
    for (const { key } of slice) present.add(key);
    yield (store = applyAll(store, slice.map(applied(kind))));
  }
  const gone = [...knownKeys(before, kind)].filter((key) => !present.has(key));
  for (let at = 0; at < gone.length; at += most)
    yield (store = applyAll(
      store,
      gone.slice(at, at + most).map((key) => ({ _tag: 'Deleted', kind, key })),
    ));
  yield withListed(store, kind);
}

const applied =
  (kind: Kind) =>
  (item: Decoded): Applied => ({ _tag: 'Applied', kind, item });

/** The keys of all known objects of a kind; of one that was never valid only problems are known. */
const knownKeys = ({ objects, problems }: ObjectStore, kind: Kind): ReadonlySet<ObjectKey> => {
  const known = new Set<ObjectKey>(keys<ObjectKey, unknown>(objects[kind]));
  for (const ref of keys(problems)) {
    const [ofKind, key] = refParts(ref as ObjectRef);
    if (ofKind === kind && !has<ObjectKey, unknown>(objects[kind], key)) known.add(key);
  }
  return known;
};
