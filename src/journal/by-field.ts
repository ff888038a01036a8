import * as t from 'io-ts';

/** Any codec that reads JSON. */
export type Codec<A> = t.Type<A, unknown, unknown>;

/** Reads one of several shapes; the value of one field says which. */
export const byField = <A>(
  expected: string,
  field: string,
  codecs: Readonly<Record<string, t.Mixed>>,
): Codec<A> => {
  const codecOf = (u: unknown): t.Mixed | undefined => {
    const name = t.UnknownRecord.is(u) ? u[field] : undefined;
    return typeof name === 'string' && Object.hasOwn(codecs, name) ? codecs[name] : undefined;
  };
  return new t.Type(
    expected,
    (u): u is A => codecOf(u)?.is(u) === true,
    (u, context) => codecOf(u)?.validate(u, context) ?? t.failure(u, context),
    (a) => codecOf(a)?.encode(a),
  );
};
