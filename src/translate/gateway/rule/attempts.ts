import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Forward, RetryPolicy } from '../../../ir/route.ts';
import type { HttpRouteRule } from '../../../kube/gateway/http-route.ts';
import { ruleFault, type RuleFault } from './rule-fault.ts';

type Asked = Pick<HttpRouteRule, 'timeouts' | 'retry'>;

/** How long a request may take, and how often it is tried. Without time-outs it may take any time. */
export type Attempts = Pick<Forward, 'timeout' | 'backendTimeout' | 'retry'>;

/** Reads time-outs and retries (GEP-1742, GEP-1731); a time of 0 is none. */
export const attempts = ({ timeouts = {}, retry }: Asked): Attempts =>
  definedOnly<Attempts>({
    timeout: timeouts.request ?? 0,
    backendTimeout: timeouts.backendRequest === 0 ? undefined : timeouts.backendRequest,
    retry: retry === undefined ? undefined : retryPolicy(retry, (timeouts.backendRequest ?? 0) > 0),
  });

/** One attempt may not take longer than all together. */
export const timeoutFaults = (
  object: ObjectRef,
  field: string,
  { timeouts: { request = 0, backendRequest = 0 } = {} }: Asked,
): readonly RuleFault[] =>
  request === 0 || backendRequest <= request
    ? []
    : [
        ruleFault('UnsupportedValue', {
          _tag: 'InvalidField',
          object,
          field: `${field}.timeouts.backendRequest`,
          expected: `at most the ${request} ms of the request`,
          got: `${backendRequest} ms`,
        }),
      ];

/**
 * A request is tried again if no connection could be made, or if the backend refused to begin with it; after
 * other failures only where they are asked for, because it may have had an effect. An attempt that takes too
 * long is one of these: Envoy knows it as a reset, which is also what a connection is that breaks.
 */
const retryPolicy = (
  { codes = [], attempts: retries = 1, backoff }: NonNullable<Asked['retry']>,
  hasBackendTimeout: boolean,
): RetryPolicy | undefined =>
  retries === 0
    ? undefined
    : definedOnly<RetryPolicy>({
        on: hasBackendTimeout ? [...unprocessed, 'reset'] : unprocessed,
        statusCodes: codes,
        retries,
        // Envoy takes no back-off of 0.
        backOff: backoff === undefined ? undefined : { base: Math.max(1, backoff) },
      });

const unprocessed: readonly string[] = ['connect-failure', 'refused-stream'];
