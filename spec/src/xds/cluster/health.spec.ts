import test from 'ava';

import { noMutation } from '../../../../src/ir/header-mutation.ts';
import type { HealthCheck, OutlierDetection } from '../../../../src/ir/health.ts';
import { cluster } from '../../../../src/xds/cluster/cluster.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { aCluster } from '../../../_support/world/an-ir.ts';

const times = {
  timeout: 1500,
  interval: 5000,
  unhealthyThreshold: 2,
  healthyThreshold: 1,
} as const;

/** What is sent for checks that ask so. */
const checks = (
  fields: Partial<Parameters<typeof cluster>[0]>,
  ...probes: readonly HealthCheck['probe'][]
): unknown => {
  const healthChecks = probes.map((probe) => ({ ...times, probe }));
  return (toJson(cluster(aCluster({ healthChecks, ...fields }))) as { health_checks: unknown })
    .health_checks;
};

const sent = {
  name: '0',
  timeout: '1.500s',
  interval: '5s',
  no_traffic_interval: '5s',
  unhealthy_threshold: 2,
  healthy_threshold: 1,
};

test('an endpoint is asked by a request, over the HTTP that the cluster speaks', (t) => {
  const plain = { _tag: 'Http', path: '/up', headers: noMutation, statuses: [] } as const;
  t.deepEqual(checks({}, plain), [{ ...sent, http_health_check: { path: '/up' } }]);
  t.deepEqual(checks({ protocol: 'http2' }, plain), [
    { ...sent, http_health_check: { path: '/up', codec_client_type: 'HTTP2' } },
  ]);
});

test('the request is as it is told to be, and both ends of a range of statuses are well', (t) => {
  t.deepEqual(
    checks(
      {},
      {
        _tag: 'Http',
        path: '/up',
        host: 'shop.example',
        headers: { add: [{ name: 'x-a', value: '1', append: true }], remove: ['user-agent'] },
        statuses: [{ from: 200, to: 299 }],
      },
    ),
    [
      {
        ...sent,
        http_health_check: {
          path: '/up',
          host: 'shop.example',
          request_headers_to_add: [{ header: { key: 'x-a', value: '1' } }],
          request_headers_to_remove: ['user-agent'],
          expected_statuses: [{ start: '200', end: '300' }],
        },
      },
    ],
  );
});

test('an endpoint is asked by a connection, or by a call', (t) => {
  t.deepEqual(
    checks(
      { protocol: 'http2' },
      { _tag: 'Tcp' },
      { _tag: 'Grpc' },
      { _tag: 'Grpc', service: 'shop.Cart', authority: 'shop.example' },
    ),
    [
      { ...sent, tcp_health_check: {} },
      { ...sent, name: '1', grpc_health_check: {} },
      {
        ...sent,
        name: '2',
        grpc_health_check: { service_name: 'shop.Cart', authority: 'shop.example' },
      },
    ],
  );
});

const outliers = (outlierDetection: OutlierDetection): unknown =>
  (toJson(cluster(aCluster({ outlierDetection }))) as { outlier_detection: unknown })
    .outlier_detection;

test('of what makes an endpoint an outlier, only what is asked for counts', (t) => {
  t.deepEqual(outliers({ maxEjectionPercent: 50 }), {
    enforcing_consecutive_5xx: 0,
    enforcing_success_rate: 0,
    max_ejection_percent: 50,
  });
  t.deepEqual(outliers({ consecutive5xx: 3, maxEjectionPercent: 100 }), {
    consecutive_5xx: 3,
    enforcing_success_rate: 0,
    max_ejection_percent: 100,
  });
  t.deepEqual(
    outliers({
      consecutiveGatewayErrors: 4,
      interval: 1000,
      baseEjectionTime: 2000,
      maxEjectionTime: 60_000,
      maxEjectionPercent: 50,
    }),
    {
      enforcing_consecutive_5xx: 0,
      consecutive_gateway_failure: 4,
      enforcing_consecutive_gateway_failure: 100,
      enforcing_success_rate: 0,
      interval: '1s',
      base_ejection_time: '2s',
      max_ejection_time: '60s',
      max_ejection_percent: 50,
    },
  );
});
