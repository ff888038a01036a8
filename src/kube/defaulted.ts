import * as t from 'io-ts';

/** A field that has a value even where nobody wrote one. */
export const defaulted = <C extends t.Mixed>(
  codec: C,
  absent: t.TypeOf<C>,
): t.Type<t.TypeOf<C>, t.OutputOf<C>, unknown> =>
  new t.Type(
    codec.name,
    codec.is,
    (u, context) => (u === undefined ? t.success(absent) : codec.validate(u, context)),
    codec.encode,
  );
