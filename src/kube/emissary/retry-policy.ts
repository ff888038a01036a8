import type * as t from 'io-ts';

import { Duration } from '../codec/duration.ts';
import { Count } from '../codec/integer.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';

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
