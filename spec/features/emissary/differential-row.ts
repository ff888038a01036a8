import type { ExecutionContext } from 'ava';

import type { Gateway } from '../../_support/envoy/a-gateway.ts';
import type { Answer, Question } from '../../_support/envoy/ask.ts';

/**
 * What Emissary's own compiler makes of an input, beside what a real Envoy answers here. Where the two
 * differ, `docs/differences-from-emissary.md` says why.
 */
export interface Row {
  /** Manifests, each by itself in a file. */
  readonly input: string;
  readonly ask: Partial<Question>;
  /** What Emissary answers, where it is something else. */
  readonly emissary?: string;
  /** The status here, or what is looked at in the answer. */
  readonly ours: number | ((answer: Answer) => unknown);
  /** What is found there. */
  readonly gives?: unknown;
  /** The fields of the object that a problem names. */
  readonly told?: readonly [object: string, ...fields: string[]];
}

/** What a row says: the input, and what Emissary answers. */
export const titleOf = (title: string, { emissary = 'the same' }: Row): string =>
  `${title} (Emissary: ${emissary})`;

/** Applies the input of a row, asks, and compares; the file of the input stays. */
export const answersAs = async (t: ExecutionContext, gateway: Gateway, row: Row): Promise<void> => {
  const { input, ask, ours, gives, told } = row;
  await gateway.apply(`${t.title.replaceAll(/\W+/g, '-')}.yaml`, input);
  const answer = await gateway.ask(ask);
  if (typeof ours === 'number') t.is(answer.status, ours);
  else t.deepEqual(ours(answer), gives);
  if (told === undefined) return;
  const [object, ...fields] = told;
  const problems = await gateway.problems(object);
  t.deepEqual(
    problems.map(({ field }) => field),
    fields,
  );
};
