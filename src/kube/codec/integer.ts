import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** A whole number between two bounds, both included. */
export const integer = (minimum: number, maximum: number): t.Type<number, number, unknown> =>
  leaf(`an integer from ${minimum} to ${maximum}`, { type: 'integer', minimum, maximum });

/** A whole number that is not negative, as large as Envoy's `uint32`. */
export const Count = integer(0, 4_294_967_295);

/** More than 24 days; what is longer is meant as "never", for which there is 0. */
const longest = 2_147_483_647;

/** A timeout in milliseconds; 0 usually disables it. */
export const Milliseconds = integer(0, longest);

/** A timeout in milliseconds that cannot be disabled. */
export const PositiveMilliseconds = integer(1, longest);
