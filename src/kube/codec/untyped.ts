import * as t from 'io-ts';

/** A value that an API server takes as it is: no schema says what it may be, but the codec does. */
export const untyped = <A>(expected: string, is: t.Is<A>): Untyped<A> => new Untyped(expected, is);

/** The codec of such a value, which is kept as it is. */
export class Untyped<A> extends t.Type<A, A, unknown> {
  constructor(expected: string, is: t.Is<A>) {
    super(expected, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);
  }
}

/** Anything that is written. */
export const Anything = untyped('anything', (u): u is unknown => u !== undefined);
