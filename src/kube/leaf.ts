import * as t from 'io-ts';

/**
 * A codec for a value that is kept as it is written.
 *
 * Its name says in words what is expected, for problems.
 */
export const leaf = <A>(expected: string, is: (u: unknown) => u is A): t.Type<A, A, unknown> =>
  new t.Type(
    expected,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  );
