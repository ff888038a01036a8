import { createServer } from 'node:http2';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

/** Answers every call with an empty message and status 0, and says what came. */
const server = createServer();
server.on('stream', (stream, headers) => {
  stream.resume();
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'x-came': `${headers['content-type']}`,
    },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.alloc(5));
});
const service = await listening(server);

const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('calls', service.port, "prefix: /, rewrite: '', grpc: true"),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), service.close()]);
});

const withModule = async (config: string): Promise<void> => {
  await gateway.apply('module.yaml', moduleOf(config));
};

/** A call over HTTP/1.1. */
const call = async (contentType: string, path = '/shop.Carts/Add') =>
  await ask({
    port: gateway.ports.http,
    method: 'POST',
    path,
    headers: { 'content-type': contentType },
    body: '\0\0\0\0\0',
  });

test.serial('gRPC-Web becomes gRPC with enable_grpc_web, and not with false', async (t) => {
  await withModule('enable_grpc_web: true');
  const web = await call('application/grpc-web');
  t.is(web.headers['x-came'], 'application/grpc');
  t.is(web.headers['content-type'], 'application/grpc-web+proto');
  t.true(web.body.includes('grpc-status:0'));
  await withModule('enable_grpc_web: false');
  t.is((await call('application/grpc-web')).headers['x-came'], 'application/grpc-web');
});

test.serial('calls over HTTP/1.1 have their status in a header with the bridge', async (t) => {
  await withModule('enable_grpc_http11_bridge: true');
  t.is((await call('application/grpc')).headers['grpc-status'], '0');
  await withModule('enable_grpc_http11_bridge: false');
  t.is((await call('application/grpc')).headers['grpc-status'], undefined);
});

test.serial('grpc_stats counts all methods, or those of services', async (t) => {
  const counted = async () => [...(await gateway.envoy.stats('grpc.*total')).entries()];
  await withModule('grpc_stats: { all_methods: true, upstream_stats: true }');
  await call('application/grpc', '/shop.Carts/Add');
  const all = await counted();
  t.true(all.some(([name, count]) => name.includes('shop.Carts.Add') && count === 1));
  await withModule('grpc_stats: { services: [{ name: shop.Carts, method_names: [Remove] }] }');
  await call('application/grpc', '/shop.Carts/Remove');
  await call('application/grpc', '/shop.Carts/Other');
  const some = (await counted()).map(([name]) => name);
  t.true(some.some((name) => name.includes('shop.Carts.Remove')));
  t.false(some.some((name) => name.includes('Other')));
});
