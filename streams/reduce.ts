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

interface Step {
  readonly batch: Batch;
  readonly store: ObjectStore;
  /** Whether the batch changed the store or holds an answer of an Envoy. */
  readonly isNews: boolean;
}

/**
 * Folds batches into what is known.
 *
 *     batches     -l---a--b--|
 *                 -----x--y--|     l lists some kinds, a the last one: x, y = everything known
 *
 * Silent until every kind has been listed, so that no Envoy is configured from a half-read cluster.
 * A batch that changes nothing, like the echo of a status we wrote, goes no further. Order is kept.
 * Completion and errors pass.
 */
export const reduce = (): OperatorFunction<Batch, Known> => (batches$) =>
  batches$.pipe(
    scan<Batch, Step, undefined>((previous, batch) => {
      const before = previous?.store ?? emptyStore;
      const events = batch.events.filter(isKubeEvent);
      const store = applyAll(before, events);
      return { batch, store, isNews: store !== before || events.length < batch.events.length };
    }, undefined),
    concatMap(({ batch, store, isNews }) => {
      const known = synced(store);
      return isNews && isSome(known) ? [{ batch, store: known.value }] : [];
    }),
  );

const isKubeEvent = (event: PipelineEvent): event is KubeEvent => event._tag !== 'Verdict';
