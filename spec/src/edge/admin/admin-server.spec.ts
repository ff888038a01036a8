import { connect } from 'node:net';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { startAdminServer } from '../../../../src/edge/admin/admin-server.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import {
  anAdminServer,
  askPlainly,
  healthyPages,
} from '../../../_support/process/an-admin-server.ts';

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);

const answers = test.macro({
  async exec(t, line: string, status: number, body: string) {
    const answer = await askPlainly(await anAdminServer(t), line);
    t.is(Number(answer.split(' ')[1]), status);
    t.is(bodyOf(answer), body);
    t.notRegex(answer, /access-control-/i);
  },
  title: (name = '', line, status) => `${name}${line} is answered ${status}`,
});

test(answers, 'GET /ambassador/v0/check_alive', 200, 'alive\n');
test(answers, 'GET /ambassador/v0/check_ready', 200, 'ready\n');
test(answers, 'HEAD /ambassador/v0/check_ready', 200, '');
test(answers, 'GET /metrics', 200, 'headgate_up 1\n');

for (const target of [
  '/',
  '/metrics/',
  '/metrics?x=1',
  '//metrics',
  ...['/debug', '/debug/', '/debug/ir', '/debug/snapshot'],
  '/metrics/../debug/ir',
  '/metrics/%2e%2e/debug/ir',
  '/metrics;/debug/ir',
  '/metrics%2f..%2fdebug%2fir',
  '/debug/snapshot/../../config_dump',
  'http://localhost/metrics',
  '/Metrics',
  '/debug/__proto__',
  '/debug/constructor',
  '/shutdown',
  '/quitquitquit',
  '*',
])
  test('attack A07: ', answers, `GET ${target}`, 404, 'not found\n');

for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])
  test('attack A01: ', answers, `${method} /metrics`, 405, 'only GET and HEAD are allowed\n');
test('attack A01: ', answers, 'POST /quitquitquit', 404, 'not found\n');
test('attack A07: ', answers, 'CONNECT 127.0.0.1:80', 405, '');

test('the series of Envoy follow those of the control plane: the listed ones, or all', async (t) => {
  const port = await anAdminServer(t, {
    envoy: async function* (choice) {
      yield Buffer.from(`envoy_a{choice="${choice}"} 1\n`);
      yield Buffer.from('envoy_b 2\n');
    },
  });
  const shown = async (path: string): Promise<string> =>
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  t.is(await shown('/metrics'), 'headgate_up 1\nenvoy_a{choice="listed"} 1\nenvoy_b 2\n');
  t.is(await shown('/metrics?envoy=all'), 'headgate_up 1\nenvoy_a{choice="all"} 1\nenvoy_b 2\n');
  t.is(bodyOf(await askPlainly(port, 'HEAD /metrics')), '');
});

test('no more of the series of Envoy is read than the client takes', async (t) => {
  let made = 0;
  let isLeft = false;
  const port = await anAdminServer(t, {
    envoy: async function* () {
      try {
        for (; made < 10_000; made += 1) yield Buffer.alloc(65_536, 'x\n');
      } finally {
        isLeft = true;
      }
    },
  });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
  socket.pause();
  let before = -1;
  await eventually('the server waits for the client', () => {
    const waits = made > 0 && made === before;
    before = made;
    return waits;
  });
  t.true(made < 5000, `${made} pieces of 64 KiB`);
  socket.destroy();
  await eventually('what the client did not take is left', () => isLeft);
  t.true(made < 10_000);
});

test('who does not read the answer is not waited for, so that others find a connection', async (t) => {
  let isLeft = false;
  const endless = async function* () {
    try {
      for (;;) yield Buffer.alloc(65_536, 'x\n');
    } finally {
      isLeft = true;
    }
  };
  const port = await anAdminServer(t, { envoy: endless }, 100);
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  t.teardown(() => socket.destroy());
  socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
  socket.pause();
  await eventually('the answer ends', () => isLeft, 20);
  t.is(bodyOf(await askPlainly(port, 'GET /ambassador/v0/check_alive')), 'alive\n');
});

test('a health check does not depend on the Host header', async (t) => {
  const answer = await askPlainly(
    await anAdminServer(t),
    'GET /ambassador/v0/check_ready',
    'Host: any.example\r\n',
  );
  t.regex(answer, /^HTTP\/1\.1 200 /);
});

test('says in one line why it is not ready', async (t) => {
  const port = await anAdminServer(t, { notReady: () => 'Envoy has not accepted its listeners' });
  const answer = await askPlainly(port, 'GET /ambassador/v0/check_ready');
  t.regex(answer, /^HTTP\/1\.1 503 /);
  t.is(bodyOf(answer), 'not ready: Envoy has not accepted its listeners\n');
});

test('says in one line why it should be restarted', async (t) => {
  const port = await anAdminServer(t, { notAlive: () => 'events have been waiting for 60 s' });
  const answer = await askPlainly(port, 'GET /ambassador/v0/check_alive');
  t.regex(answer, /^HTTP\/1\.1 503 /);
  t.is(bodyOf(answer), 'not alive: events have been waiting for 60 s\n');
});

test('a page that fails says nothing of why', async (t) => {
  const port = await anAdminServer(t, {
    metrics: async () => {
      throw new Error('a secret');
    },
  });
  const answer = await askPlainly(port, 'GET /metrics');
  t.regex(answer, /^HTTP\/1\.1 500 /);
  t.is(bodyOf(answer), 'this page cannot be shown\n');
});

test('refuses a head that is too large', async (t) => {
  const answer = await askPlainly(
    await anAdminServer(t),
    'GET /metrics',
    `X: ${'x'.repeat(10_000)}\r\n`,
  );
  t.regex(answer, /^HTTP\/1\.1 431 /);
});

test('says which address is in use and how to choose another', async (t) => {
  const port = await anAdminServer(t);
  await t.throwsAsync(startAdminServer({ host: '127.0.0.1', port }, healthyPages), {
    message: `the admin server cannot listen on 127.0.0.1:${port}: the port is in use; choose another address with --admin-address`,
  });
});

const diagnosed = async (t: ExecutionContext, path: string) => {
  const diagnostics = () => ({ system: { version: '1' }, notices: ['a', 'b'] });
  const answer = await fetch(`http://127.0.0.1:${await anAdminServer(t, { diagnostics })}${path}`);
  return { status: answer.status, body: await answer.text() };
};

test('what is configured is shown where the operator wants it, all of it or one key', async (t) => {
  const all = await diagnosed(t, '/ambassador/v0/diag/?json=true');
  const one = await diagnosed(t, '/ambassador/v0/diag/?json=true&filter=notices');

  t.deepEqual(JSON.parse(all.body), { system: { version: '1' }, notices: ['a', 'b'] });
  t.deepEqual(JSON.parse(one.body), ['a', 'b']);
});

for (const [query, said] of [
  ['', 'not found'],
  ['?json=false', 'expected ?json=true: there is no other form'],
  ['?json=true&filter=constructor', 'expected one of system, notices as filter'],
] as const)
  test(`it is not shown for ${query === '' ? 'no query' : query}`, async (t) => {
    t.deepEqual(await diagnosed(t, `/ambassador/v0/diag/${query}`), {
      status: 404,
      body: `${said}\n`,
    });
  });

test(answers, 'GET /ambassador/v0/diag/?json=true', 404, 'not found\n');
