import { createServer } from 'node:http2';
import { createServer as createPlainServer } from 'node:http';
import type { Duplex } from 'node:stream';

import { listening, type Listening } from '../envoy/a-server.ts';

/** A backend that speaks HTTP/2 without TLS alone, and answers every request as a gRPC call that worked. */
export const startCallBackend = async (): Promise<Listening> => {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'x-path': headers[':path'] ?? '',
        'x-version': '2',
      },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end();
  });
  return await listening(server);
};

/** A backend that gives back what it is sent over a WebSocket, and answers nothing else. */
export const startSocketBackend = async (): Promise<Listening> => {
  const server = createPlainServer((_, response) => response.writeHead(426).end());
  server.on('upgrade', (_, socket: Duplex) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
    );
    socket.pipe(socket);
  });
  return await listening(server);
};
