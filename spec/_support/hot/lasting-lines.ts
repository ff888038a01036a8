import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { counted, lastingSession, written, type Asking, type Line } from './lines.ts';
import type { Counts } from './tally.ts';

/** Messages on one stream that lasts, each of which comes back. When it ends, no more are sent. */
const echoLine = (name: string, counts: Counts, stream: Duplex): Line => {
  const { begin, dropped, progress } = counted(name, counts);
  let isClosed = false;
  let hasEnded = false;
  const waiting: ReturnType<typeof begin>[] = [];
  stream.on('data', ({ length }: Buffer) => {
    for (const one of waiting.splice(0, length)) one.answered();
  });
  stream.on('error', () => undefined);
  stream.once('close', () => {
    if (isClosed) return;
    dropped('a stream ended');
    for (const one of waiting.splice(0)) one.failed('it never came back');
    hasEnded = true;
  });
  return {
    progress,
    send: () => {
      if (hasEnded) return;
      waiting.push(begin());
      stream.write('x');
    },
    close: () => {
      isClosed = true;
      stream.destroy();
    },
  };
};

/** Messages over one websocket. Its upgrade is answered before the first message is sent. */
export const websocketLine = async (counts: Counts, port: number, asking: Asking): Promise<Line> =>
  echoLine('websocket', counts, await upgraded(port, asking));

const upgraded = async (port: number, { host, headers = {} }: Asking): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /ws/ HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
      `${written(headers)}\r\n`,
  );
  return await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (head: Buffer) => {
      if (head.toString().includes(' 101 ')) resolve(socket);
      else reject(new Error(`expected an upgrade, got ${head}`));
    });
  });
};

/** Messages over one call of gRPC, in both directions at once. */
export const grpcLine = (counts: Counts, port: number, { host, headers }: Asking): Line => {
  const told = counted('gRPC session', counts);
  const lasting = lastingSession(port, host, told);
  const line = echoLine(
    'gRPC',
    counts,
    lasting.session().request(
      {
        ':method': 'POST',
        ':path': '/grpc/echo',
        ':authority': host,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      },
      { endStream: false },
    ),
  );
  return {
    ...line,
    close: () => {
      line.close();
      lasting.close();
    },
  };
};

/** Messages over one TCP connection. */
export const tcpLine = (counts: Counts, port: number): Line =>
  echoLine('TCP', counts, connect(port, '127.0.0.1'));
