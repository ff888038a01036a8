import { get, set } from '../collection/collection.ts';
import type { Disconnected, Verdict } from '../xds/session/discovery.ts';
import { sentUnder } from '../xds/sent.ts';
import {
  counted,
  refusing,
  streamOf,
  withoutStream,
  withVerdict,
  type Answer,
  type Answers,
} from './answers.ts';
import { judged, type Quarantine } from './quarantine.ts';

/** What every connected Envoy says, and what follows from it for objects. */
export interface Hearing {
  readonly quarantine: Quarantine;
  readonly answers: Answers;
}

/**
 * The hearing after an Envoy has answered or is gone, at a time by the clock of the batches. What is gone
 * has no vote, so what the others refuse may count now.
 */
export const heard = (before: Hearing, event: Verdict | Disconnected, at: number): Hearing => {
  const { quarantine, answers } = before;
  if (event._tag === 'Disconnected') {
    const rest = withoutStream(answers, String(event.stream));
    if (rest === answers) return before;
    return refusing(rest).reduce((hearing, [stream]) => decided(hearing, stream, at), {
      quarantine,
      answers: rest,
    });
  }
  const about = sentUnder(quarantine.sent, event.seq) ?? quarantine.sent.at(-1);
  if (about === undefined) return before;
  const now = withVerdict(answers, event, about.ir, at);
  return decided({ quarantine, answers: now }, streamOf(event), at);
};

/** Judges an answer if something is decided by it, and once only. */
const decided = (before: Hearing, stream: string, at: number): Hearing => {
  const { quarantine, answers } = before;
  const answer = get(answers, stream);
  if (answer === undefined || answer.state !== 'New') return before;
  const refused = counted(answers, stream, at);
  if (refused === undefined || sentUnder(quarantine.sent, answer.seq) === undefined) return before;
  const after = judged(quarantine, { seq: answer.seq, refused });
  const isOver = after.convicted === quarantine.convicted && after.waiting.length === 0;
  const isLatest = quarantine.sent.at(-1)?.seq === answer.seq;
  const state = refused.length > 0 && isOver && isLatest ? 'Unexplained' : 'Judged';
  return { quarantine: after, answers: settledAs(answers, stream, answer, state) };
};

/** The answer, and the same one of every other Envoy, is judged. */
const settledAs = (
  answers: Answers,
  stream: string,
  answer: Answer,
  state: Answer['state'],
): Answers =>
  refusing(answers)
    .filter(([, { refused }]) => [...answer.refused.keys()].some((version) => refused.has(version)))
    .reduce(
      (all, [other, same]) => set(all, other, { ...same, state }),
      set(answers, stream, { ...answer, state }),
    );
