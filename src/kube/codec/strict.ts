import * as t from 'io-ts';

/**
 * Marks an object whose fields narrow what is meant, as those of a selector do: if it has a field that its
 * codec does not name, the whole is refused. Without that field it would mean more than its author said.
 */
export const strict = <C extends t.Mixed>(codec: C): Strict<C> =>
  new Strict(codec.name, codec.is, codec.validate, codec.encode, codec, () => true);

/** The codec of such an object. */
export class Strict<C extends t.Mixed> extends t.RefinementType<
  C,
  t.TypeOf<C>,
  t.OutputOf<C>,
  t.InputOf<C>
> {}
