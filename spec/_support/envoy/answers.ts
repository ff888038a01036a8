import type { ExecutionContext } from 'ava';

import type { Gateway } from './a-gateway.ts';
import type { Question } from './ask.ts';

/** Who answers a request: a service, or a status if no service does. */
export type Expected = readonly [service: string | number, question: Partial<Question>];

/** Applies manifests, then finds out who answers each of these requests. */
export const answered = async (
  t: ExecutionContext,
  gateway: Gateway,
  manifests: string,
  expected: readonly Expected[],
): Promise<void> => {
  await gateway.apply(`${t.title.replaceAll(/[^a-z0-9]/g, '-').slice(0, 60)}.yaml`, manifests);
  for (const [service, question] of expected) {
    const { said, status } = await gateway.ask(question);
    t.is(said.service ?? status, service, JSON.stringify(question));
  }
};
