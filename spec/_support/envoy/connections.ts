import { on, once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { text } from 'node:stream/consumers';

import type { ExecutionContext } from 'ava';

import { listening, type Listening } from './a-server.ts';

/** A backend that waits for the end of what a client says, repeats it behind its own name, and ends. */
export const startRepeater = async (name: string): Promise<Listening> =>
  await listening(
    createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      text(socket).then(
        (said) => socket.end(`${name}: ${said}`),
        () => socket.destroy(),
      );
    }),
  );

/** A backend that sends back what comes, as it comes. */
export const startEchoingSocket = async (): Promise<Listening> =>
  await listening(
    createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.pipe(socket);
    }),
  );

/** A connection that stays open until the spec is over; what it begins with is not answered. */
export const openSocket = async (
  t: Pick<ExecutionContext, 'teardown'>,
  port: number,
  beginning = '',
) => {
  const socket = connect({ port, host: '127.0.0.1' });
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  socket.write(beginning);
  return {
    /** What comes back for something that is said, in as many bytes. */
    ask: async (said: string): Promise<string> => {
      socket.write(said);
      let heard = '';
      for await (const [chunk] of on(socket, 'data', { close: ['close'] })) {
        heard += String(chunk);
        if (heard.length >= said.length) break;
      }
      return heard;
    },
  };
};

/** Says something over a connection and ends it; what comes back until its other end. */
export const say = async (port: number, said: string): Promise<string> =>
  await answerOn(connect({ port, host: '127.0.0.1' }), said);

/** As `say`, over TLS; whoever the server is, unless the options say otherwise. */
export const sayOverTls = async (
  port: number,
  said: string,
  options: ConnectionOptions,
): Promise<string> =>
  await answerOn(
    connectTls({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ...options,
    }),
    said,
  );

const answerOn = async (socket: Socket, said: string): Promise<string> => {
  socket.setTimeout(60_000, () => socket.destroy(new Error(`no answer to ${said}`)));
  socket.end(said);
  return await text(socket);
};
