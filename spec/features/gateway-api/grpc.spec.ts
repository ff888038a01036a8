import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { call, startCallServer } from '../../_support/envoy/calls.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  routeOf,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';

const [cart, beta] = [await startCallServer('cart'), await startCallServer('beta')];
const web = await startBackend({ name: 'web', port: 0 });

const grpcRoute = routeOf('GRPCRoute');

const gateway = await aGateway(
  ({ http }) =>
    ourClass +
    gatewayOf([cleartext('http', http)]) +
    backend('cart', cart.port) +
    backend('beta', beta.port) +
    backend('web', web.port) +
    grpcRoute(
      'calls',
      `hostnames: [shop.example],
       rules: [{ matches: [{ method: { service: shop.Cart, method: Add } }, { method: { service: shop.Stock } }],
                 backendRefs: [{ name: cart, port: 80 }] },
               { matches: [{ method: { service: shop.Cart, method: Add }, headers: [{ name: beta, value: '1' }] }],
                 backendRefs: [{ name: beta, port: 80 }] }]`,
    ) +
    httpRoute('pages', `hostnames: [shop.example], rules: [${rule('/', 'web')}]`),
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([cart.close(), beta.close(), web.close()]);
});

const { http } = gateway.ports;
const authority = { ':authority': 'shop.example' };

test('calls go by their method and headers, the more particular match first', async (t) => {
  t.is(await call(http, '/shop.Cart/Add', authority), 'cart');
  t.is(await call(http, '/shop.Cart/Add', { ...authority, beta: '1' }), 'beta');
  t.is(await call(http, '/shop.Stock/Anything', authority), 'cart');
});

test('what no GRPCRoute takes is for the HTTPRoutes of the same host', async (t) => {
  const { said } = await gateway.ask({ path: '/shop.Cart/Remove', host: 'shop.example' });
  t.is(said.service, 'web');
  t.is((await gateway.ask({ path: '/shop.Cart/Add', host: 'shop.example' })).said.service, 'web');
});

test('a call for a host without routes is unimplemented', async (t) => {
  t.is(await call(http, '/shop.Cart/Add', { ':authority': 'elsewhere.example' }), 'status 12');
});
