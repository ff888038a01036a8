import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';
import { firstValueFrom } from 'rxjs';

import { clusterReader, clusterStates } from '../../../../src/edge/envoy/cluster-states.ts';
import { envoyAdmin } from '../../../../src/edge/envoy/envoy-admin.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** As an Envoy writes it. */
const text = [
  'names-00::observability_name::names',
  'names-00::default_priority::max_connections::1024',
  'names-00::added_via_api::true',
  'shop-01::observability_name::shop_80',
  'shop-01::default_priority::max_connections::1024',
  'shop-01::10.0.0.1:80::cx_connect_fail::2',
  'shop-01::10.0.0.1:80::cx_total::5',
  'shop-01::10.0.0.1:80::rq_total::3',
  'shop-01::10.0.0.1:80::hostname::shop.default',
  'shop-01::[fd00::1]:80::cx_connect_fail::1',
  'shop-01::[fd00::1]:80::rq_total::0',
  'shop-01::10.0.0.3:80::cx_connect_fail::0',
  'shop-01::10.0.0.3:80::rq_total::9',
  '',
].join('\n');

const states = [
  { name: 'names-00', hosts: 0, troubled: [] },
  {
    name: 'shop-01',
    hosts: 3,
    troubled: [
      { address: '10.0.0.1:80', failed: 2, requests: 3 },
      { address: '[fd00::1]:80', failed: 1, requests: 0 },
    ],
  },
];

test('reads each cluster with its hosts, and counters of those that failed', (t) => {
  const reader = clusterReader();
  reader.push(text);
  t.deepEqual(reader.end(), states);
});

test('it does not matter into which pieces the answer is cut', (t) => {
  for (let cut = 0; cut <= text.length; cut += 1) {
    const reader = clusterReader();
    reader.push(text.slice(0, cut));
    reader.push(text.slice(cut));
    t.deepEqual(reader.end(), states, `cut at ${cut}`);
  }
});

/** Asks an admin interface that does this. */
const asking = async (t: ExecutionContext, answer: RequestListener, timeout?: number) => {
  const path = join(await tempDir(t), 'admin.sock');
  const server = createServer(answer).listen(path);
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return async (filter: string) =>
    await firstValueFrom(
      clusterStates(envoyAdmin({ _tag: 'Unix', path }).clusters, timeout)(filter),
    );
};

test('asks for the clusters that a regular expression finds', async (t) => {
  const asked: (string | undefined)[] = [];
  const ask = await asking(t, ({ url }, response) => {
    asked.push(url);
    response.end(text);
  });
  t.deepEqual(await ask('0a$'), states);
  const nothing = await asking(t, (_, response) => response.end());
  t.deepEqual(await nothing('0b$'), []);
  t.deepEqual(asked, ['/clusters?filter=0a%24']);
});

test('fails where Envoy refuses, ends in the middle, or says nothing for too long', async (t) => {
  const refused = await asking(t, (_, response) => response.writeHead(404).end());
  await t.throwsAsync(refused('^a'), { message: 'Envoy answers 404' });
  const cut = await asking(t, (_, response) => {
    response.write(text, () => response.destroy());
  });
  await t.throwsAsync(cut(''));
  const silent = await asking(t, () => undefined, 50);
  await t.throwsAsync(silent(''));
});
