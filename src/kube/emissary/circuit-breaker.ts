import type * as t from 'io-ts';

import { Count } from '../codec/integer.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';

/** Limits on what one upstream may have under way, for one routing priority. */
export const CircuitBreaker = struct(
  {},
  {
    priority: oneOf('default', 'high'),
    max_connections: Count,
    max_pending_requests: Count,
    max_requests: Count,
    max_retries: Count,
  },
);
export type CircuitBreaker = t.TypeOf<typeof CircuitBreaker>;
