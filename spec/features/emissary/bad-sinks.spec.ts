import test, { type ExecutionContext } from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { askMany } from '../../_support/envoy/ask-many.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { badManners, startBadServer } from '../../_support/service/bad-servers.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startNotingBackend();
const servers = await Promise.all(badManners.map(startBadServer));
const ports = [
  ...badManners.map((manner, i) => [manner, servers[i]?.port ?? 0] as const),
  ['gone', await freePort()] as const,
];

const labels = 'labels: { ambassador: [{ a: [{ generic_key: { value: v } }] }] }';
const gateway = await aGateway(
  (own) =>
    openHost(own) +
    mapping('plain', backend.port, "prefix: /plain/, rewrite: ''") +
    mapping('counted', backend.port, `prefix: /counted/, rewrite: '', ${labels}`) +
    mapping('moved', 'other.example', 'prefix: /moved/, host_redirect: true'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close(), ...servers.map(({ close }) => close())]);
});

/** What is told of requests, or asked about them; more of its spec in flow style. */
const kinds: Readonly<Record<string, readonly [kind: string, spec: string, counted?: number]>> = {
  'a LogService of requests': ['LogService', 'driver: http'],
  'a LogService of connections': ['LogService', 'driver: tcp'],
  'a TracingService for zipkin': ['TracingService', 'driver: zipkin'],
  'a TracingService for datadog': ['TracingService', 'driver: datadog'],
  'a TracingService for OTLP over gRPC': ['TracingService', 'driver: opentelemetry'],
  'a TracingService for OTLP over HTTP': [
    'TracingService',
    'driver: opentelemetry, config: { collector_endpoint: /v1/traces }',
  ],
  'a RateLimitService': ['RateLimitService', 'timeout_ms: 20'],
  'a RateLimitService that denies': [
    'RateLimitService',
    'timeout_ms: 20, failure_mode_deny: true',
    500,
  ],
};

const object = (kind: string, port: number, spec: string): string => `
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: bad }
spec: { service: '127.0.0.1:${port}', ${spec} }
`;

/** How often requests are answered in each way. */
const statuses = async (path: string, times = 10): Promise<ReadonlySet<number>> => {
  const found = new Set<number>();
  for (let i = 0; i < times; i += 1) found.add((await gateway.ask({ path })).status);
  return found;
};

const serves = async (
  t: ExecutionContext,
  port: number,
  [kind, spec, counted = 200]: readonly [string, string, number?],
): Promise<void> => {
  await gateway.apply('bad.yaml', object(kind, port, spec));
  t.deepEqual(await statuses('/plain/'), new Set([200]));
  t.deepEqual(await statuses('/counted/'), new Set([counted]));
  t.deepEqual(await gateway.problems(`${kind} default/bad`), []);
  await gateway.remove('bad.yaml');
};

for (const [name, object_] of Object.entries(kinds))
  for (const [manner, port] of ports)
    test.serial(`${name} whose server is ${manner} delays no request`, serves, port, object_);

/** The bytes that Envoy has allocated. */
const allocated = async (): Promise<number> => {
  const { allocated: bytes } = JSON.parse(await gateway.envoy.post('/memory')) as {
    readonly allocated: string;
  };
  return Number(bytes);
};

/** Redirects of which much is told: 32 kB each. */
const names = ['x-a', 'x-b', 'x-c', 'x-d'];
const headers = names.map((name) => `${name}: ${'x'.repeat(8000)}\r\n`).join('');
const long = `GET /moved/ HTTP/1.1\r\nhost: a\r\n${headers}\r\n`;
const times = 800;

/** Asks so often that 25 megabytes are to be told. */
const tellMuch = async (t: ExecutionContext): Promise<void> => {
  const answers = await askMany(gateway.ports.http, Array<string>(times).fill(long));
  t.true(answers.every(({ status }) => status === 301));
};

const logged = names.map((name) => `{ header_name: ${name} }`).join(', ');
const tags = names.map((name) => `{ tag: ${name}, request_header: { name: ${name} } }`).join(', ');

const [, deaf = 0] = ports.find(([manner]) => manner === 'deaf') ?? [];

const bounded = test.macro(async (t: ExecutionContext, kind: string, spec: string) => {
  await gateway.apply('bad.yaml', object(kind, deaf, spec));
  const before = await allocated();
  for (let i = 0; i < 3; i += 1) await tellMuch(t);
  t.true((await allocated()) - before < 40_000_000, 'of 77 megabytes that were to be told');
  await gateway.remove('bad.yaml');
});

test.serial(
  'a LogService that reads nothing costs Envoy bounded memory',
  bounded,
  'LogService',
  `driver: http, driver_config: { additional_log_headers: [${logged}] }`,
);

for (const driver of ['zipkin', 'opentelemetry'])
  test.serial(
    `a collector for ${driver} that reads nothing costs Envoy bounded memory`,
    bounded,
    'TracingService',
    `driver: ${driver}, custom_tags: [${tags}]`,
  );

test.serial('what an agent of datadog does not read is forgotten', async (t) => {
  await gateway.apply(
    'bad.yaml',
    object('TracingService', deaf, `driver: datadog, custom_tags: [${tags}]`),
  );
  const before = await allocated();
  await tellMuch(t);
  await eventually('they are forgotten', async () => (await allocated()) - before < 5_000_000);
});
