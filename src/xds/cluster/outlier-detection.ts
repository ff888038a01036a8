import type { OutlierDetection as OutlierDetectionMessage } from '../../../proto/envoy.ts';
import type { OutlierDetection } from '../../ir/health.ts';
import { duration } from '../message/duration.ts';

/** Envoy looks at more than it is told to: what was not asked for is told to have no effect. */
export const outlierDetection = (source: OutlierDetection): OutlierDetectionMessage => ({
  ...(source.consecutive5xx === undefined
    ? { enforcing_consecutive_5xx: { value: 0 } }
    : { consecutive_5xx: { value: source.consecutive5xx } }),
  ...(source.consecutiveGatewayErrors !== undefined && {
    consecutive_gateway_failure: { value: source.consecutiveGatewayErrors },
    enforcing_consecutive_gateway_failure: { value: 100 },
  }),
  enforcing_success_rate: { value: 0 },
  ...(source.interval !== undefined && { interval: duration(source.interval) }),
  ...(source.baseEjectionTime !== undefined && {
    base_ejection_time: duration(source.baseEjectionTime),
  }),
  ...(source.maxEjectionTime !== undefined && {
    max_ejection_time: duration(source.maxEjectionTime),
  }),
  max_ejection_percent: { value: source.maxEjectionPercent },
});
