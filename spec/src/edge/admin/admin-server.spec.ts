import { once } from 'node:events';
import { connect } from 'node:net';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { startAdminServer, type AdminPages } from '../../../../src/edge/admin/admin-server.ts';
import { Sensitive } from '../../../../src/ir/sensitive.ts';

const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----\n';

const pages: AdminPages = {
  notAlive: () => undefined,
  notReady: () => undefined,
  metrics: async () => 'headgate_up 1\n',
  metricsType: 'text/plain; version=0.0.4',
  debug: {
    snapshot: () => ({ clusters: ['web'] }),
    ir: () => ({ secret: { privateKey: new Sensitive('sha256:1', key) } }),
    broken: () => {
      throw new Error(key);
    },
  },
};

const aServer = async (t: ExecutionContext, changes: Partial<AdminPages> = {}) => {
  const server = await startAdminServer({ host: '127.0.0.1', port: 0 }, { ...pages, ...changes });
  t.teardown(server.close);
  return server.address.port;
};

/** Sends these very bytes, which no HTTP client would, and gives the whole answer. */
const raw = async (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(request);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
};

const ask = async (port: number, line: string, headers = 'Host: localhost\r\n') =>
  await raw(port, `${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);

const bodyOf = (answer: string): string => {
  const end = answer.indexOf('\r\n\r\n');
  const body = answer.slice(end + 4);
  return /^transfer-encoding: chunked$/im.test(answer.slice(0, end)) ? joined(body) : body;
};

/** The chunks of a body, which end with an empty one. */
const joined = (chunks: string): string => {
  const [, size = '', rest = ''] = /^([\da-f]+)\r\n([^]*)$/i.exec(chunks) ?? [];
  const length = Number.parseInt(size, 16);
  return length > 0 ? rest.slice(0, length) + joined(rest.slice(length + 2)) : '';
};

const answers = test.macro({
  async exec(t, line: string, status: number, body: string) {
    const answer = await ask(await aServer(t), line);
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
test(answers, 'GET /debug/snapshot', 200, '{\n  "clusters": [\n    "web"\n  ]\n}\n');
test(answers, 'GET /debug/broken', 500, 'this page cannot be shown\n');

for (const target of [
  '/',
  '/metrics/',
  '/metrics?x=1',
  '//metrics',
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

const withHeaders = test.macro({
  async exec(t, headers: string, status: number) {
    const port = await aServer(t);
    const lines = headers.replaceAll('PORT', String(port));
    t.is(Number((await ask(port, 'GET /debug/snapshot', lines)).split(' ')[1]), status);
  },
  title: (name = '', headers: string, status) => `${name}${headers.trim()} is answered ${status}`,
});

test(withHeaders, 'Host: localhost:PORT\r\n', 200);
test(withHeaders, 'Host: LOCALHOST\r\n', 200);
test(withHeaders, 'Host: 127.0.0.1:PORT\r\n', 200);
test(withHeaders, 'Host: [::1]:PORT\r\n', 200);
test(withHeaders, 'Host: localhost\r\nOrigin: http://localhost\r\n', 200);
test('attack A11: ', withHeaders, 'Host: rebound.example\r\n', 403);
test('attack A11: ', withHeaders, 'Host: 127.0.0.1.example:PORT\r\n', 403);
test('attack A11: ', withHeaders, 'Host: localhost.example\r\n', 403);
test('attack A11: ', withHeaders, 'Host: \r\n', 403);
test('attack A11: ', withHeaders, 'Host: localhost@evil.example\r\n', 403);
test('attack A11: ', withHeaders, 'Host: localhost\r\nOrigin: http://evil.example\r\n', 403);
test('attack A11: ', withHeaders, 'Host: localhost\r\nOrigin: null\r\n', 403);

test('a health check does not depend on the Host header', async (t) => {
  const answer = await ask(
    await aServer(t),
    'GET /ambassador/v0/check_ready',
    'Host: any.example\r\n',
  );
  t.regex(answer, /^HTTP\/1\.1 200 /);
});

test('says in one line why it is not ready', async (t) => {
  const port = await aServer(t, { notReady: () => 'Envoy has not accepted its listeners' });
  const answer = await ask(port, 'GET /ambassador/v0/check_ready');
  t.regex(answer, /^HTTP\/1\.1 503 /);
  t.is(bodyOf(answer), 'not ready: Envoy has not accepted its listeners\n');
});

test('says in one line why it should be restarted', async (t) => {
  const port = await aServer(t, { notAlive: () => 'events have been waiting for 60 s' });
  const answer = await ask(port, 'GET /ambassador/v0/check_alive');
  t.regex(answer, /^HTTP\/1\.1 503 /);
  t.is(bodyOf(answer), 'not alive: events have been waiting for 60 s\n');
});

test('never shows a private key, wherever it is', async (t) => {
  const port = await aServer(t, {
    debug: {
      keys: () => ({
        sensitive: new Sensitive('sha256:1', key),
        privateKey: { inlineString: 'secret' },
        private_key: 'secret',
        text: `before ${key}`,
        base64: Buffer.from(key).toString('base64'),
        bytes: Buffer.from('secret'),
        nested: [new Map([['privateKey', 'secret']])],
      }),
    },
  });
  t.deepEqual(JSON.parse(bodyOf(await ask(port, 'GET /debug/keys'))), {
    sensitive: { handle: 'sha256:1' },
    privateKey: '[redacted]',
    private_key: '[redacted]',
    text: '[redacted]',
    base64: '[redacted]',
    bytes: '[6 bytes]',
    nested: [{ privateKey: '[redacted]' }],
  });
});

test('refuses a head that is too large', async (t) => {
  const answer = await ask(await aServer(t), 'GET /metrics', `X: ${'x'.repeat(10_000)}\r\n`);
  t.regex(answer, /^HTTP\/1\.1 431 /);
});

test('says which address is in use and how to choose another', async (t) => {
  const port = await aServer(t);
  await t.throwsAsync(startAdminServer({ host: '127.0.0.1', port }, pages), {
    message: `the admin server cannot listen on 127.0.0.1:${port}: the port is in use; choose another address with --admin-address`,
  });
});
