import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js';
import * as t from 'io-ts';

import type { Batch } from './batch.ts';
import type { Codec } from './by-field.ts';
import { RecordedEvent } from './recorded-event.ts';

/** One batch as it left `coalesce`, so that a replay makes all the same snapshots. */
export interface Entry {
  /** Counts the batches of a recording from 1. */
  readonly seq: number;
  /** Milliseconds since the recording began. */
  readonly at: number;
  readonly events: Batch['events'];
}

const Events = t.refinement(
  t.readonlyArray(RecordedEvent),
  (events): events is Batch['events'] => isNonEmpty(events),
  'a list with at least one event',
);

/** Reads one line of a journal after the header. */
export const Entry: Codec<Entry> = t.type(
  { seq: t.number, at: t.number, events: Events },
  'an entry',
);
