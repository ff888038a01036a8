import { connect, createServer } from 'node:http2';
import { createServer as createPlainServer } from 'node:http';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';

import test from 'ava';

import { aGateway } from '../_support/envoy/a-gateway.ts';
import { listening } from '../_support/envoy/a-server.ts';
import { upgraded } from '../_support/envoy/upgraded.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const gateway = await aGateway(openHost);
test.after.always(gateway.stop);

const { http } = gateway.ports;

test('a connection is upgraded to a websocket where that is allowed', async (t) => {
  const server = createPlainServer((_, response) => response.writeHead(426).end());
  server.on('upgrade', (_, socket: Duplex) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
    );
    socket.pipe(socket);
  });
  const { port, close } = await listening(server);
  t.teardown(close);
  await gateway.apply(
    'websocket.yaml',
    mapping('allowed', port, 'prefix: /allowed/, allow_upgrade: [websocket]') +
      mapping('deprecated', port, 'prefix: /deprecated/, use_websocket: true') +
      mapping('not-allowed', port, 'prefix: /not-allowed/'),
  );
  t.is(await upgraded(http, '/allowed/', 'over and back'), 'over and back');
  t.is(await upgraded(http, '/deprecated/', 'again'), 'again');
  t.is(await upgraded(http, '/not-allowed/', 'never'), 403);
});

test('with grpc an upstream is spoken to in HTTP/2, trailers included', async (t) => {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'x-path': headers[':path'] ?? '' },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end('message');
  });
  const { port, close } = await listening(server);
  t.teardown(close);
  await gateway.apply(
    'grpc.yaml',
    mapping('grpc', port, 'prefix: /pkg.Service/, grpc: true, rewrite: /pkg.Service/'),
  );
  const client = connect(`http://127.0.0.1:${gateway.ports.http}`);
  t.teardown(() => client.destroy());
  const stream = client.request({
    ':method': 'POST',
    ':path': '/pkg.Service/Call',
    te: 'trailers',
  });
  const trailers = once(stream, 'trailers');
  stream.end('question');
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
  t.is(headers[':status'], 200);
  t.is(headers['x-path'], '/pkg.Service/Call');
  stream.resume();
  const [{ 'grpc-status': grpcStatus }] = (await trailers) as [Record<string, unknown>];
  t.is(grpcStatus, '0');
});
