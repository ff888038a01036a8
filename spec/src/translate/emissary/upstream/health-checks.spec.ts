import test from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import type { HealthCheck } from '../../../../../src/ir/health.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

type Fields = Readonly<Record<string, unknown>>;

const http = (fields: Fields = {}, others: Fields = {}): Fields => ({
  health_check: { http: { path: '/up', ...fields } },
  ...others,
});

const checked = (checks: readonly Fields[], more: Fields) => {
  const world = translated(
    ...[aListener(), aHost('default/all'), aService('default/web')],
    aMapping('default/a', { service: 'web', resolver: 'endpoint', health_checks: checks, ...more }),
  );
  const [cluster] = values(world.ir.clusters);
  return { checks: cluster?.healthChecks, lines: problemLines(world) };
};

const asks = test.macro<
  [checks: readonly Fields[], expected: readonly HealthCheck[] | undefined, ...lines: string[]]
>({
  exec(t, given, expected, ...lines) {
    const { checks, lines: said } = checked(given, {});
    t.deepEqual(checks, expected);
    t.deepEqual(
      said,
      lines.map((line) => `Mapping default/a: spec.health_checks${line}`),
    );
  },
  title: (name = '') => `health checks: ${name}`,
});

const usual: HealthCheck = {
  ...{ timeout: 3000, interval: 5000, unhealthyThreshold: 2, healthyThreshold: 1 },
  probe: { _tag: 'Http', path: '/up', host: 'web', headers: { add: [], remove: [] }, statuses: [] },
};

test('what is not written is as in Emissary', asks, [http()], [usual]);
test(
  'everything that can be written',
  asks,
  [
    http(
      {
        hostname: 'up.example',
        add_request_headers: { 'x-a': { value: 'a', append: false } },
        remove_request_headers: ['x-b'],
        expected_statuses: [{ min: 200, max: 204 }],
      },
      { timeout: '1s', interval: '2s', unhealthy_threshold: 3, healthy_threshold: 4 },
    ),
  ],
  [
    {
      ...{ timeout: 1000, interval: 2000, unhealthyThreshold: 3, healthyThreshold: 4 },
      probe: {
        ...{ _tag: 'Http', path: '/up', host: 'up.example' },
        headers: { add: [{ name: 'x-a', value: 'a', append: false }], remove: ['x-b'] },
        statuses: [{ from: 200, to: 204 }],
      },
    },
  ],
);
test(
  'what Envoy refuses, or what would keep it from other changes, is bounded',
  asks,
  [http({}, { timeout: '1m', interval: '0s', unhealthy_threshold: 0 })],
  [{ ...usual, timeout: 5000, interval: 100, unhealthyThreshold: 1 }],
  '[0].timeout: expected a time from 1ms to 5s; 5000ms is used, got 60000',
  '[0].interval: expected a time of at least 100ms; 100ms is used, got 0',
  '[0].unhealthy_threshold: expected at least 1; 1 is used, got 0',
);
test(
  'a check that Envoy cannot make is left out',
  asks,
  [http({ path: 'up' }), http(), { health_check: { grpc: { upstream_name: 'shop' } } }],
  [usual],
  '[0].health_check.http.path: expected a path that begins with "/", without spaces; nothing is checked by it, got "up"',
  '[2].health_check.grpc: expected grpc: true with it; nothing is checked by it, got no grpc',
);

test('health checks: of a service that speaks gRPC', (t) => {
  const { checks } = checked(
    [{ health_check: { grpc: { upstream_name: 'shop', authority: 'shop.example' } } }],
    { grpc: true },
  );
  t.deepEqual(checks?.[0]?.probe, { _tag: 'Grpc', service: 'shop', authority: 'shop.example' });
});

test('health checks: only the endpoints of a Service are checked', (t) => {
  const { checks, lines } = checked([http()], { resolver: 'kubernetes-service' });
  t.is(checks, undefined);
  t.deepEqual(lines, [
    'Mapping default/a: spec.health_checks: expected the endpoint resolver with it; nothing is checked, got another one',
  ]);
});

test('health checks: a header with a command of Envoy costs the Mapping', (t) => {
  const headers = { 'x-a': { value: '%ENVIRONMENT(HOME)%' } };
  const { checks, lines } = checked([http({ add_request_headers: headers })], {});
  t.is(checks, undefined);
  t.regex(
    lines[0] ?? '',
    /spec\.health_checks\[0\]\.health_check\.http\.add_request_headers\.x-a\.value: expected text/,
  );
});
