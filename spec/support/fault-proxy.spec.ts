import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import test, { type ExecutionContext } from 'ava';
import { Agent, request } from 'undici';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { anErrorEvent, startFaultProxy } from '../_support/test-cluster/fault-proxy.ts';
import { aCertificate } from '../_support/world/certificates.ts';

/** A server that answers `/list` at once and writes what it is told to whoever watches `/watch`. */
const aTarget = async (t: ExecutionContext) => {
  const { certificate, privateKey } = await aCertificate('127.0.0.1');
  const writers = new Set<(line: string) => void>();
  const server = createServer({ cert: certificate, key: privateKey }, (incoming, response) => {
    if (incoming.url !== '/watch/things?watch=1') return void response.end('all');
    response.flushHeaders();
    writers.add((line) => void response.write(line));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy = await startFaultProxy(t, { url, certificate });
  const dispatcher = new Agent({ connect: { ca: proxy.certificate } });
  t.teardown(async () => await dispatcher.destroy());
  const get = async (path: string) => await request(`${proxy.url}${path}`, { dispatcher });
  return {
    proxy,
    get,
    write: (line: string) => writers.forEach((writer) => writer(line)),
    watch: async () => {
      const { body } = await get('/watch/things?watch=1');
      const seen = { text: '', end: '' };
      body.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
      body.once('error', (error) => (seen.end = error.message));
      body.once('end', () => (seen.end = 'complete'));
      await eventually('the watch is open', () => writers.size > 0 && proxy.watches() > 0);
      return seen;
    },
  };
};

test('lets everything pass, and remembers what', async (t) => {
  const { proxy, get, write, watch } = await aTarget(t);
  const seen = await watch();
  write('one\n');
  t.is(await (await get('/list')).body.text(), 'all');
  await eventually('the line arrives', () => seen.text === 'one\n');
  t.deepEqual(
    proxy.calls().map(({ method, path, isWatch, status }) => [method, path, isWatch, status]),
    [
      ['GET', '/watch/things', true, 200],
      ['GET', '/list', false, 200],
    ],
  );
});

test('cuts a line of a watch in the middle', async (t) => {
  const { proxy, write, watch } = await aTarget(t);
  const seen = await watch();
  const cut = proxy.cutNextLine('things');
  write('12345678\n');
  await cut;
  await eventually('the watch ends', () => seen.end !== '');
  t.not(seen.end, 'complete');
  t.is('12345678\n'.startsWith(seen.text) && seen.text.length < 5, true, seen.text);
  t.is(proxy.watches(), 0);
});

test('ends a watch with an event', async (t) => {
  const { proxy, watch } = await aTarget(t);
  const seen = await watch();
  proxy.endWatches(anErrorEvent(410, 'Expired', 'too old'));
  await eventually('the watch ends', () => seen.end === 'complete');
  t.is((JSON.parse(seen.text) as { object: { code: number } }).object.code, 410);
});

test('answers by itself, says nothing, and lets pass again', async (t) => {
  const { proxy, get, write, watch } = await aTarget(t);
  const seen = await watch();
  proxy.answer(429, { 'retry-after': '7' });
  const refused = await get('/list');
  t.is(refused.statusCode, 429);
  t.is(refused.headers['retry-after'], '7');
  await refused.body.dump();

  proxy.silence();
  write('lost\n');
  const hung = get('/list').then(
    () => 'answered',
    () => 'broken',
  );
  await eventually('the request came', () => proxy.calls().at(-1)?.status === 0);
  proxy.breakAll();
  t.is(await hung, 'broken');
  await eventually('the watch ends', () => seen.end !== '');
  t.is(seen.text, '');

  proxy.letPass();
  t.is((await get('/list')).statusCode, 200);
});
