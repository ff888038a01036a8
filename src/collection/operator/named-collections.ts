import { isCollection, type Collection } from '../collection.ts';
import type { Grouped } from './group-by.ts';
import type { Joined } from './join-each.ts';
import type { Mapped } from './map-each.ts';
import type { OwnStep } from './own-step.ts';
import type { United, UnitedAll } from './union.ts';

/** A collection by its name, with the step that made it; what came from outside has none. */
export interface NamedCollection {
  readonly name: string;
  readonly entries: number;
  readonly operator?: Step['operator'];
  /** By name: first what the step goes through, then what it looks things up in. */
  readonly reads?: readonly string[];
}

/** The state of any step. */
type Step =
  | Mapped<string, unknown, unknown>
  | Grouped<string, unknown, string, unknown>
  | Joined<string, unknown, Readonly<Record<string, unknown>>, unknown>
  | United<string, unknown>
  | UnitedAll<string, unknown>
  | OwnStep<Readonly<Record<string, Any>> | readonly Any[], Any>;

type Any = Collection<string, unknown>;

/**
 * The collections in a record of states, each once, in the order of the record.
 *
 * A name is the way to a collection: `routes/compiled` is what the step `compiled` in the record `routes`
 * made. What a step reads is found by identity, because the output of a step is nothing else's; it is
 * called `unknown` where it is in no record.
 */
export const namedCollections = (states: unknown): readonly NamedCollection[] => {
  const all = [...found('', states)];
  const made = all.filter(({ step }) => step !== undefined);
  const names = new Map(
    [...all.toReversed(), ...made.toReversed()].map(({ collection, name }) => [collection, name]),
  );
  const nameOf = (collection: Any): string => names.get(collection) ?? 'unknown';
  return all
    .filter(({ collection, name }) => nameOf(collection) === name)
    .map(({ name, step, collection: { size: entries } }) =>
      step === undefined
        ? { name, entries }
        : { name, entries, operator: step.operator, reads: readsOf(step).map(nameOf) },
    );
};

interface Found {
  readonly name: string;
  readonly step?: Step;
  readonly collection: Any;
}

function* found(name: string, value: unknown): Generator<Found> {
  if (typeof value !== 'object' || value === null) return;
  if (isCollection(value)) yield { name, collection: value };
  else if (isStep(value)) {
    yield { name, step: value, collection: value.output };
    if (value.operator === 'unionOf')
      for (const [i, { shared }] of value.unions.entries())
        yield { name: `${name}/shared/${i}`, step: value, collection: shared };
  } else
    for (const [key, member] of Object.entries(value))
      yield* found(name === '' ? key : `${name}/${key}`, member);
}

const isStep = (value: object): value is Step => 'operator' in value && 'output' in value;

const readsOf = (step: Step): readonly Any[] => [...new Set(inputsOf(step))];

const inputsOf = (step: Step): readonly Any[] => {
  switch (step.operator) {
    case 'mapEach':
    case 'groupBy':
      return [step.input];
    case 'joinEach':
      return [step.input, ...Object.values(step.tables)];
    case 'union':
      return [step.left, step.right];
    case 'unionOf':
      return step.inputs;
    case 'own':
      return Object.values(step.inputs);
  }
};
