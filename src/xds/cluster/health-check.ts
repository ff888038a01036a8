import { CodecClientType, type CoreHealthCheck } from '../../../proto/envoy.ts';
import type { UpstreamProtocol } from '../../ir/cluster.ts';
import type { HealthCheck } from '../../ir/health.ts';
import { duration } from '../message/duration.ts';
import { requestMutation } from '../message/header-mutations.ts';

/**
 * How Envoy asks the endpoints of a cluster whether they are well; over TLS if the cluster has it. It
 * would ask less often as long as there are no requests for the cluster. Of several checks each has a
 * name of its own, or Envoy refuses them.
 */
export const healthCheck = (
  name: string,
  { timeout, interval, unhealthyThreshold, healthyThreshold, probe }: HealthCheck,
  protocol: UpstreamProtocol,
): CoreHealthCheck => ({
  name,
  timeout: duration(timeout),
  interval: duration(interval),
  no_traffic_interval: duration(interval),
  unhealthy_threshold: { value: unhealthyThreshold },
  healthy_threshold: { value: healthyThreshold },
  ...checker(probe, protocol),
});

const checker = (probe: HealthCheck['probe'], protocol: UpstreamProtocol) => {
  switch (probe._tag) {
    case 'Tcp':
      return { tcp_health_check: {} };
    case 'Grpc':
      return {
        grpc_health_check: {
          ...(probe.service !== undefined && { service_name: probe.service }),
          ...(probe.authority !== undefined && { authority: probe.authority }),
        },
      };
    case 'Http':
      return {
        http_health_check: {
          path: probe.path,
          ...(probe.host !== undefined && { host: probe.host }),
          ...requestMutation(probe.headers),
          expected_statuses: probe.statuses.map(({ from, to }) => ({ start: from, end: to + 1 })),
          ...(protocol === 'http2' && { codec_client_type: CodecClientType.HTTP2 }),
        },
      };
  }
};
