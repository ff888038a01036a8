import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { register } from '../_support/consul/a-consul.ts';
import { consulResolver } from '../_support/consul/consul-manifests.ts';
import { startStandIn } from '../_support/consul/stand-in.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { host, listener, mapping } from '../_support/world/routing-manifests.ts';

test('an Envoy that outlives its control plane keeps the endpoints from Consul through its next start', async (t) => {
  const backend = await startBackend({ name: 'one', port: 0 });
  const consul = await startStandIn();
  t.teardown(async () => {
    await Promise.all([backend.close(), consul.stop()]);
  });
  await register(consul, { id: 'shop-1', name: 'shop', port: backend.port });
  const place = aPlace(t);
  const port = await freePort();
  writeFileSync(
    join(place.manifests, 'shop.yaml'),
    listener('http', port) +
      host('*') +
      consulResolver('dc1', consul.address) +
      mapping('shop', 'shop', 'prefix: /shop/, resolver: dc1'),
  );
  const flags = ['--allow-addresses', 'loopback'];
  const status = async (): Promise<number> => (await ask({ port, path: '/shop/' })).status;

  const first = startHeadgate(t, place, flags);
  await settled(first);
  await eventually('it is served', async () => (await status()) === 200);
  const envoy = place.envoy();
  await first.end('SIGKILL');

  consul.asked();
  consul.misanswers(() => undefined);
  const second = startHeadgate(t, place, flags);
  await eventually('Consul is asked', () => consul.asked().length > 0);
  await eventually('Envoy is back', async () => (await second.streams()).length > 0);
  const statuses = new Set<number>();
  for (let i = 0; i < 20; i += 1) statuses.add(await status());
  consul.misanswers(undefined);
  await settled(second);
  statuses.add(await status());

  t.is(place.envoy(), envoy);
  t.deepEqual([...statuses], [200]);
});
