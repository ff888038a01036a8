// With the real agent of Consul, which is built first: HEADGATE_LONG=1 npx ava --timeout=30m spec/features/emissary/consul.spec.ts
import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { checked, deregister, healthOf, register } from '../../_support/consul/a-consul.ts';
import { agents } from '../../_support/consul/agents.ts';
import { consulResolver } from '../../_support/consul/consul-manifests.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, moduleOf, openHost, tcpMapping } from '../../_support/world/routing-manifests.ts';

const one = await startBackend({ name: 'one', port: 0 });
const two = await startBackend({ name: 'two', port: 0 });
const worlds = await Promise.all(
  Object.entries(agents).map(async ([name, start]) => ({
    name,
    consul: await start(),
    gateway: await aGateway(openHost),
  })),
);
test.after.always(async () => {
  await Promise.all([
    ...worlds.flatMap(({ gateway, consul }) => [gateway.stop(), consul.stop()]),
    ...[one.close(), two.close()],
  ]);
});

for (const { name, consul, gateway } of worlds) {
  const resolver = 'ConsulResolver default/dc1';
  const answers = async (path: string): Promise<string> => {
    const { status, said } = await gateway.ask({ path });
    return said.service ?? String(status);
  };
  const answering = async (path: string, expected: string): Promise<void> => {
    await eventually(`${expected} answers ${path}`, async () => (await answers(path)) === expected);
  };

  test.serial(`${name}: answers as Consul's documentation says`, async (t) => {
    const dc = { dc: 'dc1' };
    await register(consul, { id: 'a', name: 'api', port: 81 });
    const first = await healthOf(consul, 'api', dc);
    t.deepEqual(first.ports, [81]);
    t.true(first.index >= 1);

    const index = String(first.index);
    const waiting = healthOf(consul, 'api', { ...dc, index, wait: '60s' });
    await register(consul, { id: 'b', name: 'api', port: 82 });
    const second = await waiting;
    t.deepEqual(second.ports, [81, 82]);
    t.true(second.index > first.index, 'a question that waits is answered by the change');

    t.deepEqual(
      await healthOf(consul, 'api', { ...dc, index: String(second.index), wait: '10ms' }),
      second,
      'without a change it is answered when the time is over',
    );
    t.deepEqual((await healthOf(consul, 'api', { ...dc, index })).ports, [81, 82], 'an old index');

    await checked(consul, 'a', 'warn');
    t.deepEqual((await healthOf(consul, 'api', dc)).ports, [82], 'only what passes');
    t.deepEqual((await healthOf(consul, 'api', { ...dc, passing: 'false' })).ports, [81, 82]);
    t.is((await healthOf(consul, 'api', { dc: 'dc2' })).status, 500, 'another data centre');
    const unknown = await healthOf(consul, 'nothing', dc);
    t.deepEqual([unknown.status, unknown.ports], [200, []]);
    t.true(unknown.index >= 1);
    const later = { ...dc, index: '1000000', wait: '10ms' };
    t.true((await healthOf(consul, 'api', later)).index < 1_000_000, 'an index of another history');
  });

  test.serial(`${name}: instances come, fail their check, pass it and go`, async (t) => {
    await gateway.apply(
      'shop.yaml',
      consulResolver('dc1', consul.address) +
        mapping('shop', 'shop', 'prefix: /shop/, resolver: dc1'),
    );
    await answering('/shop/', '503');
    await register(consul, { id: 'shop-1', name: 'shop', port: one.port });
    await answering('/shop/', 'one');
    await checked(consul, 'shop-1', 'fail');
    await answering('/shop/', '503');
    await checked(consul, 'shop-1', 'pass');
    await answering('/shop/', 'one');
    await register(consul, { id: 'shop-2', name: 'shop', port: two.port });
    await deregister(consul, 'shop-1');
    await answering('/shop/', 'two');
    await deregister(consul, 'shop-2');
    await answering('/shop/', '503');
    t.deepEqual(await gateway.problems(resolver), []);
  });

  test.serial(`${name}: all policies balance over the instances`, async (t) => {
    await register(consul, { id: 'pair-1', name: 'pair', address: '127.0.0.1', port: one.port });
    await register(consul, { id: 'pair-2', name: 'pair', port: two.port });
    for (const policy of ['round_robin', 'least_request', 'ring_hash', 'maglev']) {
      const path = `/${policy.replace('_', '-')}/`;
      const hashed = /hash|maglev/.test(policy) ? ', header: x-user' : '';
      await gateway.apply(
        'pair.yaml',
        mapping(
          'pair',
          'pair',
          `prefix: ${path}, resolver: dc1, load_balancer: { policy: ${policy}${hashed} }`,
        ),
      );
      const met = new Set<string | undefined>();
      await eventually(`${policy} meets both`, async () => {
        const headers = { 'x-user': `user ${Math.random()}` };
        met.add((await gateway.ask({ path, headers })).said.service);
        return met.has('one') && met.has('two');
      });
    }
    t.deepEqual(await gateway.problems('Mapping default/pair'), []);
  });

  test.serial(
    `${name}: the Module can say so for all, and connections are passed on too`,
    async (t) => {
      await register(consul, { id: 'main-1', name: 'main', port: one.port });
      await gateway.apply(
        'module.yaml',
        moduleOf('resolver: dc1') +
          mapping('main', 'main:8080', 'prefix: /main/') +
          tcpMapping('main', 'main', `port: ${gateway.ports.other}`),
      );
      await answering('/main/', 'one');
      await eventually('the connection is passed on', async () => {
        const { said } = await gateway
          .ask({ port: gateway.ports.other })
          .catch(() => ({ said: {} }));
        return 'service' in said && said.service === 'one';
      });
      t.like(await gateway.problems('Mapping default/main'), [
        {
          problem: 'Note',
          message: 'the port has no effect: each instance has its own in Consul',
        },
      ]);
      await gateway.remove('module.yaml');
    },
  );

  test.serial(`${name}: a dead agent takes nothing away; one that starts anew does`, async (t) => {
    await gateway.apply('pair.yaml', mapping('pair', 'pair', 'prefix: /pair/, resolver: dc1'));
    await checked(consul, 'pair-2', 'fail');
    await answering('/pair/', 'one');
    await consul.kill();
    await eventually('the resolver says what is wrong', async () => {
      const found = await gateway.problems(resolver);
      return found.some(({ message }) =>
        /service pair: .*(ECONNREFUSED|ECONNRESET|hang up).*, since 20\d\d-.*Z; the endpoints known last stay/.test(
          message,
        ),
      );
    });
    t.is(await answers('/pair/'), 'one');

    await consul.restart();
    await answering('/pair/', '503');
    await eventually(
      'nothing is wrong',
      async () => (await gateway.problems(resolver)).length === 0,
    );
    await register(consul, { id: 'pair-3', name: 'pair', port: two.port });
    await answering('/pair/', 'two');
  });
}
