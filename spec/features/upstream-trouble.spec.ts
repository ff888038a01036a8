import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import { createServer as createSocketServer } from 'node:net';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { listening } from '../_support/envoy/a-server.ts';
import { startHeldBackend } from '../_support/envoy/held-backend.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

/**
 * The statuses of the answers to these paths, in the order in which they come.
 *
 * All are asked over one connection, one after another in this order, so a slow machine changes
 * nothing: what is due first is answered first.
 */
const inOrder = async (...paths: readonly string[]): Promise<readonly string[]> => {
  const session = connect(`http://127.0.0.1:${gateway.ports.http}`);
  const answers: string[] = [];
  const asked = paths.map(async (path) => {
    const stream = session.request({ ':path': path }).resume();
    const [headers] = (await once(stream, 'response')) as [{ readonly ':status': number }];
    answers.push(`${path} ${headers[':status']}`);
  });
  await Promise.all(asked);
  session.destroy();
  return answers;
};

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
      `prefix: /per-try/, timeout_ms: 0,
       retry_policy: { retry_on: 5xx, num_retries: 1, per_try_timeout: 100ms }`,
    ),
  );
  t.is((await gateway.ask({ path: '/per-try/slow/99999' })).status, 504);
});

test('a request that takes longer than timeout_ms is answered 504', async (t) => {
  await gateway.apply(
    'timeout.yaml',
    mapping('timeout', a.port, 'prefix: /timeout/, timeout_ms: 100') +
      mapping('patient', a.port, 'prefix: /patient/, timeout_ms: 0'),
  );
  t.is((await gateway.ask({ path: '/timeout/slow/99999' })).status, 504);
  await eventually(
    'what is quick is answered',
    async () => (await gateway.ask({ path: '/timeout/' })).status === 200,
  );
  t.is((await gateway.ask({ path: '/patient/slow/3100' })).status, 200);
});

test('without timeout_ms a request may take three seconds', async (t) => {
  const { port } = await startHeldBackend(t);
  await gateway.apply(
    'three.yaml',
    mapping('less', port, 'prefix: /less-than-three/, timeout_ms: 2900') +
      mapping('three', port, 'prefix: /three/') +
      mapping('more', port, 'prefix: /more-than-three/, timeout_ms: 3100'),
  );
  t.deepEqual(await inOrder('/less-than-three/', '/three/', '/more-than-three/'), [
    '/less-than-three/ 504',
    '/three/ 504',
    '/more-than-three/ 504',
  ]);
});

test('a request on which nothing moves is given up after idle_timeout_ms', async (t) => {
  await gateway.apply(
    'idle.yaml',
    mapping('idle', a.port, 'prefix: /idle/, timeout_ms: 0, idle_timeout_ms: 100'),
  );
  t.is((await gateway.ask({ path: '/idle/slow/99999' })).status, 504);
});

test('a connection that is not made in connect_timeout_ms is given up', async (t) => {
  const silent = await listening(createSocketServer());
  t.teardown(silent.close);
  await gateway.apply(
    'connect.yaml',
    mapping(
      'connect',
      `https://127.0.0.1:${silent.port}`,
      'prefix: /connect/, connect_timeout_ms: 100, timeout_ms: 0',
    ) + mapping('usual', `https://127.0.0.1:${silent.port}`, 'prefix: /usual/, timeout_ms: 0'),
  );
  t.deepEqual(await inOrder('/usual/', '/connect/'), ['/connect/ 503', '/usual/ 503']);
});

test('requests beyond max_requests are turned away at once', async (t) => {
  const backend = await startHeldBackend(t);
  await gateway.apply(
    'breaker.yaml',
    mapping(
      'breaker',
      backend.port,
      'prefix: /breaker/, timeout_ms: 0, circuit_breakers: [{ max_requests: 1 }]',
    ),
  );
  const first = gateway.ask({ path: '/breaker/' });
  await eventually('one is under way', () => backend.held() === 1);
  for (let i = 0; i < 2; i += 1) {
    const { status, headers } = await gateway.ask({ path: '/breaker/' });
    t.is(status, 503);
    t.is(headers['x-envoy-overloaded'], 'true');
  }
  backend.release();
  t.is((await first).status, 200);
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
