// The long run, to 100,000 hosts and back: HEADGATE_LONG=1 npx ava --timeout=30m spec/reliability/growing.spec.ts
import test from 'ava';

import { aGateway, type Gateway } from '../_support/envoy/a-gateway.ts';
import { lastingConnections, startEcho } from '../_support/envoy/lasting-connections.ts';
import { showLoad, startLoad } from '../_support/envoy/load.ts';
import { bareMapping, host, listener, mapping } from '../_support/world/routing-manifests.ts';

const isLong = process.env['HEADGATE_LONG'] !== undefined;

/** How many hosts there are, up and down; a table is cut above 256, 4,096 and 32,768 of them. */
const sizes = isLong
  ? [10, 300, 5_000, 20_000, 40_000, 100_000, 30_000, 10_000, 1_000, 10]
  : [10, 200, 300, 1_000, 5_000, 1_500, 300, 100, 10];

const block = isLong ? 5_000 : 1_000;

const hosts = (first: number, end: number): string =>
  Array.from({ length: end - first }, (_, i) =>
    bareMapping(`m-${first + i}`, 9, `prefix: /, hostname: m${first + i}.grown.example`),
  ).join('') || '\n';

/** Writes the blocks of hosts that change between two sizes, one file each; the last one settles. */
const grown = async (gateway: Gateway, from: number, to: number): Promise<void> => {
  const blocks = Math.ceil(Math.max(from, to) / block);
  const changes = Array.from({ length: blocks }, (_, i) => i).filter(
    (i) => countIn(i, from) !== countIn(i, to),
  );
  for (const i of changes)
    await gateway.apply(`block-${i}.yaml`, hosts(i * block, i * block + countIn(i, to)));
};

const countIn = (index: number, size: number): number =>
  Math.min(block, Math.max(0, size - index * block));

/** Into how many pieces Envoy has the table cut. */
const pieces = async ({ envoy }: Gateway): Promise<number> => {
  const dump = JSON.stringify(await envoy.configDump('?resource=dynamic_scoped_route_configs'));
  return new Set(dump.match(/"name":"[^"#]+#\d+\.\d+\.\d+"/g)).size;
};

/** The machine may be busy: that the service is slow is nobody's fault. */
const patient = 'prefix: /, timeout_ms: 60000';

/** So many requests are answered after each change of size, at least. */
const requestsEach = 100;

const names = Array.from({ length: 20 }, (_, i) => `kept-${i}.example`);

test('no request fails while hosts come by the thousand and go', async (t) => {
  t.timeout(isLong ? 1_700_000 : 600_000);
  const echo = await startEcho();
  const gateway = await aGateway(
    ({ http }) =>
      listener('http', http) +
      host('*') +
      names
        .map((name, i) => mapping(`kept-${i}`, echo.port, `${patient}, hostname: ${name}`))
        .join('') +
      mapping('stream', echo.port, `${patient}, hostname: stream.example`) +
      mapping('ws', echo.port, `${patient}, hostname: ws.example, allow_upgrade: [websocket]`) +
      mapping('any', echo.port, `${patient}, hostname: '*.any.example'`),
    ['--drain-time', '600'],
  );
  t.teardown(async () => {
    await Promise.all([gateway.stop(), echo.close()]);
  });
  const { http } = gateway.ports;
  const targets = [...names, 'a.any.example', 'b.c.any.example'].map(
    (name) => `http://${name}:${http}/`,
  );
  const lasting = await lastingConnections(t, http, {
    stream: 'stream.example',
    websocket: 'ws.example',
  });
  const { Listener: listeners } = await gateway.pushes();
  const load = startLoad(t, targets, { rate: isLong ? 200 : 300, connections: 2, freshEvery: 10 });
  const seen = new Set<number>();
  for (const [i, size] of sizes.entries()) {
    await grown(gateway, sizes[i - 1] ?? 0, size);
    seen.add(await pieces(gateway));
    await lasting.echo();
    await load.more(requestsEach);
  }
  const report = await load.stop();

  t.log(showLoad(report), [...seen]);
  t.deepEqual(report.failures, []);
  t.deepEqual(lasting.failures(), []);
  t.deepEqual([...seen], isLong ? [0, 64, 512, 4_096] : [0, 64, 512]);
  t.is((await gateway.pushes())['Listener'], listeners, 'no listener changes');
  t.is(await pieces(gateway), 0);
});
