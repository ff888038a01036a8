import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

/**
 * An object used as a map: its keys are the user's, so none of them is an unknown field.
 *
 * A key that its codec refuses is an error; `t.record` would drop it without a word.
 */
export const dictionary = <V extends t.Mixed>(
  key: t.Type<string, string, unknown>,
  value: V,
): Dictionary<V> =>
  new Dictionary(
    (u): u is Readonly<Record<string, t.TypeOf<V>>> =>
      t.UnknownRecord.is(u) && Object.entries(u).every(([k, v]) => key.is(k) && value.is(v)),
    (u, context) => {
      if (!t.UnknownRecord.is(u)) return t.failure(u, context);
      const errors: t.ValidationError[] = [];
      const decoded = Object.entries(u).flatMap(([k, v]) => {
        const readKey = key.validate(k, t.appendContext(context, k, key, k));
        const readValue = value.validate(v, t.appendContext(context, k, value, v));
        if (isLeft(readKey)) errors.push(...readKey.left);
        else if (isLeft(readValue)) errors.push(...readValue.left);
        else return [[readKey.right, readValue.right] as const];
        return [];
      });
      return errors.length > 0 ? t.failures(errors) : t.success(Object.fromEntries(decoded));
    },
    value,
  );

/** The codec of a map; its entries are walked through `value`. */
export class Dictionary<V extends t.Mixed> extends t.Type<
  Readonly<Record<string, t.TypeOf<V>>>,
  unknown,
  unknown
> {
  readonly _tag = 'Dictionary';
  readonly value: V;

  constructor(
    is: t.Is<Readonly<Record<string, t.TypeOf<V>>>>,
    validate: t.Validate<unknown, Readonly<Record<string, t.TypeOf<V>>>>,
    value: V,
  ) {
    super('an object', is, validate, t.identity);
    this.value = value;
  }
}
