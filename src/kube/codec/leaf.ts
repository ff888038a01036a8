import * as t from 'io-ts';

import type { CelRule } from './cel-rule.ts';
import { meets, type Constraint } from './constraint.ts';

/**
 * A codec for a value that is kept as it is written, if it meets a constraint.
 *
 * Its name says in words what is expected, for problems.
 */
export const leaf = <A extends string | number>(
  expected: string,
  constraint: Constraint,
): Scalar<A> => {
  const met = meets(constraint);
  const is = (u: unknown): u is A => met(u);
  return new Scalar(expected, is, keeping(is), constraint);
};

/** A codec for a value that is kept as it is and that no constraint describes. */
export const opaque = <A>(expected: string, is: t.Is<A>): t.Type<A, A, unknown> =>
  new t.Type(expected, is, keeping(is), t.identity);

/** The codec of a single value, which says what it must be, so that an API server can check it too. */
export class Scalar<A> extends t.Type<A, A, unknown> {
  readonly constraint: Constraint;
  readonly rules: readonly CelRule[];

  constructor(
    expected: string,
    is: t.Is<A>,
    validate: t.Validate<unknown, A>,
    constraint: Constraint,
    rules: readonly CelRule[] = [],
  ) {
    super(expected, is, validate, t.identity);
    this.constraint = constraint;
    this.rules = rules;
  }
}

const keeping =
  <A>(is: t.Is<A>): t.Validate<unknown, A> =>
  (u, context) =>
    is(u) ? t.success(u) : t.failure(u, context);
