import * as t from 'io-ts';

/** A condition in CEL that an API server checks on writes, and its message if it does not hold. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
  /** The field at fault, below the one that the rule is about: `.protocol`. */
  readonly fieldPath?: string;
}

/**
 * A codec with CEL rules, which an API server applies to every object that is written from now on.
 *
 * The codec itself does not apply them. An object that was stored before the rules existed is read,
 * and its translation reports what is wrong with it.
 */
export const withCelRules = <C extends t.Any>(
  codec: C,
  ...rules: readonly CelRule[]
): CelRuled<C> => new CelRuled(codec, () => true, codec.name, rules);

/** A codec that refuses what its predicate refuses, with the CEL rule that says the same. */
export const refined = <C extends t.Any>(
  codec: C,
  predicate: (value: t.TypeOf<C>) => boolean,
  expected: string,
  rule: string,
): CelRuled<C> =>
  new CelRuled(codec, predicate, expected, [{ rule, message: `expected ${expected}` }]);

/** The codec of a value for which there are CEL rules. */
export class CelRuled<C extends t.Any> extends t.RefinementType<
  C,
  t.TypeOf<C>,
  t.OutputOf<C>,
  t.InputOf<C>
> {
  readonly rules: readonly CelRule[];

  constructor(
    codec: C,
    predicate: (value: t.TypeOf<C>) => boolean,
    name: string,
    rules: readonly CelRule[],
  ) {
    const refinement = t.refinement(codec, predicate, name);
    super(name, refinement.is, refinement.validate, refinement.encode, codec, predicate);
    this.rules = rules;
  }
}
