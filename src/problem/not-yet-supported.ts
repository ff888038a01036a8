import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from './problem.ts';

/**
 * A problem for each of the fields that is set; `false`, an empty text and an empty list ask for
 * nothing and are no problem. `effect` says what such a field does nevertheless.
 */
export const notYetSupported = <S extends object>(
  object: ObjectRef,
  spec: S,
  fields: readonly (keyof S & string)[],
  effect?: Effect,
): readonly Problem[] =>
  fields
    .filter((field) => asksForSomething(spec[field]))
    .map((field) => ({
      _tag: 'NotYetSupported',
      object,
      field: `spec.${field}`,
      ...(effect === undefined ? {} : { effect }),
    }));

type Effect = Extract<Problem, { readonly _tag: 'NotYetSupported' }>['effect'];

const asksForSomething = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== false && value !== '' && value !== null;
