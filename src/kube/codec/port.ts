import type * as t from 'io-ts';

import type * as ir from '../../ir/port.ts';
import { leaf } from './leaf.ts';

/** Reads a TCP port, 1–65535. */
export const Port: t.Type<ir.Port, ir.Port, unknown> = leaf('an integer from 1 to 65535', {
  type: 'integer',
  minimum: 1,
  maximum: 65_535,
});
export type Port = ir.Port;
