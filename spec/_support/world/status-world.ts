import type { WorldEvent } from '../../../src/kube/kube-event.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import type { ObjectStore } from '../../../src/kube/store/object-store.ts';
import { outcomesFor, type Translated } from '../../../src/status/outcomes.ts';
import type { Condition } from '../../../src/status/condition.ts';
import { conditionsIn, type Status } from '../../../src/status/status.ts';
import type { Translation } from '../../../src/translate/translate.ts';
import { listed, step, syncedStore, type Manifest } from './builders.ts';

/** Finds the outcomes of the installation `default`. */
export const outcomes = outcomesFor('default');

/** Events as an API server says them: every object has a uid and this generation. */
export const versioned = (
  events: readonly WorldEvent[],
  generation: number,
): readonly WorldEvent[] =>
  events.map((event): WorldEvent => {
    switch (event._tag) {
      case 'Listed':
        return {
          ...event,
          items: event.items.map((item) => ({
            ...item,
            version: { ...item.version, uid: item.key, generation },
          })),
        };
      case 'Applied': {
        const { item } = event;
        return {
          ...event,
          item: { ...item, version: { ...item.version, uid: item.key, generation } },
        };
      }
      default:
        return event;
    }
  });

/** What a store means, by change where there is an earlier one. */
export const translatedStore = (store: ObjectStore, previous?: Translation): Translated => ({
  store: syncedStore(store),
  translation: step(previous, syncedStore(store)),
});

/**
 * The translation of these objects, all of the first generation, and then of others in their place.
 */
export const world = (
  objects: readonly Manifest[],
  ...changes: readonly Manifest[][]
): readonly Translated[] => {
  let store = applyAll(emptyStore, versioned(listed(objects), 1));
  let latest = translatedStore(store);
  const all = [latest];
  for (const [i, changed] of changes.entries()) {
    store = applyAll(store, versioned(listed(changed), i + 2));
    latest = translatedStore(store, latest.translation);
    all.push(latest);
  }
  return all;
};

/** The first condition of a type in a status. */
export const conditionOf = (
  status: Status | undefined,
  type: string,
): Condition<string> | undefined =>
  status && conditionsIn(status).find((condition) => condition.type === type);
