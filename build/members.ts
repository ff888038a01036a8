import * as t from 'io-ts';

/** A field of an object, and whether its codec stands among those that must be there. */
export type Member = readonly [name: string, codec: t.Mixed, required: boolean];

/** The fields of an object that a codec reads. */
export const membersOf = (codec: t.Mixed): readonly Member[] => {
  if (codec instanceof t.IntersectionType)
    return codec.types.flatMap((part: t.Mixed) => membersOf(part));
  if (codec instanceof t.InterfaceType || codec instanceof t.PartialType)
    return Object.entries<t.Mixed>(codec.props).map(([name, member]) => [
      name,
      member,
      codec instanceof t.InterfaceType,
    ]);
  return [];
};
