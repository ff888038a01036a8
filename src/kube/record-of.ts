import * as t from 'io-ts';

/** The fields of an object that nobody has checked; none of anything else. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  t.UnknownRecord.is(value) ? value : {};
