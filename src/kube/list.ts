import * as t from 'io-ts';

/** A list, every entry of which the codec reads. */
export const list = <C extends t.Mixed>(entry: C) => t.readonlyArray(entry, 'a list');

/** A list with at least one entry. */
export const nonEmptyList = <C extends t.Mixed>(entry: C) =>
  t.refinement(list(entry), (entries) => entries.length > 0, 'a list with at least one entry');
