import { isNone } from 'fp-ts/lib/Option.js';

import type { KubeEvent } from '../src/kube/kube-event.ts';
import { emptyStore, synced, type ObjectStore } from '../src/kube/object-store.ts';
import { storesAfter } from '../src/kube/stores-after.ts';
import { storesBetween } from '../src/kube/stores-between.ts';
import { translate, type Translation } from '../src/translate/translate.ts';
import type { TranslateOptions } from '../src/translate/translate-options.ts';
import { encodeAhead } from '../src/xds/encode-ahead.ts';
import type { SnapshotGraph } from '../src/xds/make-snapshot.ts';

/** Everything known, and what was made of it, once every kind has been listed. */
export interface Prepared {
  readonly store: ObjectStore;
  readonly made?: { readonly translation: Translation; readonly graph: SnapshotGraph };
}

/** Before anything is known. */
export const unprepared: Prepared = { store: emptyStore };

/**
 * Works out what follows from some events, in slices of at most so many objects.
 *
 * Every part of the pipe makes its next state from any former one and what is known now. So the
 * states on the way are thrown away, and the last one makes the real step cost next to nothing.
 */
export const preparation = (options: TranslateOptions, most: number) => {
  const translated = translate(options);
  return function* (from: Prepared, events: readonly KubeEvent[]): Generator<void, Prepared> {
    let { store, made } = from;
    for (store of storesAfter(from.store, events, most)) yield;
    const known = synced(store);
    if (isNone(known)) return { store };
    const start = made === undefined ? emptyStore : from.store;
    for (const towards of storesBetween(start, known.value, most)) {
      const translation = translated(made?.translation, towards);
      yield;
      made = { translation, graph: encodeAhead(made?.graph, translation.ir) };
      yield;
    }
    return { store, ...(made !== undefined && { made }) };
  };
};
