import * as t from 'io-ts';

import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import { Defaulted } from './defaulted.ts';
import { fieldPath } from './field-path.ts';
import { meantValue } from './meant-value.ts';

/** What a codec refused, in the words of `kubectl`: one problem for each field. */
export const report = (object: ObjectRef, errors: t.Errors): readonly Problem[] => {
  const problems = new Map<string, Problem>();
  for (const { context, value } of errors) {
    const field = fieldPath(keysOf(context));
    if (problems.has(field)) continue;
    const codec = context.at(-1)?.type;
    const expected = wordsFor(codec?.name ?? 'something else');
    const meant = meantValue(codec, field, value);
    problems.set(field, {
      ...{ _tag: 'InvalidField', object, field, expected, got: shown(value) },
      ...(meant !== undefined && { nearest: meant }),
    });
  }
  return [...problems.values()];
};

/** Short JSON of a value, or `nothing`. */
export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value) ?? typeof value;
  return json.length <= longest ? json : `${json.slice(0, longest - 1)}…`;
};

const longest = 80;

/** io-ts numbers the members of an intersection or union in the context; users know no numbers. */
const keysOf = (context: t.Context): readonly string[] =>
  context
    .slice(1)
    .filter((_, parent) => !hasAlternatives(context[parent]?.type))
    .map(({ key }) => key);

const hasAlternatives = (type: t.Decoder<unknown, unknown> | undefined): boolean => {
  if (type instanceof Defaulted) return hasAlternatives(type.written);
  if (
    type instanceof t.ReadonlyType ||
    type instanceof t.ExactType ||
    type instanceof t.RefinementType
  )
    return hasAlternatives(type.type);
  return type instanceof t.IntersectionType || type instanceof t.UnionType;
};

const wordsFor = (name: string): string => words.get(name) ?? name;

const words: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['boolean', 'true or false'],
]);
