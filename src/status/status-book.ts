import {
  empty,
  entries,
  has,
  remove,
  set,
  get,
  settledWork,
  type Collection,
} from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { editOf, latest } from '../collection/edit.ts';
import { fold } from '../collection/fold.ts';
import { workEach, type Work } from '../collection/work.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import { blame } from '../translate/blame.ts';
import type { Refusal } from '../xds/discovery.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';
import { statusOf, type ObjectStatus } from './object-status.ts';
import { type OutcomeGraph, type Translated } from './outcomes.ts';

/** What bears on what owners are told. */
export type StatusEvent =
  | (Translated & { readonly _tag: 'Published'; readonly seq: number })
  /** An Envoy opened a stream. */
  | { readonly _tag: 'Opened'; readonly stream: number }
  | { readonly _tag: 'Closed'; readonly stream: number }
  /** An Envoy has answered all of a snapshot. */
  | {
      readonly _tag: 'Answered';
      readonly stream: number;
      readonly seq: number;
      readonly refused: readonly Refusal[];
    }
  /** What was published under this number has waited long enough; `finally` also for a first Envoy. */
  | { readonly _tag: 'Overdue'; readonly seq: number; readonly finally: boolean };

/** What owners can be told at any moment. */
export interface StatusBook {
  readonly latest?: Translated;
  readonly graph?: OutcomeGraph;
  /** Changed, not acknowledged, and not told yet. */
  readonly fresh: Collection<ObjectRef, Wait>;
  /** Not acknowledged either, and told so. */
  readonly late: Collection<ObjectRef, Wait>;
  readonly envoys: Envoys;
  /** Whether any Envoy has ever answered. */
  readonly acquainted: boolean;
}

/** An object waits since it first changed untold, for an answer to what it changed to last. */
interface Wait {
  readonly since: number;
  readonly seq: number;
}

/** The connected Envoys, by the number of their stream. */
type Envoys = Collection<string, Answer>;

/** How far one Envoy is, and the objects behind what it refused, each with what it said. */
interface Answer {
  readonly seq: number;
  readonly refused: ReadonlyMap<ObjectRef, string>;
}

/** A book after an event, and the objects whose owners are to be told now. */
export interface Telling {
  readonly book: StatusBook;
  readonly due: readonly ObjectRef[];
}

/** Nothing is known yet. */
export const newBook: StatusBook = {
  fresh: empty(),
  late: empty(),
  envoys: empty(),
  acquainted: false,
};

/** Finds outcomes by change, as `outcomesFor` does. */
export type Outcomes = (
  previous: OutcomeGraph | undefined,
  translated: Translated,
) => Work<OutcomeGraph>;

/** Advances the book by one event, at the cost of what changed and what waits. */
export const stepBook = (outcomes: Outcomes) =>
  function* (book: StatusBook, event: StatusEvent): Work<Telling> {
    switch (event._tag) {
      case 'Published':
        return yield* published(book, event, yield* outcomes(book.graph, event));
      case 'Opened':
        return { book: withEnvoy(book, event.stream, { seq: 0, refused: new Map() }), due: [] };
      case 'Closed':
        return settled(book, withEnvoy(book, event.stream, undefined));
      case 'Answered': {
        const refused = blamed(book, event.refused);
        const answered = withEnvoy(book, event.stream, { seq: event.seq, refused });
        return settled(book, { ...answered, acquainted: true }, refused);
      }
      case 'Overdue':
        return book.acquainted || event.finally ? overdue(book, event.seq) : { book, due: [] };
    }
  };

/** What the owner of an object is to be told now; nothing for an object that is gone or not ours. */
export const statusIn = (book: StatusBook, object: ObjectRef): ObjectStatus | undefined => {
  const outcome = outcomeIn(book, object);
  return outcome === undefined ? undefined : statusOf(outcome, acknowledgementOf(book, object));
};

/** What became of an object, apart from the Envoys. */
export const outcomeIn = ({ graph }: StatusBook, object: ObjectRef): Outcome | undefined =>
  graph === undefined ? undefined : get(graph.outcomes.output, object);

/** Whether an object is better told in a moment, because its Envoys may still answer. */
export const isFresh = ({ fresh }: StatusBook, object: ObjectRef): boolean => has(fresh, object);

function* published(
  book: StatusBook,
  { seq, store, translation }: Extract<StatusEvent, { _tag: 'Published' }>,
  graph: OutcomeGraph,
): Work<Telling> {
  const isAnswered = seq <= levelOf(book.envoys);
  const before = book.graph?.outcomes.output ?? empty<ObjectRef, Outcome>();
  const changes = diff(before, graph.outcomes.output);
  const isSettled = ({ after }: { after?: Outcome }): boolean => after === undefined || isAnswered;
  const waits = yield* workEach(changes, (change) =>
    editOf(
      change.key,
      isSettled(change) ? undefined : { since: get(book.fresh, change.key)?.since ?? seq, seq },
    ),
  );
  const removals = yield* workEach(changes, ({ key }) => editOf<ObjectRef, Wait>(key, undefined));
  const fresh = yield* settledWork(book.fresh, waits, theLast);
  const late = yield* settledWork(book.late, removals, theLast);
  const due = changes.filter(isSettled).map(({ key }) => key);
  return { book: { ...book, latest: { store, translation }, graph, fresh, late }, due };
}

const theLast = latest<Wait>(Object.is);

const withEnvoy = (book: StatusBook, stream: number, answer: Answer | undefined): StatusBook => ({
  ...book,
  envoys:
    answer === undefined
      ? remove(book.envoys, String(stream))
      : set(book.envoys, String(stream), answer),
});

/**
 * Tells those that every Envoy has answered; and late ones that an Envoy refused just now.
 *
 * Of many Envoys only the last one settles anything, or one that had refused something.
 */
const settled = (
  before: StatusBook,
  book: StatusBook,
  refusedNow: Answer['refused'] = new Map(),
): Telling => {
  const level = levelOf(book.envoys);
  let { fresh, late } = book;
  const due = [...refusedNow.keys()].filter((object) => has(late, object));
  if (level <= levelOf(before.envoys) && refusalsOf(before.envoys).length === 0)
    return { book, due };
  for (const [object, { seq }] of [...entries(book.fresh), ...entries(book.late)])
    if (seq <= level && refusalOf(book, object) === undefined) {
      fresh = remove(fresh, object);
      late = remove(late, object);
      due.push(object);
    }
  return { book: { ...book, fresh, late }, due };
};

const overdue = (book: StatusBook, seq: number): Telling => {
  let { fresh, late } = book;
  const due: ObjectRef[] = [];
  for (const [object, wait] of entries(book.fresh))
    if (wait.since <= seq) {
      fresh = remove(fresh, object);
      late = set(late, object, wait);
      due.push(object);
    }
  return { book: { ...book, fresh, late }, due };
};

/** The number up to which every connected Envoy has answered; without any, nobody has. */
const levelOf = (envoys: Envoys): number => (envoys.size === 0 ? 0 : leastOf(envoys));

const leastOf = fold<string, Answer, number>(
  ({ seq }) => seq,
  (seqs) => Math.min(...seqs),
);

/** What Envoys refuse, one list for each that refuses anything; they are few. */
const refusalsOf = fold<string, Answer, readonly Answer['refused'][]>(
  ({ refused }) => (refused.size === 0 ? [] : [refused]),
  (lists) => lists.flat(),
);

const acknowledgementOf = (book: StatusBook, object: ObjectRef): Acknowledgement => {
  if (!has(book.fresh, object) && !has(book.late, object)) return { _tag: 'Acknowledged' };
  const message = refusalOf(book, object);
  return message === undefined ? { _tag: 'Awaited' } : { _tag: 'Refused', message };
};

const refusalOf = ({ envoys }: StatusBook, object: ObjectRef): string | undefined => {
  for (const refused of refusalsOf(envoys)) {
    const message = refused.get(object);
    if (message !== undefined) return message;
  }
  return undefined;
};

const blamed = ({ latest }: StatusBook, refused: readonly Refusal[]): Answer['refused'] =>
  new Map(
    latest === undefined
      ? []
      : refused.flatMap((refusal) =>
          blame(latest.translation.ir, refusal).map(
            (object) => [object, `Envoy refused ${refusal.name}: ${refusal.message}`] as const,
          ),
        ),
  );
