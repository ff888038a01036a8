import { isSome } from 'fp-ts/lib/Option.js';
import { concatMap, scan, type OperatorFunction } from 'rxjs';

import type { Batch, PipelineEvent } from '../src/journal/batch.ts';
import type { KubeEvent } from '../src/kube/kube-event.ts';
import {
  applyAll,
  emptyStore,
  synced,
  type ObjectStore,
  type SyncedStore,
} from '../src/kube/object-store.ts';

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
 * Order is kept; every later batch gives one result. Completion and errors pass.
 */
export const reduce = (): OperatorFunction<Batch, Known> => (batches$) =>
  batches$.pipe(
    scan<Batch, { readonly batch: Batch; readonly store: ObjectStore }, undefined>(
      (previous, batch) => ({
        batch,
        store: applyAll(previous?.store ?? emptyStore, batch.events.filter(isKubeEvent)),
      }),
      undefined,
    ),
    concatMap(({ batch, store }) => {
      const known = synced(store);
      return isSome(known) ? [{ batch, store: known.value }] : [];
    }),
  );

const isKubeEvent = (event: PipelineEvent): event is KubeEvent => event._tag !== 'Verdict';
