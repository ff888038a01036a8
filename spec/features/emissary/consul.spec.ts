import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { checked, deregister, register } from '../../_support/consul/a-consul.ts';
import { startStandIn } from '../../_support/consul/stand-in.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const consul = await startStandIn();
const [one, two] = await Promise.all(
  ['one', 'two'].map(async (name) => await startBackend({ name, port: 0 })),
);
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), consul.kill(), one?.close(), two?.close()]);
});

const resolver = (name: string, address: string, datacenter = 'dc1'): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ConsulResolver
metadata: { name: ${name} }
spec: { address: '${address}', datacenter: ${datacenter} }
`;

const answers = async (path: string): Promise<string> => {
  const { status, said } = await gateway.ask({ path });
  return said.service ?? String(status);
};

const answering = async (path: string, expected: string): Promise<void> => {
  await eventually(`${expected} answers ${path}`, async () => (await answers(path)) === expected);
};

test.serial('instances come, fail their check, pass it and go', async (t) => {
  await gateway.apply(
    'shop.yaml',
    resolver('consul-dc1', consul.address) +
      mapping('shop', 'shop', 'prefix: /shop/, resolver: consul-dc1'),
  );
  await answering('/shop/', '503');
  await register(consul, { id: 'shop-1', name: 'shop', port: one?.port ?? 0 });
  await answering('/shop/', 'one');
  await checked(consul, 'shop-1', 'fail');
  await answering('/shop/', '503');
  await checked(consul, 'shop-1', 'pass');
  await answering('/shop/', 'one');
  await register(consul, { id: 'shop-2', name: 'shop', port: two?.port ?? 0 });
  await deregister(consul, 'shop-1');
  await answering('/shop/', 'two');
  await deregister(consul, 'shop-2');
  await answering('/shop/', '503');
  t.deepEqual(await gateway.problems('ConsulResolver default/consul-dc1'), []);
});
