import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

/**
 * An object used as a map: its keys are the user's, so none of them is an unknown field.
 *
 * A key that its codec refuses is an error; `t.record` would drop it silently.
 */
export const dictionary = <V extends t.Mixed>(
  key: t.Type<string, string, unknown>,
  value: V,
  most = usualMost,
): Dictionary<V> => new Dictionary(key, value, most);

/** Envoy refuses a route that adds more headers than this. */
const usualMost = 1000;

/** The codec of a map; its entries are walked through `value`. */
export class Dictionary<V extends t.Mixed> extends t.Type<
  Readonly<Record<string, t.TypeOf<V>>>,
  unknown,
  unknown
> {
  readonly _tag = 'Dictionary';
  readonly key: t.Type<string, string, unknown>;
  readonly value: V;
  readonly most: number;

  constructor(key: t.Type<string, string, unknown>, value: V, most: number) {
    super(
      most === Number.POSITIVE_INFINITY ? 'an object' : `an object of at most ${most} entries`,
      (u): u is Readonly<Record<string, t.TypeOf<V>>> =>
        isSmall(u, most) && Object.entries(u).every(([k, v]) => key.is(k) && value.is(v)),
      (u, context) => (isSmall(u, most) ? read(key, value, u, context) : t.failure(u, context)),
      t.identity,
    );
    this.key = key;
    this.value = value;
    this.most = most;
  }
}

const isSmall = (u: unknown, most: number): u is Readonly<Record<string, unknown>> =>
  t.UnknownRecord.is(u) && Object.keys(u).length <= most;

const read = <V extends t.Mixed>(
  key: t.Type<string, string, unknown>,
  value: V,
  record: Readonly<Record<string, unknown>>,
  context: t.Context,
): t.Validation<Readonly<Record<string, t.TypeOf<V>>>> => {
  const errors: t.ValidationError[] = [];
  const decoded = Object.entries(record).flatMap(([k, v]) => {
    const readKey = key.validate(k, t.appendContext(context, k, key, k));
    const readValue = value.validate(v, t.appendContext(context, k, value, v));
    if (isLeft(readKey)) errors.push(...readKey.left);
    else if (isLeft(readValue)) errors.push(...readValue.left);
    else return [[readKey.right, readValue.right] as const];
    return [];
  });
  return errors.length > 0 ? t.failures(errors) : t.success(Object.fromEntries(decoded));
};
