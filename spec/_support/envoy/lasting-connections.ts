import { once } from 'node:events';
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { connect, type Socket } from 'node:net';

import type { ExecutionContext } from 'ava';

import { listening, type Listening } from './a-server.ts';
import { eventually } from './supervised-envoy.ts';

/** Connections that are used all the time a spec takes, each by one request. */
export interface LastingConnections {
  /** What went wrong with them until now. */
  readonly failures: () => readonly string[];
  /** Sends one more message over each, and waits until all that was sent has come back. */
  readonly echo: () => Promise<void>;
}

/** A backend that sends back what comes, as it comes, also over a websocket; it tells of the headers of each request. */
export const startEcho = async (
  reached: (headers: IncomingHttpHeaders) => void = () => undefined,
): Promise<Listening> => {
  const server = createServer((asked, answer) => {
    reached(asked.headers);
    answer.writeHead(200, { 'x-service': 'echo' });
    asked.pipe(answer);
  });
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.on('upgrade', ({ headers }: IncomingMessage, socket) => {
    reached(headers);
    socket.on('error', () => socket.destroy());
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    );
    socket.pipe(socket);
  });
  return await listening(server);
};

/** A request whose body goes on and on and comes back, and a websocket that echoes, to these hosts. */
export const lastingConnections = async (
  t: Pick<ExecutionContext, 'teardown'>,
  port: number,
  host: { readonly stream: string; readonly websocket: string },
): Promise<LastingConnections> => {
  const failures: string[] = [];
  const sent = { stream: 1, websocket: 0 };
  const echoed = { stream: 0, websocket: 0 };
  const noted = (what: string) => (): void => void failures.push(what);
  const { asked, answer } = await aStream(port, host.stream);
  answer.on('data', ({ length }: Buffer) => (echoed.stream += length));
  answer.once('close', noted('the stream ended'));
  const socket = await aWebsocket(port, host.websocket);
  socket.on('data', ({ length }: Buffer) => (echoed.websocket += length));
  socket.once('close', noted('the websocket was closed'));
  const send = (): void => {
    for (const connection of [asked, socket]) connection.write('x');
    sent.stream += 1;
    sent.websocket += 1;
  };
  const writing = setInterval(send, 100);
  t.teardown(() => {
    clearInterval(writing);
    asked.destroy();
    socket.destroy();
  });
  return {
    failures: () => [...failures],
    echo: async () => {
      send();
      const wanted = { ...sent };
      await eventually(
        'every message comes back',
        () =>
          failures.length > 0 ||
          (echoed.stream >= wanted.stream && echoed.websocket >= wanted.websocket),
      );
    },
  };
};

const aStream = async (
  port: number,
  host: string,
): Promise<{ readonly asked: ClientRequest; readonly answer: IncomingMessage }> => {
  const asked = request({ port, host: '127.0.0.1', path: '/', method: 'POST', headers: { host } });
  asked.on('error', () => undefined);
  asked.write('x');
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  return { asked, answer };
};

const aWebsocket = async (port: number, host: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  if (!head.toString().includes(' 101 ')) throw new Error(`expected an upgrade, got ${head}`);
  return socket;
};
