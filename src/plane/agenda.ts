import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js';

import { finish, type Work } from '../collection/work.ts';
import { worldEvents, merged, type Batch } from '../journal/batch.ts';
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
  /**
   * The plane after the batch. It is worked out by the first call, so the batch can be written into the
   * journal before that.
   */
  readonly plane: () => Plane;
}

interface Job {
  /** The batch that is worked out, with what was added to it so far. */
  readonly batch: Batch;
  /** Batches that came during the work and are not worked out yet. */
  readonly later: readonly Batch[];
  /** How many events were added last; `Infinity` before that. */
  readonly added: number;
  /** The batches of the next job: the first large one that came meanwhile, and all that came after it. */
  readonly next: readonly Batch[];
}

/** What an agenda is told: a batch came, the work of its job is done, or that work threw an error. */
export type AgendaEvent =
  | { readonly _tag: 'Came'; readonly batch: Batch }
  | { readonly _tag: 'WorkedOut'; readonly known: Known }
  | { readonly _tag: 'Failed'; readonly error: unknown };

/** The agenda after an event, the batch that takes effect now, and the work that begins after that. */
export interface AgendaStep {
  readonly agenda: Agenda;
  readonly due?: Due;
  /** Does not throw: an error is the event `Failed`. */
  readonly work?: Work<AgendaEvent>;
}

/** The agenda before the first batch. */
export const newAgenda = (options: PlaneOptions): Agenda => ({ plane: () => newPlane(options) });

/**
 * Advances an agenda; a batch about more than `most` objects is large.
 *
 *     no job     a small batch came       it takes effect
 *     no job     a large batch came       its job begins
 *     a job      a small batch came       it takes effect; it is also added to the job, which may know
 *                                         older versions of the same objects, and to the next job, if any
 *     a job      a large batch came       it is added to the next job
 *     a job      the work is done         if batches were added, work on them begins; if not, the batch of
 *                                         the job takes effect, and the next job begins
 *     a job      the work has failed      the batch of the job takes effect, with a plane that throws the
 *                                         error; the next job begins
 *
 * Before the first publication a small batch has nothing to change, so every batch is added to the job.
 * After it, added batches are worked out with pauses only if they are large and hold fewer events than
 * those added before, else without pauses: so a job has an end, however many batches keep coming.
 */
export const stepAgenda = (options: PlaneOptions, most: number) => {
  const step = stepPlane(options);
  const make = making(options.translation);

  function* workOut(before: () => Known, batches: readonly Batch[]): Work<AgendaEvent> {
    try {
      const known = yield* learnt(make, before(), batches.flatMap(worldEvents), most);
      return { _tag: 'WorkedOut', known };
    } catch (error) {
      return { _tag: 'Failed', error };
    }
  }

  const begun = (plane: Agenda['plane'], batch: Batch): AgendaStep => ({
    agenda: { plane, job: { batch, later: [], added: Infinity, next: [] } },
    work: workOut(plane, [batch]),
  });

  const dueAfter = (before: Agenda['plane'], batch: Batch, ahead?: () => Known): Due => ({
    ...batch,
    plane: lazily(() => step(before(), batch, ahead?.())),
  });

  const afterBatch = ({ plane, job }: Agenda, batch: Batch): AgendaStep => {
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

  const jobEnds = (plane: Agenda['plane'], job: Job, ahead: () => Known): AgendaStep => {
    const due = dueAfter(plane, merged(job.batch, job.later), ahead);
    const [next, ...others] = job.next;
    return next === undefined
      ? { agenda: { plane: due.plane }, due }
      : { ...begun(due.plane, merged(next, others)), due };
  };

  const afterWork = (plane: Agenda['plane'], job: Job, known: Known): AgendaStep => {
    const { batch, later, added } = job;
    if (later.length === 0) return jobEnds(plane, job, () => known);
    const events = later.flatMap(worldEvents);
    const isLast =
      plane().published !== undefined && (events.length <= most || events.length >= added);
    if (isLast) return jobEnds(plane, job, () => finish(learnt(make, known, events, most)));
    const longer: Job = { ...job, batch: merged(batch, later), later: [], added: events.length };
    return { agenda: { plane, job: longer }, work: workOut(() => known, later) };
  };

  return (agenda: Agenda, event: AgendaEvent): AgendaStep => {
    const { plane, job } = agenda;
    if (event._tag === 'Came') return afterBatch(agenda, event.batch);
    if (job === undefined) return { agenda };
    if (event._tag === 'WorkedOut') return afterWork(plane, job, event.known);
    return jobEnds(plane, job, () => {
      throw event.error;
    });
  };
};

/**
 * Whether a batch is about many objects. Before the first publication the objects that are known count too:
 * with the list of the last kind all of them are translated.
 */
const isLarge = ({ store, published }: Plane, batch: Batch, most: number): boolean =>
  weightOf(store, worldEvents(batch)) + (published === undefined ? sizeOf(store) : 0) > most;

const sizeOf = ({ objects }: Plane['store']): number =>
  Object.values(objects).reduce((sum, { size }) => sum + size, 0);

/** Adds what a small batch says of the cluster to a job. Its verdicts count once, when it takes effect. */
const withOnceMore = (job: Job, batch: Batch): Job => {
  const events = worldEvents(batch);
  if (!isNonEmpty(events)) return job;
  const again: Batch = { at: batch.at, events };
  const next = job.next.length === 0 ? [] : [...job.next, again];
  return { ...job, later: [...job.later, again], next };
};
