import { Agent, request, type ClientRequest } from 'node:http';
import { connect as connectHttp2, constants, type ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { numberHeader, type Counts } from './tally.ts';

/** One way in which a client uses the gateway; it goes on until it is closed. */
export interface Line {
  /** Sends one more request or message, whatever became of those before. */
  readonly send: () => void;
  /** How many were sent, and how many have an end by now, be it good or bad. */
  readonly progress: () => { readonly sent: number; readonly ended: number };
  readonly close: () => void;
}

/** What a line asks for, and how it is answered. */
export interface Asking {
  readonly host: string;
  /** What its requests say of themselves. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The status of every answer to the request of this number; 200 unless said otherwise. */
  readonly expects?: (status: number | undefined, number: number) => boolean;
}

const is200: Asking['expects'] = (status) => status === 200;

/** How a line is told of what it sends: each message is answered or fails once. */
export const counted = (name: string, { now, next }: Counts) => {
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
        number: next(),
        answered: end(() => (now().answered += 1)),
        failed: (why: string) => end(() => now().failed.push(`${name}: ${why}`))(),
      };
    },
    left: () => (now().left += 1),
    dropped: (why: string) => now().dropped.push(`${name}: ${why}`),
  };
};

/** Requests over HTTP/1.1, on connections that are kept. */
export const http1Line = (
  counts: Counts,
  port: number,
  { host, headers, expects = is200 }: Asking,
): Line => {
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
      const sent = { ...headers, host, [numberHeader]: one.number };
      const asked = request({ agent, port, host: '127.0.0.1', headers: sent }, (answer) => {
        if (answer.headers.connection === 'close') {
          leaving.add(answer.socket);
          left();
        }
        answer.once('error', ({ message }) => one.failed(message));
        answer.resume().once('end', () => {
          if (expects(answer.statusCode, one.number)) one.answered();
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
export const handshakeLine = (
  counts: Counts,
  port: number,
  { host, headers = {} }: Asking,
): Line => {
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
      socket.write(
        `GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n` +
          `${written({ ...headers, [numberHeader]: String(one.number) })}\r\n`,
      );
    },
    close: () => undefined,
  };
};

/** Headers as HTTP/1.1 has them. */
export const written = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

/** A session over TLS, which is replaced when Envoy asks the client to leave it. */
export const lastingSession = (
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
export const http2Line = (
  counts: Counts,
  port: number,
  { host, headers, expects = is200 }: Asking,
): Line => {
  const { begin, progress, ...told } = counted('HTTP/2', counts);
  const lasting = lastingSession(port, host, told);
  const ask = (one: ReturnType<typeof begin>, isAgain: boolean): void => {
    const stream = lasting.session().request({
      ...{ ':path': '/', ':authority': host },
      ...{ ...headers, [numberHeader]: String(one.number) },
    });
    let status: number | undefined;
    stream.once('response', (answer) => (status = answer[':status']));
    stream.on('error', () => undefined);
    stream.resume().once('close', () => {
      if (expects(status, one.number)) one.answered();
      else if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM && !isAgain) ask(one, true);
      else one.failed(`status ${String(status)}, code ${stream.rstCode}`);
    });
  };
  return { progress, send: () => ask(begin(), false), close: lasting.close };
};
