import {
  empty,
  entries,
  has,
  remove,
  set,
  get,
  settledWork,
  values,
  withEdits,
  type Change,
  type Collection,
} from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { editOf, latest } from '../collection/edit.ts';
import { removals } from '../collection/removals.ts';
import { workEach, type Work } from '../collection/work.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import { blamed } from '../xds/blamed.ts';
import { sentSince, sentUnder, withSent, type Sent } from '../xds/sent.ts';
import type { Refusal } from '../xds/session/discovery.ts';
import { asksNothing } from './asks-nothing.ts';
import {
  levelOf,
  noEnvoys,
  owedBy,
  refusalOf,
  refuseSomething,
  withEnvoy,
  type Answer,
  type Envoys,
} from './envoys.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';
import { type OutcomeGraph, type Translated } from './outcomes.ts';
import { isUnread, statusFor, type Status } from './status.ts';

/** Everything that can change a status. */
export type StatusEvent =
  | (Translated & { readonly _tag: 'Published'; readonly seq: number })
  /** An Envoy opened a stream. */
  | { readonly _tag: 'Opened'; readonly stream: number }
  | { readonly _tag: 'Closed'; readonly stream: number }
  | Answered
  /**
   * Publication `seq` has waited long enough for answers; with `finally` also for a first Envoy.
   */
  | { readonly _tag: 'Overdue'; readonly seq: number; readonly finally: boolean };

/** An Envoy has answered all of a snapshot. */
interface Answered {
  readonly _tag: 'Answered';
  readonly stream: number;
  readonly seq: number;
  readonly refused: readonly Refusal[];
}

/** Everything that the statuses follow from. */
export interface StatusBook {
  /** The publications that Envoys may still answer, and the last one. */
  readonly sent: readonly Sent[];
  readonly graph?: OutcomeGraph;
  /** Objects that changed, are not acknowledged, and whose status has not been reported since. */
  readonly fresh: Collection<ObjectRef, Wait>;
  /** Objects that are not acknowledged either, and whose status says so. */
  readonly late: Collection<ObjectRef, Wait>;
  readonly envoys: Envoys;
  /** Refusals of publications that have not arrived here yet, by the number of the stream. */
  readonly early: Collection<string, Answered>;
  /** Whether any Envoy has ever answered. */
  readonly acquainted: boolean;
}

/** An object waits since its first unreported change, for an answer to its last change. */
interface Wait {
  readonly since: number;
  readonly seq: number;
}

/** The book after an event, and the objects whose status is to be reported now. */
export interface BookStep {
  readonly book: StatusBook;
  readonly due: readonly ObjectRef[];
}

/** The book before anything is known. */
export const newBook: StatusBook = {
  sent: [],
  fresh: empty(),
  late: empty(),
  envoys: noEnvoys,
  early: empty(),
  acquainted: false,
};

/** Finds outcomes by change, as `outcomesFor` does. */
export type Outcomes = (
  previous: OutcomeGraph | undefined,
  translated: Translated,
) => Work<OutcomeGraph>;

/** Advances the book by one event, at the cost of what changed and what waits. */
export const stepBook = (outcomes: Outcomes) =>
  function* (book: StatusBook, event: StatusEvent): Work<BookStep> {
    switch (event._tag) {
      case 'Published': {
        const first = yield* published(book, event, yield* outcomes(book.graph, event));
        return [...values(book.early)]
          .filter(({ seq }) => seq === event.seq)
          .reduce(andThen, first);
      }
      case 'Opened': {
        const answer: Answer = { seq: 0, owes: lastSeq(book), refused: new Map() };
        return { book: { ...book, envoys: withEnvoy(book.envoys, event.stream, answer) }, due: [] };
      }
      case 'Closed':
        return settled(book, after(book, event.stream, undefined));
      case 'Answered':
        return answered(book, event);
      case 'Overdue':
        return book.acquainted || event.finally ? overdue(book, event.seq) : { book, due: [] };
    }
  };

/** The status to report for an object now; `undefined` for one that is gone, or unknown whose. */
export const statusIn = (book: StatusBook, object: ObjectRef): Status | undefined => {
  const outcome = outcomeIn(book, object);
  return outcome === undefined || isUnread(outcome)
    ? undefined
    : statusFor(outcome, acknowledgementOf(book, object));
};

/** What became of an object, apart from the answers of Envoys. */
export const outcomeIn = ({ graph }: StatusBook, object: ObjectRef): Outcome | undefined =>
  graph === undefined ? undefined : get(graph.outcomes.output, object);

/** Whether the status of an object is better reported later, because Envoys may still answer. */
export const isFresh = ({ fresh }: StatusBook, object: ObjectRef): boolean => has(fresh, object);

function* published(
  book: StatusBook,
  { seq, translation }: Extract<StatusEvent, { _tag: 'Published' }>,
  graph: OutcomeGraph,
): Work<BookStep> {
  const isAnswered = seq <= levelOf(book.envoys);
  const before = book.graph?.outcomes.output ?? empty<ObjectRef, Outcome>();
  const changes = diff(before, graph.outcomes.output);
  const waitOf = (change: Change<ObjectRef, Outcome>): Wait | undefined => {
    const wait = get(book.fresh, change.key);
    if (asksNothing(change)) return wait;
    if (change.after === undefined || isAnswered) return undefined;
    return { since: wait?.since ?? seq, seq };
  };
  const waits = yield* workEach(changes, (change) => editOf(change.key, waitOf(change)));
  const lateOnes = yield* workEach(changes, (change) =>
    editOf(change.key, asksNothing(change) ? get(book.late, change.key) : undefined),
  );
  const fresh = yield* settledWork(book.fresh, waits, theLast);
  const late = yield* settledWork(book.late, lateOnes, theLast);
  const due = changes.filter(({ key }) => !has(fresh, key)).map(({ key }) => key);
  const sent = owed(withSent(book.sent, { seq, ir: translation.ir }), book.envoys);
  return { book: { ...book, sent, graph, fresh, late }, due };
}

const theLast = latest<Wait>(Object.is);

const andThen = ({ book, due }: BookStep, event: Answered): BookStep => {
  const next = answered(book, event);
  return { book: next.book, due: [...due, ...next.due] };
};

/** A refusal waits until its publication is known; one of a forgotten publication is ignored. */
const answered = (book: StatusBook, event: Answered): BookStep => {
  const { stream, seq } = event;
  const about = sentUnder(book.sent, seq);
  if (about === undefined && event.refused.length > 0) {
    const isEarly = seq > lastSeq(book);
    const early = isEarly ? set(book.early, String(stream), event) : book.early;
    return { book: { ...book, early }, due: [] };
  }
  const refused = messages(about, event.refused);
  const next = after(book, stream, { seq, owes: seq, refused });
  return settled(book, { ...next, acquainted: true }, refused);
};

/** The book after an Envoy answered or left; publications that nobody can answer are forgotten. */
const after = (book: StatusBook, stream: number, answer: Answer | undefined): StatusBook => {
  const envoys = withEnvoy(book.envoys, stream, answer);
  const early = remove(book.early, String(stream));
  return { ...book, envoys, early, sent: owed(book.sent, envoys) };
};

/** The publications that may still be answered; the last one by an Envoy that connects later. */
const owed = (sent: readonly Sent[], envoys: Envoys): readonly Sent[] =>
  sentSince(sent, Math.min(owedBy(envoys), sent.at(-1)?.seq ?? 0));

const lastSeq = ({ sent }: StatusBook): number => sent.at(-1)?.seq ?? 0;

/**
 * Reports the objects that every Envoy has answered, and late ones that an Envoy refused just now.
 *
 * Of many Envoys, only the last one to answer can settle an object, or one that had refused
 * something.
 */
const settled = (
  before: StatusBook,
  book: StatusBook,
  refusedNow: Answer['refused'] = new Map(),
): BookStep => {
  const level = levelOf(book.envoys);
  const blamedLate = [...refusedNow.keys()].filter((object) => has(book.late, object));
  if (level <= levelOf(before.envoys) && !refuseSomething(before.envoys))
    return { book, due: blamedLate };
  const acknowledged = [...entries(book.fresh), ...entries(book.late)].flatMap(
    ([object, { seq }]) =>
      seq <= level && refusalOf(book.envoys, object) === undefined ? [object] : [],
  );
  const fresh = withEdits(book.fresh, removals(acknowledged));
  const late = withEdits(book.late, removals(acknowledged));
  return { book: { ...book, fresh, late }, due: [...blamedLate, ...acknowledged] };
};

const overdue = (book: StatusBook, seq: number): BookStep => {
  const waits = [...entries(book.fresh)].filter(([, { since }]) => since <= seq);
  const due = waits.map(([object]) => object);
  const fresh = withEdits(book.fresh, removals(due));
  const late = withEdits(
    book.late,
    waits.map(([object, wait]) => editOf(object, wait)),
  );
  return { book: { ...book, fresh, late }, due };
};

const acknowledgementOf = (book: StatusBook, object: ObjectRef): Acknowledgement => {
  if (!has(book.fresh, object) && !has(book.late, object)) return { _tag: 'Acknowledged' };
  const message = refusalOf(book.envoys, object);
  return message === undefined ? { _tag: 'Awaited' } : { _tag: 'Refused', message };
};

/** The objects behind what was refused, each with Envoy's message. */
const messages = (about: Sent | undefined, refused: readonly Refusal[]): Answer['refused'] =>
  new Map(
    about === undefined
      ? []
      : refused.flatMap((refusal) =>
          blamed(about.ir, refusal).map(
            (object) => [object, `Envoy refused ${refusal.name}: ${refusal.message}`] as const,
          ),
        ),
  );
