import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { startHeldBackend } from '../_support/envoy/held-backend.ts';
import { eventually, realEnvoy, runs } from '../_support/envoy/supervised-envoy.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  type Place,
} from '../_support/process/headgate-process.ts';
import { tempDir } from '../_support/process/temp-dir.ts';
import { aFolderOf, aRoute, startPorts, writeWorld } from '../_support/world/steady-world.ts';

test.beforeEach((t) => t.timeout(300_000));

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

/** An Envoy that does not start as long as it is held back. */
const anEnvoyOnHold = async (t: ExecutionContext) => {
  const folder = await tempDir(t);
  const [program, hold] = [join(folder, 'envoy'), join(folder, 'hold')];
  const { path } = await realEnvoy();
  const script = `#!/bin/sh\nwhile [ -e '${hold}' ]; do sleep 0.02; done\nexec '${path}' "$@"\n`;
  writeFileSync(program, script, { mode: 0o700 });
  return { program, hold: () => writeFileSync(hold, ''), letGo: () => rmSync(hold) };
};

test('an Envoy that dies is started again and serves, and is not ready meanwhile', async (t) => {
  const place = aPlace(t);
  const port = await aWorld(t, place);
  const envoy = await anEnvoyOnHold(t);
  const headgate = startHeadgate(t, place, ['--envoy', envoy.program]);
  await settled(headgate);
  const before = place.envoy();

  envoy.hold();
  process.kill(before, 'SIGKILL');
  await eventually('it is not ready', async () => !(await headgate.isReady()));
  t.false(await isServed(port));
  const metrics = await (await headgate.get('/metrics')).text();
  t.regex(metrics, /^headgate_envoy_scrape_success 0$/m);
  t.regex(metrics, /^headgate_events_total\{.+\} [1-9]/m);
  envoy.letGo();
  await eventually('it serves again', async () => await isServed(port));
  await eventually('it is ready', async () => await headgate.isReady());

  t.not(place.envoy(), before);
  t.is(await headgate.metric('headgate_envoy_restarts_total'), 1);
  t.is(await headgate.end('SIGINT'), 0);
});

test('Ctrl-C stops everything, and a second one does so at once', async (t) => {
  const place = aPlace(t);
  const port = await aWorld(t, place);
  const backend = await startHeldBackend(t);
  const held = aRoute('held', `127.0.0.1:${backend.port}`, { timeout_ms: 0 });
  aFolderOf(place.manifests).write('held.yaml', [held]);
  const headgate = startHeadgate(t, place, ['--drain-time', '3600']);
  await settled(headgate);
  const envoy = place.envoy();
  const slow = fetch(`http://127.0.0.1:${port}/held/`).catch(() => 'cut off');
  await eventually('the request is on its way', () => backend.held() === 1);

  const stopping = headgate.end('SIGINT');
  await eventually('it stops', () => headgate.lines.some((line) => line.includes('stopping')));
  t.true(runs(envoy), 'it waits for the request');
  t.is(await headgate.end('SIGINT'), 0);
  await stopping;
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
