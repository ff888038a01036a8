import {
  empty,
  entries,
  get,
  remove,
  set,
  values,
  type Collection,
} from '../collection/collection.ts';
import { fold } from '../collection/operator/fold.ts';
import type { Ir } from '../ir/ir.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import { blamed } from '../xds/blamed.ts';
import type { Refusal, Verdict } from '../xds/session/discovery.ts';
import { isUnbound } from '../xds/session/retry.ts';
import { TypeUrl } from '../xds/type-url.ts';

/** What each connected Envoy answered last, by its stream. */
export type Answers = Collection<string, Answer>;

/** What one Envoy made of the last publication that it answered. */
export interface Answer {
  readonly node: string;
  /** Whether it is on another machine. */
  readonly isRemote: boolean;
  readonly seq: number;
  /** What it refuses because of what it says, by resource and version; at most `mostKept`. */
  readonly refused: ReadonlyMap<string, Refused>;
  /** The types that it has no say about. */
  readonly unasked: readonly string[];
  /** Listeners that it could not bind. */
  readonly unbound: readonly Refusal[];
  /** The objects behind the first of all these refusals. */
  readonly behind: readonly Blame[];
  /** When it began to refuse something, by the clock of the batches. */
  readonly since: number;
  /**
   * Whether the quarantine has judged it. `Unexplained`: it has, and there is no suspect, because all that is
   * refused had been accepted before.
   */
  readonly state: 'New' | 'Judged' | 'Unexplained';
}

/** A refusal, and the first publication in a row that was answered with it. */
interface Refused {
  readonly refusal: Refusal;
  readonly from: number;
}

/** A refusal and the objects behind it. */
interface Blame {
  readonly refusal: Refusal;
  readonly objects: readonly ObjectRef[];
}

/** Nobody has answered. */
export const noAnswers: Answers = empty();

/** The stream of a verdict; journals of older versions know only the node. */
export const streamOf = ({ stream, node }: Pick<Verdict, 'stream' | 'node'>): string =>
  stream === undefined ? node : String(stream);

/** The answers after a verdict; `ir` is what the verdict is about. */
export const withVerdict = (answers: Answers, verdict: Verdict, ir: Ir, at: number): Answers => {
  const { node, client, seq } = verdict;
  const before = get(answers, streamOf(verdict));
  const unbound = verdict.refused.filter(isUnbound).slice(0, mostKept);
  const others = verdict.refused.filter((one) => !isUnbound(one)).slice(0, mostKept);
  const refused = new Map(
    others.map((refusal) => {
      const version = versionOf(refusal);
      return [version, { refusal, from: before?.refused.get(version)?.from ?? seq }];
    }),
  );
  const isSame = before?.seq === seq && hasSameKeys(before.refused, refused);
  const goesOn = before !== undefined && before.refused.size > 0;
  return set(answers, streamOf(verdict), {
    node,
    isRemote: client !== undefined,
    seq,
    refused,
    unasked: verdict.unasked ?? [],
    unbound,
    behind: [...unbound, ...others]
      .slice(0, mostExplained)
      .map((refusal) => ({ refusal, objects: blamed(ir, refusal).slice(0, mostBlamed) })),
    since: goesOn ? before.since : at,
    state: isSame ? before.state : 'New',
  });
};

/** The answers without those of an Envoy that is gone. */
export const withoutStream = (answers: Answers, stream: string): Answers => remove(answers, stream);

/**
 * Bounds of what is kept of one Envoy: refusals, those of which the objects are looked for, and objects of
 * each of these. What a client says costs no more than that, whoever it is.
 */
const mostKept = 1_000;
const mostExplained = 16;
const mostBlamed = 250;

const versionOf = ({ typeUrl, name, version }: Refusal): string => `${typeUrl} ${name} ${version}`;

const hasSameKeys = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): boolean => before.size === after.size && [...after.keys()].every((key) => before.has(key));

/**
 * What counts of an answer: `undefined` if nothing is decided by it, no refusal if it is a yes.
 *
 * A refusal counts when every Envoy that has a vote refuses the same: what one of them accepts is good, and
 * who refuses it does without it. So no single Envoy, of another version or broken, takes an object from
 * those that serve it. The Envoys of this machine have a vote, and if none is connected, all have one: who may
 * connect from elsewhere cannot outvote the Envoy beside us.
 */
export const counted = (
  answers: Answers,
  stream: string,
  at: number,
): readonly Refusal[] | undefined => {
  const answer = get(answers, stream);
  if (answer === undefined || !hasVote(answers, answer)) return undefined;
  if (answer.refused.size === 0) return isWhole(answer) || !areAnyWhole(answers) ? [] : undefined;
  const isMute = ({ seq }: Answer): boolean => seq < answer.seq && at - answer.since > patience;
  const others = [...values(answers)].filter(
    (other) => other !== answer && hasVote(answers, other) && !isMute(other),
  );
  const all = [...answer.refused.values()].flatMap(({ refusal }) =>
    others.every((other) => !takes(other, refusal)) ? [refusal] : [],
  );
  return all.length === 0 ? undefined : all;
};

/** What counts of the answers that are about this publication, if any counts. */
export const countedAbout = (
  answers: Answers,
  seq: number,
  at: number,
): readonly Refusal[] | undefined =>
  [...entries(answers)]
    .filter(([, answer]) => answer.seq === seq)
    .map(([stream]) => counted(answers, stream, at))
    .find((refused) => refused !== undefined);

/** Whether a yes is one to everything. */
const isWhole = ({ unasked, unbound }: Answer): boolean =>
  unasked.length === 0 && unbound.length === 0;

const areAnyWhole = (answers: Answers): boolean =>
  [...values(answers)].some((answer) => hasVote(answers, answer) && isWhole(answer));

/** How long an Envoy that does not answer is waited for, in milliseconds. */
const patience = 30_000;

const hasVote = (answers: Answers, { isRemote }: Answer): boolean => !isRemote || !hasOwn(answers);

const hasOwn = fold<string, Answer, boolean>(
  ({ isRemote }) => !isRemote,
  (parts) => parts.some(Boolean),
);

/**
 * Whether an Envoy takes what another one refuses. What it never asked for says nothing, and neither does its
 * yes to what only listeners use while it has to do without one: it does not look at it.
 */
const takes = (other: Answer, refusal: Refusal): boolean =>
  !other.refused.has(versionOf(refusal)) &&
  !other.unasked.includes(refusal.typeUrl) &&
  !(ofListeners.includes(refusal.typeUrl) && lacksListener(other));

const lacksListener = ({ unbound, refused }: Answer): boolean =>
  unbound.length > 0 ||
  [...refused.values()].some(({ refusal }) => refusal.typeUrl === TypeUrl.Listener);

const ofListeners: readonly TypeUrl[] = [
  TypeUrl.Routes,
  TypeUrl.ScopedRoutes,
  TypeUrl.Extension,
  TypeUrl.Secret,
];

/**
 * Whether a connected Envoy takes what this one refuses: it has answered what was published when this one
 * began to refuse it.
 */
export const isTakenElsewhere = (
  answers: Answers,
  { refused }: Answer,
  refusal: Refusal,
): boolean => {
  const from = refused.get(versionOf(refusal))?.from ?? Infinity;
  return [...values(answers)].some((other) => other.seq >= from && takes(other, refusal));
};

/** The answers that refuse anything, with their streams; hardly ever any. */
export const refusing = fold<string, Answer, readonly (readonly [string, Answer])[]>(
  (answer, stream) => (answer.refused.size + answer.unbound.length === 0 ? [] : [[stream, answer]]),
  (lists) => lists.flat(),
);
