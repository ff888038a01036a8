import { once } from 'node:events';
import { connect } from 'node:net';

import type { ExecutionContext } from 'ava';

import { startAdminServer, type AdminPages } from '../../../src/edge/admin/admin-server.ts';

/** Pages of a server that is alive and ready. */
export const healthyPages: AdminPages = {
  notAlive: () => undefined,
  notReady: () => undefined,
  metrics: async () => 'headgate_up 1\n',
  metricsType: 'text/plain; version=0.0.4',
  envoy: undefined,
  diagnostics: undefined,
};

/** An admin server that is alive and ready, but for these changes; its port. */
export const anAdminServer = async (
  t: ExecutionContext,
  changes: Partial<AdminPages> = {},
  longestAnswer?: number,
) => {
  const address = { host: '127.0.0.1', port: 0 };
  const server = await startAdminServer(address, { ...healthyPages, ...changes }, longestAnswer);
  t.teardown(server.close);
  return server.address.port;
};

/** Sends these very bytes, which no HTTP client would, and gives the whole answer. */
export const rawAnswer = async (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(request);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
};

/** The whole answer to a request without a body. */
export const askPlainly = async (port: number, line: string, headers = 'Host: localhost\r\n') =>
  await rawAnswer(port, `${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
