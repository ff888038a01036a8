import { createServer } from 'node:http';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { listening } from '../_support/envoy/a-server.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const seen: string[] = [];
const mirror = await listening(
  createServer(({ method, url, headers }, response) => {
    seen.push(`${method} ${url} ${headers.host}`);
    response.writeHead(500).end('nobody reads this');
  }),
);
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), mirror.close()]);
});

test('a shadow gets a copy of every request, and its answers go nowhere', async (t) => {
  await gateway.apply(
    'copy.yaml',
    mapping('copy', a.port, 'prefix: /copy/') +
      mapping('copy-shadow', mirror.port, 'prefix: /copy/, shadow: true'),
  );
  const { status, said } = await gateway.ask({ path: '/copy/x', method: 'POST', host: 'copied' });
  t.is(status, 200);
  t.is(said.service, 'a');
  await eventually('the copy arrives', () => seen.includes('POST /x copied-shadow'));
});

test('a shadow of weight 0 gets nothing', async (t) => {
  await gateway.apply(
    'none.yaml',
    mapping('none', a.port, 'prefix: /none/') +
      mapping('none-shadow', mirror.port, 'prefix: /none/, shadow: true, weight: 0') +
      mapping('marker', a.port, 'prefix: /marker/') +
      mapping('marker-shadow', mirror.port, 'prefix: /marker/, shadow: true'),
  );
  for (let i = 0; i < 20; i++) t.is((await gateway.ask({ path: '/none/y' })).status, 200);
  await gateway.ask({ path: '/marker/z', host: 'last' });
  await eventually('the last copy arrives', () => seen.includes('GET /z last-shadow'));
  t.false(seen.some((line) => line.includes('/y')));
});

test('a shadow without a Mapping to copy is reported and answers nothing', async (t) => {
  await gateway.apply(
    'lonely.yaml',
    mapping('lonely', mirror.port, 'prefix: /lonely/, shadow: true'),
  );
  t.is((await gateway.ask({ path: '/lonely/' })).status, 404);
  t.like(await gateway.problems('Mapping default/lonely'), [
    { problem: 'NotAttached', field: 'spec.shadow' },
  ]);
});
