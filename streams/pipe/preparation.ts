import { isNone } from 'fp-ts/lib/Option.js';

import type { Work } from '../../src/collection/work.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import { emptyStore, synced, type ObjectStore } from '../../src/kube/store/object-store.ts';
import { storesAfter } from '../../src/kube/store/stores-after.ts';
import type { TranslateOptions } from '../../src/translate/translate-options.ts';
import { translateWork, type Translation } from '../../src/translate/translate.ts';
import { snapshotWork, type SnapshotGraph } from '../../src/xds/make-snapshot.ts';

/** Everything known, and what was made of it, once every kind has been listed. */
export interface Prepared {
  readonly store: ObjectStore;
  readonly made?: Made;
}

/** What a store means and how it is said to Envoy. */
interface Made {
  readonly translation: Translation;
  readonly graph: SnapshotGraph;
}

/** Before anything is known. */
export const unprepared: Prepared = { store: emptyStore };

/** Works out what follows from some events; the store takes at most so many objects at once. */
export const preparation = (options: TranslateOptions, most: number) => {
  const translated = translateWork(options);
  return function* (from: Prepared, events: readonly KubeEvent[]): Work<Prepared> {
    let { store } = from;
    for (store of storesAfter(from.store, events, most)) yield;
    const known = synced(store);
    if (isNone(known)) return { store };
    const translation = yield* translated(from.made?.translation, known.value);
    const graph = yield* snapshotWork(from.made?.graph, translation.ir);
    return { store, made: { translation, graph } };
  };
};
