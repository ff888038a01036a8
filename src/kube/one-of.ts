import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** One of a few strings or numbers. */
export const oneOf = <const A extends string | number>(
  ...allowed: readonly A[]
): t.Type<A, A, unknown> => {
  const values: ReadonlySet<unknown> = new Set(allowed);
  return leaf(`one of ${allowed.map(quoted).join(', ')}`, (u): u is A => values.has(u));
};

const quoted = (value: string | number): string =>
  typeof value === 'string' ? JSON.stringify(value) : String(value);
