import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import {
  otlpSpans,
  startHttpSpanSink,
  startOtlpSink,
  zipkinSpans,
} from '../../_support/service/a-span-sink.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startNotingBackend();
const [http, otlp] = [await startHttpSpanSink(), await startOtlpSink()];

/** A TracingService; its spec in flow style. */
const tracing = (spec: string, name = 'tracing'): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: TracingService
metadata: { name: ${name} }
spec: { ${spec} }
`;

const to = ({ port }: { readonly port: number }): string => `service: '127.0.0.1:${port}'`;

const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('shop', backend.port, "prefix: /, rewrite: ''"),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
  otlp.kill();
});

const ask = async (path: string, headers: Readonly<Record<string, string>> = {}) =>
  (await gateway.ask({ path, headers })).status;

/** Asks again and again, until something holds; every request is answered. */
const asking = async (what: string, path: string, holds: () => boolean): Promise<void> => {
  await eventually(what, async () => {
    if ((await ask(path, { 'x-user': 'ann' })) !== 200) throw new Error('a request failed');
    return holds();
  });
};

test.serial('requests are traced to zipkin, with the tags that are asked for', async (t) => {
  await gateway.apply(
    'tracing.yaml',
    tracing(
      `driver: zipkin, ${to(http)}, config: { collector_hostname: zipkin.example }, custom_tags: [
        { tag: of, literal: { value: gate } },
        { tag: who, request_header: { name: x-user, default_value: nobody } },
        { tag: home, environment: { name: NOPE, default_value: none } }] `,
    ),
  );
  await asking('zipkin gets spans', '/zipkin', () => http.received.length > 0);
  const [first] = http.received;
  t.is(first?.path, '/api/v2/spans');
  t.is(first?.host, 'zipkin.example');
  const span = zipkinSpans(http.received).find(({ kind }) => kind === 'SERVER');
  t.like(span?.tags, { of: 'gate', who: 'ann', home: 'none' });
  t.regex(span?.traceId ?? '', /^[0-9a-f]{32}$/);
  t.deepEqual(await gateway.problems('TracingService default/tracing'), []);
});

test.serial('what is edited is in force without a restart, and no request fails', async (t) => {
  const started = async () => new Map(await gateway.envoy.stats('server.(uptime|initialization)'));
  const before = [...(await started()).keys()];
  await gateway.apply(
    'tracing.yaml',
    tracing(
      `driver: zipkin, ${to(http)}, config: { collector_endpoint: /other, trace_id_128bit: false,
        collector_endpoint_version: HTTP_PROTO }`,
    ),
  );
  await asking('spans come to the other path', '/edited', () =>
    http.received.some(({ path }) => path === '/other'),
  );
  t.is(http.received.find(({ path }) => path === '/other')?.type, 'application/x-protobuf');
  t.deepEqual([...(await started()).keys()], before);
});

test.serial('of requests that are not sampled nothing is told', async (t) => {
  await gateway.apply(
    'tracing.yaml',
    tracing(
      `driver: zipkin, ${to(http)}, config: { collector_endpoint: /sampled },
        sampling: { random: 0, client: 100, overall: 100 }`,
    ),
  );
  const sampled = () => http.received.filter(({ path }) => path === '/sampled');
  await eventually('a client has itself traced', async () => {
    await ask('/unsampled');
    await ask('/forced', { 'x-client-trace-id': 'abc' });
    return sampled().length > 0;
  });
  const urls = zipkinSpans(sampled()).flatMap(({ tags }) => tags?.['http.url'] ?? []);
  t.true(urls.length > 0);
  t.deepEqual(
    urls.filter((url) => !url.endsWith('/forced')),
    [],
  );
});

test.serial('spans are sent by the protocol of OpenTelemetry, over gRPC', async (t) => {
  await gateway.apply(
    'tracing.yaml',
    tracing(`driver: opentelemetry, ${to(otlp)}, config: { service_name: gate }`),
  );
  await asking('the collector gets spans', '/otlp', () => otlp.spans.length > 0);
  t.is(otlp.spans[0]?.get('service.name'), 'gate');
  t.true(otlp.spans.some((span) => span.get('http.url')?.endsWith('/otlp')));
});

test.serial('and over HTTP, where a path is named', async (t) => {
  await gateway.apply(
    'tracing.yaml',
    tracing(`driver: opentelemetry, ${to(http)}, config: { collector_endpoint: /v1/traces }`),
  );
  const sent = () => http.received.filter(({ path }) => path === '/v1/traces');
  await asking('the collector gets spans', '/otlp-http', () => sent().length > 0);
  t.is(otlpSpans(sent())[0]?.get('service.name'), 'ambassador');
});

test.serial('spans are sent to an agent of datadog', async (t) => {
  await gateway.apply(
    'tracing.yaml',
    tracing(`driver: datadog, ${to(http)}, config: { service_name: gate }`),
  );
  const sent = () => http.received.filter(({ path }) => path === '/v0.4/traces');
  await asking('the agent gets spans', '/datadog', () => sent().length > 0);
  t.true(sent().some(({ body }) => body.includes('gate')));
});

test.serial(
  'of two the first counts; what cannot be is said, and requests are served',
  async (t) => {
    await gateway.apply(
      'tracing.yaml',
      tracing(`driver: zipkin, ${to(http)}, config: { collector_endpoint: /first }`, 'a') +
        tracing(`driver: zipkin, ${to(http)}, config: { collector_endpoint: /second }`, 'b') +
        tracing(`driver: lightstep, ${to(http)}`, 'c') +
        tracing(`driver: zipkin, service: 'not an address'`, 'd'),
    );
    await asking('the first gets spans', '/two', () =>
      http.received.some(({ path }) => path === '/first'),
    );
    t.false(http.received.some(({ path }) => path === '/second'));
    t.like(await gateway.problems('TracingService default/b'), [{ problem: 'Conflict' }]);
    t.like(await gateway.problems('TracingService default/c'), [
      { problem: 'InvalidField', field: 'spec.driver' },
    ]);
    t.like(await gateway.problems('TracingService default/d'), [
      { problem: 'InvalidField', field: 'spec.service' },
    ]);
  },
);

test.serial('requests wait for no collector that is gone', async (t) => {
  await http.kill();
  for (let i = 0; i < 20; i += 1) t.is(await ask('/gone'), 200);
});
