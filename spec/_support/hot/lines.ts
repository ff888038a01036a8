import { Agent, request, type ClientRequest } from 'node:http';
import { connect as connectHttp2, constants, type ClientHttp2Session } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'node:stream';

import type { Counts } from './tally.ts';

/** One way in which a client uses the gateway; it goes on until it is closed. */
export interface Line {
  /** Sends one more request or message, whatever became of those before. */
  readonly send: () => void;
  /** How many were sent, and how many have an end by now, be it good or bad. */
  readonly progress: () => { readonly sent: number; readonly ended: number };
  readonly close: () => void;
}

/** How a line is told of what it sends: each message is answered or fails once. */
const counted = (name: string, { now }: Counts) => {
  let sent = 0;
  let ended = 0;
  return {
    progress: () => ({ sent, ended }),
    /** Begins one; the functions end it. */
    begin: () => {
      sent += 1;
      let isOpen = true;
      const end = (how: () => void) => (): void => {
        if (!isOpen) return;
        isOpen = false;
        ended += 1;
        how();
      };
      return {
        answered: end(() => (now().answered += 1)),
        failed: (why: string) => end(() => now().failed.push(`${name}: ${why}`))(),
      };
    },
    left: () => (now().left += 1),
    dropped: (why: string) => now().dropped.push(`${name}: ${why}`),
  };
};

/** Requests over HTTP/1.1, on connections that are kept. */
export const http1Line = (counts: Counts, port: number, host: string): Line => {
  const { begin, left, dropped, progress } = counted('HTTP/1.1', counts);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const known = new WeakSet<Socket>();
  const leaving = new WeakSet<Socket>();
  let isClosed = false;
  const watch = (asked: ClientRequest, socket: Socket): void => {
    if (known.has(socket)) return;
    known.add(socket);
    socket.once('close', () => {
      if (isClosed || leaving.has(socket)) return;
      dropped(`a connection ended${asked.destroyed ? '' : ' under a request'}`);
    });
  };
  return {
    progress,
    send: () => {
      const one = begin();
      const asked = request({ agent, port, host: '127.0.0.1', headers: { host } }, (answer) => {
        if (answer.headers.connection === 'close') {
          leaving.add(answer.socket);
          left();
        }
        answer.once('error', ({ message }) => one.failed(message));
        answer.resume().once('end', () => {
          if (answer.statusCode === 200) one.answered();
          else one.failed(`status ${answer.statusCode}`);
        });
      });
      asked.once('socket', (socket) => watch(asked, socket));
      asked.once('error', ({ message }) => one.failed(message)).end();
    },
    close: () => {
      isClosed = true;
      agent.destroy();
    },
  };
};

/** Handshakes, each on a connection of its own, with one request. */
export const handshakeLine = (counts: Counts, port: number, host: string): Line => {
  const { begin, progress } = counted('handshake', counts);
  return {
    progress,
    send: () => {
      const one = begin();
      const socket = connectTls({
        ...{ port, host: '127.0.0.1', servername: host, rejectUnauthorized: false },
        ALPNProtocols: ['http/1.1'],
      });
      let heard = '';
      socket.on('data', (chunk: Buffer) => (heard += String(chunk)));
      socket.once('error', ({ message }) => one.failed(message));
      socket.once('close', () => {
        if (heard.startsWith('HTTP/1.1 200 ')) one.answered();
        else one.failed(`heard ${JSON.stringify(heard.slice(0, 40))}`);
      });
      socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    },
    close: () => undefined,
  };
};

/** A session over TLS, which is replaced when Envoy asks the client to leave it. */
const lastingSession = (
  port: number,
  host: string,
  told: { readonly left: () => void; readonly dropped: (why: string) => void },
) => {
  let isClosed = false;
  const open = (): ClientHttp2Session => {
    const session = connectHttp2(`https://${host}:${port}`, {
      createConnection: () =>
        connectTls({
          ...{ port, host: '127.0.0.1', servername: host, rejectUnauthorized: false },
          ALPNProtocols: ['h2'],
        }),
    });
    let isLeaving = false;
    session.on('error', () => undefined);
    session.once('goaway', () => {
      isLeaving = true;
      told.left();
      if (current === session) current = open();
    });
    session.once('close', () => {
      if (isClosed || isLeaving) return;
      told.dropped('a session ended');
      if (current === session) current = open();
    });
    return session;
  };
  let current = open();
  return {
    session: () => current,
    close: () => {
      isClosed = true;
      current.destroy();
    },
  };
};

/**
 * Requests over HTTP/2, on one session over TLS. One that is refused as unprocessed, because its session is just being left,
 * is sent once more, as clients do (RFC 9113 §8.7).
 */
export const http2Line = (counts: Counts, port: number, host: string): Line => {
  const { begin, progress, ...told } = counted('HTTP/2', counts);
  const lasting = lastingSession(port, host, told);
  const ask = (one: ReturnType<typeof begin>, isAgain: boolean): void => {
    const stream = lasting.session().request({ ':path': '/', ':authority': host });
    let status: unknown;
    stream.once('response', (headers) => (status = headers[':status']));
    stream.on('error', () => undefined);
    stream.resume().once('close', () => {
      if (status === 200) one.answered();
      else if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM && !isAgain) ask(one, true);
      else one.failed(`status ${String(status)}, code ${stream.rstCode}`);
    });
  };
  return { progress, send: () => ask(begin(), false), close: lasting.close };
};

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
export const websocketLine = async (counts: Counts, port: number, host: string): Promise<Line> =>
  echoLine('websocket', counts, await upgraded(port, host));

const upgraded = async (port: number, host: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /ws/ HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
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
export const grpcLine = (counts: Counts, port: number, host: string): Line => {
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
