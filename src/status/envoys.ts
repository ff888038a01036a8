import { empty, remove, set, type Collection } from '../collection/collection.ts';
import { fold } from '../collection/operator/fold.ts';
import type { ObjectRef } from '../ir/object-ref.ts';

/** The connected Envoys, by the number of their stream. */
export type Envoys = Collection<string, Answer>;

/** How far one Envoy is, and the objects behind what it refused, each with Envoy's message. */
export interface Answer {
  /** The number of the publication that it answered last; 0 before its first answer. */
  readonly seq: number;
  /** The lowest number that it may answer next. */
  readonly owes: number;
  readonly refused: ReadonlyMap<ObjectRef, string>;
}

/** No Envoy is connected. */
export const noEnvoys: Envoys = empty();

/** The Envoys after one has answered, or without it. */
export const withEnvoy = (envoys: Envoys, stream: number, answer: Answer | undefined): Envoys =>
  answer === undefined ? remove(envoys, String(stream)) : set(envoys, String(stream), answer);

/** The number up to which every connected Envoy has answered; 0 if none is connected. */
export const levelOf = (envoys: Envoys): number => (envoys.size === 0 ? 0 : leastAnswered(envoys));

/** The lowest number that a connected Envoy may still answer; `Infinity` if none is connected. */
export const owedBy = (envoys: Envoys): number =>
  envoys.size === 0 ? Infinity : leastOwed(envoys);

const least = (seqs: readonly number[]): number => Math.min(...seqs);

const leastAnswered = fold<string, Answer, number>(({ seq }) => seq, least);

const leastOwed = fold<string, Answer, number>(({ owes }) => owes, least);

/** Whether any Envoy refuses anything. */
export const refuseSomething = (envoys: Envoys): boolean => refusalsOf(envoys).length > 0;

/** Envoy's message about a refused resource that was made of an object, if there is one. */
export const refusalOf = (envoys: Envoys, object: ObjectRef): string | undefined => {
  for (const refused of refusalsOf(envoys)) {
    const message = refused.get(object);
    if (message !== undefined) return message;
  }
  return undefined;
};

/** The refusals of each Envoy that refuses anything; there are few. */
const refusalsOf = fold<string, Answer, readonly Answer['refused'][]>(
  ({ refused }) => (refused.size === 0 ? [] : [refused]),
  (lists) => lists.flat(),
);
