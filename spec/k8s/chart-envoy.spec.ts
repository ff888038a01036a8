import test from 'ava';

import { chartObjects, only } from '../_support/api-server/chart.ts';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
}

const containerOf = async (...options: readonly string[]): Promise<Container> => {
  const deployment = only(await chartObjects('gate', ...options), 'Deployment') as unknown as {
    readonly spec: { template: { spec: { containers: readonly [Container] } } };
  };
  return deployment.spec.template.spec.containers[0];
};

const variable = ({ env }: Container, name: string): string | undefined =>
  env.find((one) => one.name === name)?.value;

test('readiness asks Envoy, where it has been told to answer; the others ask the control plane', async (t) => {
  const container = await containerOf();
  const asked = [container.startupProbe, container.readinessProbe, container.livenessProbe];

  t.deepEqual(
    asked.map(({ httpGet }) => httpGet),
    [
      { path: '/ambassador/v0/check_alive', port: 'admin' },
      { path: '/ready', port: 'ready' },
      { path: '/ambassador/v0/check_alive', port: 'admin' },
    ],
  );
  t.is(variable(container, 'HEADGATE_ENVOY_READY_ADDRESS'), '0.0.0.0:8006');
  t.is(container.ports.find(({ name }) => name === 'ready')?.containerPort, 8006);
});

const isLimited = test.macro<[options: readonly string[], mebibytes: string | undefined]>({
  async exec(t, options, mebibytes) {
    const settings = options.flatMap((option) => ['--set', option]);
    t.is(variable(await containerOf(...settings), 'HEADGATE_ENVOY_MAX_HEAP'), mebibytes);
  },
  title: (_, options, mebibytes = 'no') =>
    `with ${options.join(' ') || 'the defaults'} the heap of Envoy has ${mebibytes} MiB`,
});

test(isLimited, [], '460');
test(isLimited, ['resources.limits.memory=4Gi'], '1843');
test(isLimited, ['resources.limits.memory=1.5Gi', 'envoy.heapPercent=50'], '768');
test(isLimited, ['resources.limits.memory=2097152000'], '900');
test(isLimited, ['resources.limits.memory=2G', 'heapPercent=60', 'envoy.heapPercent=30'], '572');
test(isLimited, ['envoy.heapPercent=null'], undefined);

test('who may look at the control plane may ask whether it is ready, and nobody else', async (t) => {
  const policy = only(await chartObjects('gate'), 'NetworkPolicy') as unknown as {
    readonly spec: {
      ingress: readonly { readonly ports: readonly { port: number }[]; readonly from?: unknown }[];
    };
  };
  const rules = policy.spec.ingress.filter(({ ports }) => ports.some(({ port }) => port === 8006));

  t.deepEqual(
    rules.map(({ ports, from }) => ({ ports: ports.map(({ port }) => port), from })),
    [{ ports: [8877, 8006], from: [{ podSelector: {} }] }],
  );
});

const logs = test.macro<[settings: readonly string[], access: string]>({
  async exec(t, settings, access) {
    const options = settings.flatMap((setting) => ['--set-string', setting]);
    t.is(variable(await containerOf(...options), 'HEADGATE_ACCESS_LOG'), access);
  },
  title: (_, settings) => `the access log with ${settings.join(' ') || 'the defaults'}`,
});

test(logs, [], 'json');
test(logs, ['accessLog.format=emissary'], 'emissary');
test(logs, ['accessLog.format=%PROTOCOL% x'], '%PROTOCOL% x');
test(
  logs,
  ['accessLog.fields.tenant=%REQ(X-TENANT)%', 'accessLog.fields.user_agent='],
  '{"tenant":"%REQ(X-TENANT)%","user_agent":""}',
);

test('the access log can be off, and have queries', async (t) => {
  const off = await containerOf('--set', 'accessLog.enabled=false');
  t.is(variable(off, 'HEADGATE_ACCESS_LOG'), 'off');
  const { path } = JSON.parse(
    variable(await containerOf('--set', 'accessLog.query=true'), 'HEADGATE_ACCESS_LOG') ?? '',
  ) as { readonly path: string };
  t.is(path, '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%');
});

test('a line of text has no fields', async (t) => {
  const lines = ['--set', 'accessLog.format=emissary', '--set', 'accessLog.query=true'];
  await t.throwsAsync(containerOf(...lines), {
    message: /fields and query are for the format json/,
  });
});

test('the authorities of the system are a file that a value names, and none without it', async (t) => {
  const file = '/etc/ssl/certs/ca-certificates.crt';
  const name = 'HEADGATE_SYSTEM_AUTHORITIES';
  t.is(variable(await containerOf(), name), undefined);
  t.is(variable(await containerOf('--set', `systemAuthorities=${file}`), name), file);
  await t.throwsAsync(containerOf('--set', 'systemAuthorities=ca.crt'));
});
