import type * as t from 'io-ts';

import { Duration } from './duration.ts';
import { Count } from './integer.ts';
import { oneOf } from './one-of.ts';
import { struct } from './struct.ts';

/** When and how often a request is tried again. */
export const RetryPolicy = struct(
  {},
  {
    retry_on: oneOf(
      '5xx',
      'gateway-error',
      'connect-failure',
      'retriable-4xx',
      'refused-stream',
      'retriable-status-codes',
    ),
    num_retries: Count,
    per_try_timeout: Duration,
  },
);
export type RetryPolicy = t.TypeOf<typeof RetryPolicy>;
