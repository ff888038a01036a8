import type { Collection } from '../collection.ts';

/** The state of a step that is code of its own and no operator; it says itself what it read. */
export interface OwnStep<I extends Inputs, O extends Collection<string, unknown>> {
  readonly operator: 'own';
  readonly inputs: I;
  readonly output: O;
}

type Inputs =
  Readonly<Record<string, Collection<string, unknown>>> | readonly Collection<string, unknown>[];
