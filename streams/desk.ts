import { finish } from '../src/collection/work.ts';
import type { Batch, PipelineEvent } from '../src/journal/batch.ts';
import type { KubeEvent } from '../src/kube/kube-event.ts';
import { weightOf } from '../src/kube/stores-after.ts';
import type { TranslateOptions } from '../src/translate/translate-options.ts';
import { preparation, unprepared, type Prepared } from './preparation.ts';

/** Where the stages of one running pipe leave word for each other; lives as long as it runs. */
export interface Desk {
  /** Notes what is known, and what was made of it, after a batch. */
  readonly reached: (state: Partial<Prepared>) => void;
  /** What was worked out for a batch before it was let through. */
  readonly preparedFor: (batch: Batch) => Prepared | undefined;
  /** Whether a batch is better worked out with pauses than at once. */
  readonly isLarge: (batch: Batch) => boolean;
  /** Whether anything was published, so that a small batch has something it can change. */
  readonly isOpen: () => boolean;
  /** Begins to work out a batch. */
  readonly begin: (batch: Batch) => Job;
}

/** A large batch while it is worked out. */
export interface Job {
  /** Goes on until the next pause; gives the batch when nothing is left to do. */
  readonly advance: () => Batch | undefined;
  /** Adds what came later. */
  readonly join: (batch: Batch) => void;
}

/** A desk for a pipe in which a batch about more than so many objects is large. */
export const newDesk = (options: TranslateOptions, most: number): Desk => {
  const prepare = preparation(options, most);
  const prepared = new WeakMap<Batch, Prepared>();
  let latest = unprepared;
  return {
    reached: (state) => {
      latest = { ...latest, ...state };
    },
    preparedFor: (batch) => prepared.get(batch),
    isLarge: ({ events }) =>
      weightOf(latest.store, events.filter(isKubeEvent)) +
        (latest.made === undefined ? sizeOf(latest) : 0) >
      most,
    isOpen: () => latest.made !== undefined,
    begin: (first) => {
      let batch = first;
      let work = prepare(latest, first.events.filter(isKubeEvent));
      let largest = Infinity;
      const later: Batch[] = [];
      const next = (): Batch | undefined => {
        const { done, value } = work.next();
        if (done !== true) return undefined;
        const joined = later.splice(0);
        batch = joined.reduce(together, batch);
        const events = joined.flatMap((one) => one.events.filter(isKubeEvent));
        if (events.length === 0) return finished(value);
        work = prepare(value, events);
        if (latest.made !== undefined && (events.length <= most || events.length >= largest))
          return finished(finish(work));
        largest = events.length;
        return undefined;
      };
      const finished = (value: Prepared): Batch => {
        prepared.set(batch, value);
        return batch;
      };
      return {
        join: (one) => void later.push(one),
        advance: () => {
          try {
            return next();
          } catch {
            return later.reduce(together, batch); // where it fails again it is in the journal
          }
        },
      };
    },
  };
};

const sizeOf = ({ store }: Prepared): number =>
  Object.values(store.objects).reduce((sum, { size }) => sum + size, 0);

/** Two batches as one. */
export const together = (a: Batch, b: Batch): Batch => {
  const [head, ...tail] = a.events;
  return { at: b.at, events: [head, ...tail, ...b.events] };
};

/** Whether an event is about the cluster. */
export const isKubeEvent = (event: PipelineEvent): event is KubeEvent => event._tag !== 'Verdict';
