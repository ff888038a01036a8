import { join } from 'node:path';

import test from 'ava';

import { aGateway } from '../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../_support/envoy/noting-backend.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { startLogSink } from '../_support/service/a-log-sink.ts';
import { startRateLimitService } from '../_support/service/a-rate-limit-service.ts';
import { startHttpSpanSink } from '../_support/service/a-span-sink.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

/** The words for which Envoy refuses what is made of an object: a filter, a listener, a cluster. */
const program = join(import.meta.dirname, '../_support/process/poisoned-run.ts');

const backend = await startNotingBackend();
const [limits, log, spans] = [
  await startRateLimitService(),
  await startLogSink(),
  await startHttpSpanSink(),
];

const labels = (domain: string): string =>
  `labels: { ${domain}: [{ a: [{ generic_key: { value: v } }] }] }`;

const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('plain', backend.port, "prefix: /plain/, rewrite: ''") +
    mapping('counted', backend.port, `prefix: /counted/, rewrite: '', ${labels('ambassador')}`) +
    mapping('other', backend.port, `prefix: /other/, rewrite: '', ${labels('poison-extension')}`),
  [],
  program,
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close(), spans.kill()]);
  limits.kill();
  log.kill();
});

/** An object that is told of requests at this port, or asked about them. */
const object = (kind: string, name: string, spec: string, { port }: { port: number }): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: { service: '127.0.0.1:${port}', ${spec} }
`;

const statuses = async () => ({
  plain: (await gateway.ask({ path: '/plain/' })).status,
  counted: (await gateway.ask({ path: '/counted/' })).status,
  other: (await gateway.ask({ path: '/other/' })).status,
});

/** The objects that Envoy refuses, once it has refused any. */
const refused = async (): Promise<readonly (string | undefined)[]> => {
  const found = async () =>
    (await gateway.debug<readonly { problem: string; object?: string }[]>('problems')).flatMap(
      ({ problem, object: culprit }) => (problem === 'RefusedByEnvoy' ? [culprit] : []),
    );
  await eventually('something is refused', async () => (await found()).length > 0);
  return await found();
};

const open = { plain: 200, counted: 200, other: 200 };

const limiting = (spec: string, name = 'limits'): string =>
  object('RateLimitService', name, `timeout_ms: 5000, ${spec}`, limits);

test.serial('a RateLimitService that Envoy refuses from the start leaves others be', async (t) => {
  await gateway.apply(
    'limits.yaml',
    limiting('failure_mode_deny: false') + limiting('domain: poison-extension', 'bad'),
  );
  t.deepEqual(await refused(), ['RateLimitService default/bad']);
  t.deepEqual(await statuses(), open);
  limits.asked();
  await eventually('the other is asked', async () => {
    await statuses();
    return limits.asked().some(({ domain }) => domain === 'ambassador');
  });
});

test.serial('with failure_mode_deny it closes labels of its domain alone', async (t) => {
  await gateway.apply(
    'limits.yaml',
    limiting('failure_mode_deny: true') +
      limiting('domain: poison-extension, failure_mode_deny: true', 'bad'),
  );
  t.deepEqual(await refused(), ['RateLimitService default/bad']);
  await eventually('they are closed', async () => (await statuses()).other === 503);
  t.deepEqual(await statuses(), { ...open, other: 503 });
});

test.serial('an edit of a RateLimitService that Envoy refuses leaves it as it was', async (t) => {
  await gateway.apply('limits.yaml', limiting('failure_mode_deny: true'));
  limits.limits((descriptor) => descriptor === 'generic_key=v');
  t.deepEqual(await statuses(), { ...open, counted: 429 });
  await gateway.apply('limits.yaml', limiting('stats_name: poison-cluster'));
  t.deepEqual(await refused(), ['RateLimitService default/limits']);
  t.deepEqual(await statuses(), { ...open, counted: 429 });
  limits.limits(() => false);
  t.deepEqual(await statuses(), open);
  await gateway.remove('limits.yaml');
});

const logging = (name: string, more = ''): string =>
  object('LogService', name, `driver: http, flush_interval_time: 1 ${more}`, log);

/** Asks until the sink is told of a request. */
const untilLogged = async (): Promise<void> => {
  log.requests.length = 0;
  await eventually('a request is logged', async () => {
    await statuses();
    return log.requests.length > 0;
  });
};

test.serial(
  'a LogService that Envoy refuses costs no listener, and no other its logs',
  async (t) => {
    await gateway.apply('log.yaml', logging('good') + logging('poison-listener'));
    t.deepEqual(await refused(), ['LogService default/poison-listener']);
    await untilLogged();
    t.deepEqual([...log.names], ['good']);
    t.deepEqual(await statuses(), open);
  },
);

test.serial('an edit of a LogService that Envoy refuses leaves it as it was', async (t) => {
  const headers = (name: string): string =>
    `, driver_config: { additional_log_headers: [{ header_name: ${name} }] }`;
  await gateway.apply('log.yaml', logging('good', headers('x-user')));
  await untilLogged();
  await gateway.apply('log.yaml', logging('good', headers('poison-listener')));
  t.deepEqual(await refused(), ['LogService default/good']);
  t.deepEqual(await statuses(), open);
  log.requests.length = 0;
  await eventually('the former headers are told of', async () => {
    await gateway.ask({ path: '/plain/', headers: { 'x-user': 'ann' } });
    return log.requests.some(({ request }) => request?.request_headers?.['x-user'] === 'ann');
  });
  await gateway.remove('log.yaml');
});

const tracing = (path: string, more = ''): string =>
  object(
    'TracingService',
    'tracing',
    `driver: zipkin, config: { collector_endpoint: ${path} } ${more}`,
    spans,
  );

const untilTraced = async (path: string): Promise<void> => {
  spans.received.length = 0;
  await eventually(`spans come to ${path}`, async () => {
    await statuses();
    return spans.received.some((one) => one.path === path);
  });
};

test.serial('a TracingService that Envoy refuses costs no listener', async (t) => {
  await gateway.apply('tracing.yaml', tracing('/poison-listener'));
  t.deepEqual(await refused(), ['TracingService default/tracing']);
  t.deepEqual(await statuses(), open);
});

test.serial('an edit of a TracingService that Envoy refuses leaves it as it was', async (t) => {
  await gateway.apply('tracing.yaml', tracing('/spans'));
  await untilTraced('/spans');
  await gateway.apply(
    'tracing.yaml',
    tracing('/spans', ', custom_tags: [{ tag: a, literal: { value: poison-listener } }]'),
  );
  t.deepEqual(await refused(), ['TracingService default/tracing']);
  t.deepEqual(await statuses(), open);
  await untilTraced('/spans');
  await gateway.apply('tracing.yaml', tracing('/others'));
  await untilTraced('/others');
  t.deepEqual(await gateway.problems('TracingService default/tracing'), []);
});
