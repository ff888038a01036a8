import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import test from 'ava';

import { runs } from '../_support/supervised-envoy.ts';
import { eventually } from '../_support/supervised-envoy.ts';
import { aPlace, settled, startHeadgate, type Place } from '../_support/headgate-process.ts';
import { aFolderOf, startPorts, writeWorld } from '../_support/steady-world.ts';

test.beforeEach((t) => t.timeout(60_000));

/** A place with manifests to serve; gives the port that answers. */
const aWorld = async (t: Parameters<typeof aPlace>[0], place: Place): Promise<number> => {
  const ports = await startPorts(t);
  await writeWorld(aFolderOf(place.manifests), ports);
  return ports.http;
};

const isServed = async (port: number): Promise<boolean> =>
  await fetch(`http://127.0.0.1:${port}/untouched/`).then(
    ({ status }) => status === 200,
    () => false,
  );

test('an Envoy that dies is started again and serves, and is not ready meanwhile', async (t) => {
  const place = aPlace(t);
  const port = await aWorld(t, place);
  const headgate = startHeadgate(t, place);
  await settled(headgate);
  const before = place.envoy();

  const killed = performance.now();
  process.kill(before, 'SIGKILL');
  await eventually('it is not ready', async () => !(await headgate.isReady()));
  const red = performance.now() - killed;
  await eventually('it serves again', async () => await isServed(port));
  const served = performance.now() - killed;
  await eventually('it is ready', async () => await headgate.isReady());

  t.not(place.envoy(), before);
  t.log(`not ready after ${Math.round(red)} ms, served after ${Math.round(served)} ms`);
  t.true(served < 5000);
  t.is(await headgate.metric('headgate_envoy_restarts_total'), 1);
  t.is(await headgate.end('SIGINT'), 0);
});

test('Ctrl-C stops everything, and a second one does so at once', async (t) => {
  const place = aPlace(t);
  const port = await aWorld(t, place);
  const headgate = startHeadgate(t, place, ['--drain-time', '30']);
  await settled(headgate);
  const envoy = place.envoy();
  const slow = fetch(`http://127.0.0.1:${port}/untouched/slow/20000`).catch(() => 'cut off');
  await eventually('the request is on its way', async () =>
    [...(await place.admin.stats('downstream_rq_active')).values()].some((count) => count > 0),
  );

  const stopping = headgate.end('SIGINT');
  await eventually('it stops', () => headgate.lines.some((line) => line.includes('stopping')));
  t.true(runs(envoy), 'it waits for the request');
  const began = performance.now();
  t.is(await headgate.end('SIGINT'), 0);
  await stopping;
  t.true(performance.now() - began < 2000);
  t.is(await slow, 'cut off');
  t.is(place.envoy(), 0);
});

test('without an Envoy to run it says so and ends', async (t) => {
  const headgate = startHeadgate(t, aPlace(t), ['--envoy', '/no/such/envoy']);
  t.is(await headgate.exit(), 1);
  t.regex(headgate.lines.join('\n'), /\/no\/such\/envoy/);
});

test('an Envoy that cannot start ends the run with its own last words', async (t) => {
  const place = aPlace(t);
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const headgate = startHeadgate(t, place, ['--envoy-admin', `127.0.0.1:${port}`]);
  t.is(await headgate.exit(), 1);
  t.regex(headgate.lines.join('\n'), /[Aa]ddress already in use/);
  t.is(place.envoy(), 0);
});

test('two runs side by side do not disturb each other', async (t) => {
  const [one, two] = [aPlace(t), aPlace(t)];
  const ports = [await aWorld(t, one), await aWorld(t, two)];
  const [first, second] = [startHeadgate(t, one), startHeadgate(t, two)];
  await settled(first);
  await settled(second);
  for (const port of ports) t.true(await isServed(port));
  t.is(await first.end('SIGINT'), 0);
  t.true(await isServed(ports[1] ?? 0));
  t.is(await second.end('SIGINT'), 0);
});

test('an admin port in use ends the run and names the option', async (t) => {
  const place = aPlace(t);
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const headgate = startHeadgate(t, place, ['--admin-address', `127.0.0.1:${port}`]);
  t.is(await headgate.exit(), 1);
  t.regex(headgate.lines.join('\n'), new RegExp(`127\\.0\\.0\\.1:${port}.*--admin-address`));
  t.is(place.envoy(), 0);
});

test('an ADS address in use ends the run and names the option', async (t) => {
  const place = aPlace(t);
  const taken = createServer().listen(`${place.state}/ads.sock`);
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const headgate = startHeadgate(t, place, ['--ads-address', `unix:${place.state}/ads.sock`]);
  t.is(await headgate.exit(), 1);
  t.regex(headgate.lines.join('\n'), /ads\.sock.*--ads-address/);
  t.is(place.envoy(), 0);
});

test('a state folder in use ends the run and names the option', async (t) => {
  const place = aPlace(t);
  await aWorld(t, place);
  const first = startHeadgate(t, place);
  await settled(first);
  const second = startHeadgate(t, place);
  t.is(await second.exit(), 1);
  t.regex(second.lines.join('\n'), /in use by process \d+.*--state-dir/);
  t.is(await first.end('SIGTERM'), 0);
});
