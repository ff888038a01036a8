import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** One of a few words. */
export const oneOf = <const A extends string>(...allowed: readonly A[]): t.Type<A, A, unknown> =>
  leaf(expected(allowed), { type: 'string', enum: allowed });

/** One of a few numbers. */
export const oneNumberOf = <const A extends number>(
  ...allowed: readonly A[]
): t.Type<A, A, unknown> => leaf(expected(allowed), { type: 'integer', enum: allowed });

const expected = (allowed: readonly unknown[]): string =>
  `one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
