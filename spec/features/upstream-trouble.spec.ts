import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/a-gateway.ts';
import { listening } from '../_support/a-server.ts';
import { mapping, openHost } from '../_support/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

/** A service that fails so many times before it answers, for each path. */
const failing = async (times: number) => {
  const asked = new Map<string, number>();
  const server = createServer(({ url = '' }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1);
    response.writeHead((asked.get(url) ?? 0) > times ? 200 : 503).end();
  });
  return { asked, ...(await listening(server)) };
};

test('a request that fails is tried again as often as its policy says', async (t) => {
  const { asked, port, close } = await failing(2);
  t.teardown(close);
  await gateway.apply(
    'retry.yaml',
    mapping('retry', port, 'prefix: /retry/, retry_policy: { retry_on: 5xx, num_retries: 2 }') +
      mapping('retry-less', port, 'prefix: /less/, retry_policy: { retry_on: 5xx }') +
      mapping('retry-not', port, 'prefix: /not/'),
  );
  t.is((await gateway.ask({ path: '/retry/two' })).status, 200);
  t.is(asked.get('/two'), 3);
  t.is((await gateway.ask({ path: '/less/one' })).status, 503);
  t.is(asked.get('/one'), 2);
  t.is((await gateway.ask({ path: '/not/none' })).status, 503);
  t.is(asked.get('/none'), 1);
});

test('each try has its own timeout', async (t) => {
  await gateway.apply(
    'per-try.yaml',
    mapping(
      'per-try',
      a.port,
      `prefix: /per-try/, timeout_ms: 10000,
       retry_policy: { retry_on: 5xx, num_retries: 1, per_try_timeout: 100ms }`,
    ),
  );
  t.is((await gateway.ask({ path: '/per-try/slow/8000' })).status, 504);
});

test('a request that takes longer than timeout_ms is answered 504', async (t) => {
  await gateway.apply(
    'timeout.yaml',
    mapping('timeout', a.port, 'prefix: /timeout/, timeout_ms: 100') +
      mapping('patient', a.port, 'prefix: /patient/, timeout_ms: 0'),
  );
  t.is((await gateway.ask({ path: '/timeout/slow/8000' })).status, 504);
  t.is((await gateway.ask({ path: '/timeout/' })).status, 200);
  t.is((await gateway.ask({ path: '/patient/slow/3100' })).status, 200);
});

test('without timeout_ms a request may take three seconds', async (t) => {
  await gateway.apply('three.yaml', mapping('three', a.port, 'prefix: /three/'));
  const began = performance.now();
  t.is((await gateway.ask({ path: '/three/slow/8000' })).status, 504);
  const elapsed = performance.now() - began;
  t.true(elapsed > 2900 && elapsed < 6000, `${elapsed} ms`);
});

test('a request on which nothing moves is given up after idle_timeout_ms', async (t) => {
  await gateway.apply(
    'idle.yaml',
    mapping('idle', a.port, 'prefix: /idle/, timeout_ms: 0, idle_timeout_ms: 100'),
  );
  t.is((await gateway.ask({ path: '/idle/slow/8000' })).status, 504);
});

test('a connection that is not made in connect_timeout_ms is given up', async (t) => {
  const silent = await listening(createSocketServer());
  t.teardown(silent.close);
  await gateway.apply(
    'connect.yaml',
    mapping(
      'connect',
      `https://127.0.0.1:${silent.port}`,
      'prefix: /connect/, connect_timeout_ms: 100, timeout_ms: 15000',
    ),
  );
  const began = performance.now();
  t.is((await gateway.ask({ path: '/connect/' })).status, 503);
  t.true(performance.now() - began < 2500);
});

test('requests beyond max_requests are turned away at once', async (t) => {
  await gateway.apply(
    'breaker.yaml',
    mapping(
      'breaker',
      a.port,
      'prefix: /breaker/, timeout_ms: 10000, circuit_breakers: [{ max_requests: 1 }]',
    ),
  );
  const answers = await Promise.all(
    ['slow/1000', 'slow/1001', 'slow/1002'].map(
      async (path) => await gateway.ask({ path: `/breaker/${path}` }),
    ),
  );
  t.deepEqual(answers.map(({ status }) => status).sort(), [200, 503, 503]);
  const refused = answers.find(({ status }) => status === 503);
  t.is(refused?.headers['x-envoy-overloaded'], 'true');
});

test('a service that nobody runs costs its own Mapping and no other', async (t) => {
  await gateway.apply(
    'nobody.yaml',
    mapping('nobody', '127.0.0.1:1', 'prefix: /nobody/') +
      mapping('somebody', a.port, 'prefix: /somebody/'),
  );
  t.is((await gateway.ask({ path: '/nobody/' })).status, 503);
  t.is((await gateway.ask({ path: '/somebody/' })).status, 200);
});
