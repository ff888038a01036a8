import * as t from 'io-ts';

/** What an API server checks when an object is written, as CEL, and what it says if that fails. */
export interface Rule {
  readonly rule: string;
  readonly message: string;
  /** The field that is to blame, below the one the rule is about: `.protocol`. */
  readonly fieldPath?: string;
}

/**
 * A codec with rules for whoever writes an object now.
 *
 * The codec itself does not apply them: an object that was stored before them is read, and its
 * translation says what counts.
 */
export const ruled = <C extends t.Any>(codec: C, ...rules: readonly Rule[]): Ruled<C> =>
  new Ruled(codec, () => true, codec.name, rules);

/** A codec that refuses what its predicate refuses, and the rule that says the same. */
export const refined = <C extends t.Any>(
  codec: C,
  predicate: (value: t.TypeOf<C>) => boolean,
  expected: string,
  rule: string,
): Ruled<C> => new Ruled(codec, predicate, expected, [{ rule, message: `expected ${expected}` }]);

/** The codec of a value for which there are rules. */
export class Ruled<C extends t.Any> extends t.RefinementType<
  C,
  t.TypeOf<C>,
  t.OutputOf<C>,
  t.InputOf<C>
> {
  readonly rules: readonly Rule[];

  constructor(
    codec: C,
    predicate: (value: t.TypeOf<C>) => boolean,
    name: string,
    rules: readonly Rule[],
  ) {
    const refinement = t.refinement(codec, predicate, name);
    super(name, refinement.is, refinement.validate, refinement.encode, codec, predicate);
    this.rules = rules;
  }
}
