import * as t from 'io-ts';

/** A field that has a value even where nobody wrote one. */
export const defaulted = <C extends t.Mixed>(codec: C, absent: t.TypeOf<C>): Defaulted<C> =>
  new Defaulted(codec, absent);

/** The codec of a field that is never absent once it is read. */
export class Defaulted<C extends t.Mixed> extends t.Type<t.TypeOf<C>, t.OutputOf<C>, unknown> {
  readonly written: C;
  /** One value for all objects in which it is not written. */
  readonly absent: t.TypeOf<C>;

  constructor(written: C, absent: t.TypeOf<C>) {
    super(
      written.name,
      written.is,
      (u, context) => (u === undefined ? t.success(absent) : written.validate(u, context)),
      written.encode,
    );
    this.written = written;
    this.absent = absent;
  }
}
