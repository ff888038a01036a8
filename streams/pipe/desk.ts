import { finish, type Work } from '../../src/collection/work.ts';
import type { Batch, PipelineEvent } from '../../src/journal/batch.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import { weightOf } from '../../src/kube/store/stores-after.ts';
import type { TranslateOptions } from '../../src/translate/translate-options.ts';
import { preparation, unprepared, type Prepared } from './preparation.ts';

/** Where the stages of one running pipe leave results for each other; it lives as long as the pipe. */
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

/** A large batch that is to be worked out. */
export interface Job {
  /** All of it, until the batch can be let through. */
  readonly work: Work<Batch>;
  /** Adds what came later. */
  readonly join: (batch: Batch) => void;
}

/** A desk for a pipe in which a batch about more than so many objects is large. */
export const newDesk = (options: TranslateOptions, most: number): Desk => {
  const prepare = preparation(options, most);
  const prepared = new WeakMap<Batch, Prepared>();
  let latest = unprepared;

  function* workedOut(first: Batch, later: Batch[]): Work<Batch> {
    let batch = first;
    try {
      let state = yield* prepare(latest, kubeEvents(first));
      for (let former = Infinity; later.length > 0;) {
        const joined = later.splice(0);
        batch = joined.reduce(mergeBatches, batch);
        const events = joined.flatMap(kubeEvents);
        const work = prepare(state, events);
        const isLast =
          latest.made !== undefined && (events.length <= most || events.length >= former);
        state = isLast ? finish(work) : yield* work;
        former = events.length;
      }
      prepared.set(batch, state);
      return batch;
    } catch {
      return later.reduce(mergeBatches, batch); // it fails again later, and is in the journal by then
    }
  }

  return {
    reached: (state) => {
      latest = { ...latest, ...state };
    },
    preparedFor: (batch) => prepared.get(batch),
    isLarge: (batch) =>
      weightOf(latest.store, kubeEvents(batch)) + (latest.made === undefined ? sizeOf(latest) : 0) >
      most,
    isOpen: () => latest.made !== undefined,
    begin: (first) => {
      const later: Batch[] = [];
      return { work: workedOut(first, later), join: (one) => void later.push(one) };
    },
  };
};

const kubeEvents = ({ events }: Batch): readonly KubeEvent[] => events.filter(isKubeEvent);

const sizeOf = ({ store }: Prepared): number =>
  Object.values(store.objects).reduce((sum, { size }) => sum + size, 0);

/** Makes one batch of two: the events of both, in order, at the time of the later one. */
export const mergeBatches = (a: Batch, b: Batch): Batch => {
  const [head, ...tail] = a.events;
  return { at: b.at, events: [head, ...tail, ...b.events] };
};

/** Whether an event is about the cluster. */
export const isKubeEvent = (event: PipelineEvent): event is KubeEvent => event._tag !== 'Verdict';
