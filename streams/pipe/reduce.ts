import { isSome } from 'fp-ts/lib/Option.js';
import { concatMap, defer, type OperatorFunction } from 'rxjs';

import type { Batch } from '../../src/journal/batch.ts';
import {
  applyAll,
  emptyStore,
  synced,
  type SyncedStore,
} from '../../src/kube/store/object-store.ts';
import { isKubeEvent, type Desk } from './desk.ts';

/** Everything we know, and the batch that told us the latest of it. */
export interface Known {
  readonly batch: Batch;
  readonly store: SyncedStore;
}

/**
 * Folds batches into what is known.
 *
 *     batches     -l---a--b--|
 *                 -----x--y--|     l lists some kinds, a the last one: x, y = everything known
 *
 * Silent until every kind has been listed, so that no Envoy is configured from a half-read cluster.
 * A batch that changes nothing, like the echo of a status we wrote, goes no further. A store that was
 * made ahead is taken from the desk. Order is kept. Completion and errors pass.
 */
export const reduce =
  (desk?: Desk): OperatorFunction<Batch, Known> =>
  (batches$) =>
    defer(() => {
      let store = emptyStore; // and no batch: the first one holds every object of a kind once more
      return batches$.pipe(
        concatMap((batch) => {
          const before = store;
          const events = batch.events.filter(isKubeEvent);
          store = desk?.preparedFor(batch)?.store ?? applyAll(before, events);
          desk?.reached({ store });
          const isNews = store !== before || events.length < batch.events.length;
          const known = synced(store);
          return isNews && isSome(known) ? [{ batch, store: known.value }] : [];
        }),
      );
    });
