import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js';

import { finish, type Work } from '../collection/work.ts';
import { kubeEvents, merged, type Batch } from '../journal/batch.ts';
import { weightOf } from '../kube/store/stores-after.ts';
import { learnt, type Known } from './known.ts';
import { lazily } from './lazily.ts';
import { making } from './made.ts';
import { newPlane, stepPlane, type Plane, type PlaneOptions } from './plane.ts';

/** Which batch takes effect when: a small one at once, a large one when it has been worked out. */
interface Agenda {
  /** The plane after the last batch that took effect. */
  readonly plane: () => Plane;
  /** The large batch that is being worked out. */
  readonly job?: Job;
}

/** A batch that takes effect now. */
export interface Due extends Batch {
  /** The plane after it. Whoever asks first works it out, so a batch can be written down before that. */
  readonly plane: () => Plane;
}

interface Job {
  readonly batch: Batch;
  /** What came meanwhile and is still to be added. */
  readonly later: readonly Batch[];
  /** How many events were added last. */
  readonly added: number;
  /** What the next job is about: large batches that came meanwhile, and all that came after them. */
  readonly next: readonly Batch[];
}

/** What an agenda is told. */
export type AgendaEvent =
  | { readonly _tag: 'Came'; readonly batch: Batch }
  | { readonly _tag: 'WorkedOut'; readonly known: Known }
  | { readonly _tag: 'Failed'; readonly error: unknown };

/** The agenda after an event, a batch that takes effect, and work that begins after that. */
export interface AgendaStep {
  readonly agenda: Agenda;
  readonly due?: Due;
  /** It does not throw. */
  readonly work?: Work<AgendaEvent>;
}

/** Before the first batch. */
export const newAgenda = (options: PlaneOptions): Agenda => ({ plane: () => newPlane(options) });

/**
 * Advances an agenda; a batch about more than `most` objects is large.
 *
 *     no job     a small batch came       it takes effect
 *     no job     a large batch came       a job begins
 *     a job      a small batch came       it takes effect, and is added to the job, which may know older
 *                                         versions of the same objects, and to the next one
 *     a job      a large batch came       the next job is about it
 *     a job      worked out               what was added is worked out; without any, the batch of the job
 *                                         takes effect, and the next job begins
 *     a job      failed                   the same; its plane throws what the work threw
 *
 * Before anything was published there is nothing that a small batch could change, so every batch is added
 * to the job. What is added is worked out with pauses as long as it becomes less, and then at once; so a
 * job has an end, however much keeps coming.
 */
export const stepAgenda = (options: PlaneOptions, most: number) => {
  const step = stepPlane(options);
  const make = making(options.translation);

  function* workedOut(before: () => Known, batches: readonly Batch[]): Work<AgendaEvent> {
    try {
      const known = yield* learnt(make, before(), batches.flatMap(kubeEvents), most);
      return { _tag: 'WorkedOut', known };
    } catch (error) {
      return { _tag: 'Failed', error };
    }
  }

  const begun = (plane: Agenda['plane'], batch: Batch): AgendaStep => ({
    agenda: { plane, job: { batch, later: [], added: Infinity, next: [] } },
    work: workedOut(plane, [batch]),
  });

  const dueAfter = (before: Agenda['plane'], batch: Batch, ahead?: () => Known): Due => ({
    ...batch,
    plane: lazily(() => step(before(), batch, ahead?.())),
  });

  const came = ({ plane, job }: Agenda, batch: Batch): AgendaStep => {
    const now = plane();
    if (job !== undefined && now.published === undefined)
      return { agenda: { plane, job: { ...job, later: [...job.later, batch] } } };
    if (isLarge(now, batch, most))
      return job === undefined
        ? begun(plane, batch)
        : { agenda: { plane, job: { ...job, next: [...job.next, batch] } } };
    const due = dueAfter(plane, batch);
    return { agenda: { plane: due.plane, ...(job && { job: withOnceMore(job, batch) }) }, due };
  };

  const done = (plane: Agenda['plane'], job: Job, ahead: () => Known): AgendaStep => {
    const due = dueAfter(plane, merged(job.batch, job.later), ahead);
    const [next, ...others] = job.next;
    return next === undefined
      ? { agenda: { plane: due.plane }, due }
      : { ...begun(due.plane, merged(next, others)), due };
  };

  const worked = (plane: Agenda['plane'], job: Job, known: Known): AgendaStep => {
    const { batch, later, added } = job;
    if (later.length === 0) return done(plane, job, () => known);
    const events = later.flatMap(kubeEvents);
    const isLast =
      plane().published !== undefined && (events.length <= most || events.length >= added);
    if (isLast) return done(plane, job, () => finish(learnt(make, known, events, most)));
    const rest: Job = { ...job, batch: merged(batch, later), later: [], added: events.length };
    return { agenda: { plane, job: rest }, work: workedOut(() => known, later) };
  };

  return (agenda: Agenda, event: AgendaEvent): AgendaStep => {
    const { plane, job } = agenda;
    if (event._tag === 'Came') return came(agenda, event.batch);
    if (job === undefined) return { agenda };
    if (event._tag === 'WorkedOut') return worked(plane, job, event.known);
    return done(plane, job, () => {
      throw event.error;
    });
  };
};

/** Before anything was published, the list of the last kind sets everything else to work. */
const isLarge = ({ store, published }: Plane, batch: Batch, most: number): boolean =>
  weightOf(store, kubeEvents(batch)) + (published === undefined ? sizeOf(store) : 0) > most;

const sizeOf = ({ objects }: Plane['store']): number =>
  Object.values(objects).reduce((sum, { size }) => sum + size, 0);

/** What Envoys say in a small batch is heard once. */
const withOnceMore = (job: Job, batch: Batch): Job => {
  const events = kubeEvents(batch);
  if (!isNonEmpty(events)) return job;
  const again: Batch = { at: batch.at, events };
  const next = job.next.length === 0 ? [] : [...job.next, again];
  return { ...job, later: [...job.later, again], next };
};
