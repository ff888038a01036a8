import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { listening } from './a-server.ts';

/** A backend that returns the request it got; if it accepts an upgrade, it does so in a header. */
export const startTellingBackend = async (name: string) => {
  const server = createServer((request, response) => {
    request.resume();
    const body = told(name, request);
    response.setHeader('content-length', Buffer.byteLength(body)).end(body);
  });
  server.keepAliveTimeout = 0;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${request.headers.upgrade}\r\n` +
        `x-told: ${Buffer.from(told(name, request)).toString('base64')}\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  return await listening(server);
};

const told = (name: string, { method, url, rawHeaders }: IncomingMessage): string =>
  JSON.stringify([
    name,
    method,
    url,
    ...rawHeaders.flatMap((header, i) =>
      i % 2 === 0 && header !== 'x-request-id' ? [`${header}: ${rawHeaders[i + 1]}`] : [],
    ),
  ]);
