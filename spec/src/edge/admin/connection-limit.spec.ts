import { once } from 'node:events';
import { connect } from 'node:net';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { startAdminServer, type AdminPages } from '../../../../src/edge/admin/admin-server.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';

const pages: AdminPages = {
  notAlive: () => undefined,
  notReady: () => undefined,
  metrics: async () => 'headgate_up 1\n',
  metricsType: 'text/plain; version=0.0.4',
  envoy: undefined,
  diagnostics: undefined,
};

const aServer = async (
  t: ExecutionContext,
  changes: Partial<AdminPages> = {},
  longestAnswer?: number,
) => {
  const address = { host: '127.0.0.1', port: 0 };
  const server = await startAdminServer(address, { ...pages, ...changes }, longestAnswer);
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

test('clients that send half a request, and come back, keep no health check out', async (t) => {
  const port = await aServer(t);
  let open = 0;
  let ended = false;
  const hold = (): void => {
    const socket = connect(port, '127.0.0.1');
    open += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open -= 1;
      if (!ended) setTimeout(hold, 5);
    });
    socket.write('GET /metrics HTTP/1.1\r\nHost: loc');
    t.teardown(() => socket.destroy());
  };
  t.teardown(() => {
    ended = true;
  });
  for (let i = 0; i < 300; i += 1) hold();
  await eventually('as many wait as may', () => open >= 60);

  for (let i = 0; i < 20; i += 1)
    t.regex(await ask(port, 'GET /ambassador/v0/check_alive'), /^HTTP\/1.1 200 OK/);
});

test('clients that read no answer keep no health check out', async (t) => {
  const large = 'x'.repeat(2 ** 20);
  const port = await aServer(t, { metrics: async () => large });
  for (let i = 0; i < 300; i += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
    t.teardown(() => socket.destroy());
  }

  for (let i = 0; i < 5; i += 1)
    t.regex(await ask(port, 'GET /ambassador/v0/check_alive'), /^HTTP\/1.1 200 OK/);
});
