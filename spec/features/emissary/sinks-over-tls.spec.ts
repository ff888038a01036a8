import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startLogSink } from '../../_support/service/a-log-sink.ts';
import { startRateLimitService } from '../../_support/service/a-rate-limit-service.ts';
import { startHttpSpanSink, startOtlpSink } from '../../_support/service/a-span-sink.ts';
import { opaqueSecret, tlsContext } from '../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const signedBy = ({ sign }: typeof known) => sign({ names: ['sink.example'] });

const backend = await startNotingBackend();
const [limits, log, http, otlp] = [
  await startRateLimitService(),
  await startLogSink(),
  await startHttpSpanSink(),
  await startOtlpSink(),
];

const labels = 'labels: { ambassador: [{ a: [{ generic_key: { value: v } }] }] }';
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('plain', backend.port, "prefix: /plain/, rewrite: ''") +
    mapping('counted', backend.port, `prefix: /counted/, rewrite: '', ${labels}`) +
    tlsContext('strict', 'ca_secret: ca, sni: sink.example'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close(), http.kill()]);
  for (const { kill } of [limits, log, otlp]) void kill();
});

const object = (kind: string, service: string, spec: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: ${kind.toLowerCase()} }
spec: { service: '${service}', ${spec} }
`;

const status = async (path = '/counted/'): Promise<number> => (await gateway.ask({ path })).status;

const authority = async ({ certificate }: typeof known): Promise<void> =>
  await gateway.apply('ca.yaml', opaqueSecret('ca', { 'tls.crt': certificate }));

test.serial('a RateLimitService whose TLSContext has no authority yet denies', async (t) => {
  await limits.restart(signedBy(known));
  await gateway.apply(
    'limits.yaml',
    object(
      'RateLimitService',
      `127.0.0.1:${limits.port}`,
      'tls: strict, failure_mode_deny: true, timeout_ms: 5000',
    ),
  );
  t.is(await status(), 503);
  t.is(await status('/plain/'), 200);
  t.deepEqual(limits.asked(), []);
});

test.serial('it is asked when its certificate is of the authority', async (t) => {
  await authority(known);
  await eventually('it is asked', async () => (await status()) === 200);
  t.true(limits.asked().length > 0);
  await limits.restart(signedBy(known));
  await eventually('and with another certificate of it', async () => (await status()) === 200);
  t.true(limits.asked().length > 0);
});

test.serial('one with a certificate of another authority gets not one byte', async (t) => {
  await limits.restart(signedBy(other));
  limits.asked();
  for (let i = 0; i < 5; i += 1) t.is(await status(), 500);
  t.is(await status('/plain/'), 200);
  t.deepEqual(limits.asked(), []);
  await authority(other);
  await eventually('the other is known now', async () => (await status()) === 200);
  await limits.restart();
  limits.asked();
  for (let i = 0; i < 5; i += 1) t.is(await status(), 500);
  t.deepEqual(limits.asked(), [], 'nor does one in cleartext');
  await gateway.remove('limits.yaml');
});

/** Asks until this holds; every request is answered. */
const asking = async (what: string, holds: () => boolean): Promise<void> =>
  await eventually(what, async () => {
    if ((await status('/plain/')) !== 200) throw new Error('a request failed');
    return holds();
  });

const sinks = {
  'a LogService': {
    ...{ sink: log, told: log.requests as { length: number } },
    object: object(
      'LogService',
      `https://127.0.0.1:${log.port}`,
      'driver: http, flush_interval_time: 1',
    ),
  },
  'a collector of Zipkin': {
    ...{ sink: http, told: http.received as { length: number } },
    object: object('TracingService', `https://127.0.0.1:${http.port}`, 'driver: zipkin'),
  },
  'a collector of OpenTelemetry': {
    ...{ sink: otlp, told: otlp.spans as { length: number } },
    object: object('TracingService', `https://127.0.0.1:${otlp.port}`, 'driver: opentelemetry'),
  },
} as const;

for (const [name, { sink, told, object: manifest }] of Object.entries(sinks))
  test.serial(`${name} is spoken to over TLS, whoever signed its certificate`, async (t) => {
    await sink.kill();
    await sink.restart(signedBy(known));
    await gateway.apply('sink.yaml', manifest);
    told.length = 0;
    await asking('it is told', () => told.length > 0);
    await sink.kill();
    for (let i = 0; i < 5; i += 1) t.is(await status('/plain/'), 200);
    await sink.restart(signedBy(other));
    told.length = 0;
    await asking('it is told with another certificate', () => told.length > 0);
    await gateway.remove('sink.yaml');
  });
