import test from 'ava';

import { chartObjects, chartText, only } from '../_support/api-server/chart.ts';

const settings = (set: readonly string[]): readonly string[] =>
  set.flatMap((one) => ['--set', one]);

/** The options of Gateways that the program in a Pod has, by variable. */
const gatewayVariables = async (
  ...options: readonly string[]
): Promise<Readonly<Record<string, string>>> => {
  const text = await chartText('gate', ...options);
  const found = [...text.matchAll(/- name: HEADGATE_((?:NO_)?GATEWAY\w+)\n +value: (.*)/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
};

const isTold = test.macro({
  async exec(t, set: readonly string[], expected: Readonly<Record<string, string>>) {
    t.deepEqual(await gatewayVariables(...settings(set)), expected);
  },
  title: (_, set: readonly string[]) =>
    `what the program is told of Gateways with ${set.join(' ') || 'the defaults'}`,
});

test(isTold, [], { GATEWAY_SERVICE: '$(AMBASSADOR_NAMESPACE)/headgate' });
test(isTold, ['service.name=front'], { GATEWAY_SERVICE: '$(AMBASSADOR_NAMESPACE)/front' });
test(isTold, ['service.create=false'], {});
test(isTold, ['service.create=false', 'service.name=other'], {
  GATEWAY_SERVICE: '$(AMBASSADOR_NAMESPACE)/other',
});
test(isTold, ['gatewayApi.addresses[0]=10.0.0.1-10.0.0.9', 'gatewayApi.addresses[1]=fd00::/120'], {
  GATEWAY_ADDRESSES: '"10.0.0.1-10.0.0.9,fd00::/120"',
});
test(isTold, ['gatewayApi.enabled=false'], {
  NO_GATEWAY_API: "'true'",
  GATEWAY_SERVICE: '$(AMBASSADOR_NAMESPACE)/headgate',
});
test(isTold, ['scope.namespace=shop', 'gatewayApi.addresses[0]=10.0.0.1'], {});

const defined = ['--api-versions', 'gateway.networking.k8s.io/v1/GatewayClass'];

const classes = async (...options: readonly string[]): Promise<readonly string[]> =>
  (await chartObjects('gate', ...options))
    .filter(({ kind }) => kind === 'GatewayClass')
    .map(({ metadata }) => metadata.name);

test('the class is made where its definition is, and where it is asked for', async (t) => {
  const asked = settings(['gatewayApi.gatewayClass.create=true']);
  const refused = settings(['gatewayApi.gatewayClass.create=false']);

  t.deepEqual(await classes(), []);
  t.deepEqual(await classes(...defined), ['headgate']);
  t.deepEqual(await classes(...asked), ['headgate']);
  t.deepEqual(await classes(...defined, ...refused), []);
  t.deepEqual(await classes(...asked, ...settings(['gatewayApi.gatewayClass.name=edge'])), [
    'edge',
  ]);
});

test('there is no class where the Gateway API is off', async (t) => {
  const asked = settings(['gatewayApi.gatewayClass.create=true']);

  t.deepEqual(await classes(...asked, ...settings(['gatewayApi.enabled=false'])), []);
  t.deepEqual(await classes(...asked, ...settings(['scope.namespace=shop'])), []);
});

test('the class is one that this controller takes', async (t) => {
  const one = only(await chartObjects('gate', ...defined), 'GatewayClass');

  t.like(one, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    spec: { controllerName: 'headgate.io/gateway-controller' },
  });
});

interface Deployed {
  readonly spec: {
    readonly strategy: { readonly rollingUpdate: unknown };
    readonly template: { readonly spec: Readonly<Record<string, unknown>> };
  };
}

const deployed = async (...options: readonly string[]): Promise<Deployed['spec']> =>
  (only(await chartObjects('gate', ...options), 'Deployment') as unknown as Deployed).spec;

test('a Pod on the network of its node makes room before the next one starts', async (t) => {
  const usual = await deployed();
  const onNode = await deployed(...settings(['hostNetwork=true']));

  t.is(usual.template.spec['hostNetwork'], undefined);
  t.deepEqual(usual.strategy.rollingUpdate, { maxUnavailable: 0, maxSurge: 1 });
  t.is(onNode.template.spec['hostNetwork'], true);
  t.is(onNode.template.spec['dnsPolicy'], 'ClusterFirstWithHostNet');
  t.deepEqual(onNode.strategy.rollingUpdate, { maxUnavailable: 1, maxSurge: 0 });
});
