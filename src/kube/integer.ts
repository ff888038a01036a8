import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** A whole number between two bounds, both included. */
export const integer = (least: number, most: number): t.Type<number, number, unknown> =>
  leaf(
    `an integer from ${least} to ${most}`,
    (u): u is number => Number.isInteger(u) && Number(u) >= least && Number(u) <= most,
  );

/** A whole number that is not negative, as large as Envoy's `uint32`. */
export const Count = integer(0, 4_294_967_295);

const day = 86_400_000;

/** A timeout in milliseconds; 0 usually disables it. */
export const Milliseconds = integer(0, day);

/** A timeout in milliseconds that cannot be disabled. */
export const PositiveMilliseconds = integer(1, day);
