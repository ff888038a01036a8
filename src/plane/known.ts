import { isNone } from 'fp-ts/lib/Option.js';

import type { Work } from '../collection/work.ts';
import type { WorldEvent } from '../kube/kube-event.ts';
import type { Spending } from '../budget/spending.ts';
import { synced, type ObjectStore } from '../kube/store/object-store.ts';
import { storesAfter } from '../kube/store/stores-after.ts';
import type { Made, Make } from './made.ts';

/** Everything known; and what was made from it, as soon as every kind has been listed. */
export interface Known {
  readonly store: ObjectStore;
  /** What namespaces ask for of it. */
  readonly spending?: Spending;
  readonly made?: Made;
}

/** What is known after some events. At most `most` objects go into the store without a pause. */
export function* learnt(
  make: Make,
  { store: before, spending, made }: Known,
  events: readonly WorldEvent[],
  most: number,
): Work<Known> {
  let store = before;
  for (store of storesAfter(before, events, most)) yield;
  const all = synced(store);
  if (isNone(all)) return { store };
  const spent = yield* make.spend(spending, all.value);
  return { store, spending: spent, made: yield* make.made(made, spent.within) };
}
