import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { connect, createServer, type IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';

import test from 'ava';

import { onlyTo } from '../../../src/ir/backend.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Forward } from '../../../src/ir/route.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { upgraded } from '../../_support/envoy/upgraded.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aClusterAt,
  aForward,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
} from '../../_support/world/an-ir.ts';

/** Speaks HTTP/2 alone; sends back what it is sent, as it comes, and ends as gRPC does. */
const calls = createServer();
calls.on('stream', (stream) => {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.pipe(stream);
});

const sockets = createPlainServer((_, response) => response.writeHead(426).end());
sockets.on('upgrade', (_, socket: Duplex) => {
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  socket.pipe(socket);
});

const [ofCalls, ofSockets] = [await listening(calls), await listening(sockets)];
const port = (await freePort()) as Port;
const envoy = await anIrInEnvoy();

const at = (value: string, fields: Partial<Forward>) =>
  aRoute({
    match: { ...aRoute().match, path: { _tag: 'Prefix', value, caseSensitive: true } },
    action: aForward({ timeout: 0, ...fields }),
  });

const { refused } = await envoy.serve(
  anIr({
    listeners: [aListener({ port })],
    filterChains: [aChain()],
    virtualHosts: [
      aVirtualHost(
        '*',
        at('/calls', { backends: onlyTo('calls') }),
        at('/nowhere', { backends: [{ _tag: 'Fails', status: 503, weight: 1 }] }),
        at('/sockets', { backends: onlyTo('sockets'), upgrades: ['websocket'] }),
        at('/closed', { backends: onlyTo('sockets') }),
      ),
    ],
    clusters: [
      aClusterAt('calls', ofCalls.port, { protocol: 'http2' }),
      aClusterAt('sockets', ofSockets.port),
    ],
  }),
);
test.after.always(async () => {
  await Promise.all([envoy.stop(), ofCalls.close(), ofSockets.close()]);
});

/** A call over HTTP/2 in cleartext: each message is sent when the answer to the one before is there. */
const call = async (path: string, messages: readonly string[]) => {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const trailers = new Promise<IncomingHttpHeaders>((resolve) => {
      stream.once('trailers', resolve);
    });
    const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
    const answers: string[] = [];
    for (const message of messages) {
      stream.write(message);
      const [answer] = (await once(stream, 'data')) as [Buffer];
      answers.push(answer.toString());
    }
    stream.resume();
    stream.end();
    const status =
      headers['grpc-status'] === undefined
        ? (await trailers)['grpc-status']
        : headers['grpc-status'];
    return { http: headers[':status'], answers, status };
  } finally {
    session.destroy();
  }
};

test('a call streams both ways over HTTP/2 without TLS, and its trailers come through', async (t) => {
  t.deepEqual(refused, []);
  t.deepEqual(await call('/calls', ['one', 'two', 'three']), {
    http: 200,
    answers: ['one', 'two', 'three'],
    status: '0',
  });
});

test('a call that cannot be served is unavailable, in the words of gRPC', async (t) => {
  t.deepEqual(await call('/nowhere', []), { http: 200, answers: [], status: '14' });
});

test('a client of HTTP/1.1 reaches a backend that speaks HTTP/2 alone', async (t) => {
  const { status, body } = await ask({ port, path: '/calls', method: 'POST', body: 'hello' });
  t.deepEqual([status, body], [200, 'hello']);
});

test('a websocket is let through to a backend where that is asked for, and nowhere else', async (t) => {
  t.is(await upgraded(port, '/sockets', 'hello'), 'hello');
  t.is(await upgraded(port, '/closed', 'hello'), 403);
});
