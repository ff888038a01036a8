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
