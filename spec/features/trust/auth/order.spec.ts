import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../../_support/envoy/noting-backend.ts';
import { upgraded } from '../../../_support/envoy/upgraded.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { host, mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [backend, copies, server] = [
  await startBackend({ name: 'shop', port: 0 }),
  await startNotingBackend(),
  await startHttpAuthServer(),
];

const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    host('secure.example', '', 'name: secure') +
    host('shop.example', undefined, 'name: shop') +
    mapping('shop', backend.port, "prefix: /shop/, rewrite: '', allow_upgrade: [websocket]") +
    mapping('copies', copies.port, "prefix: /shop/, rewrite: '', shadow: true") +
    mapping('open', backend.port, "prefix: /open/, rewrite: '', bypass_auth: true") +
    mapping('moved', 'other.example', 'prefix: /moved/, host_redirect: true') +
    mapping(
      'cors',
      backend.port,
      "prefix: /cors/, rewrite: '', cors: { origins: ['http://app.example'], methods: [GET] }",
    ) +
    mapping('secure', backend.port, 'hostname: secure.example, prefix: /shop/') +
    mapping('fails', 'localhost:9', "prefix: /fails/, rewrite: ''") +
    authService('auth', server.port, 'timeout_ms: 2000'),
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([backend.close(), copies.close(), server.kill()]);
});

const good = { authorization: 'good' };
const origin = 'http://app.example';

type Question = Parameters<typeof gateway.ask>[0];

/** How often the service was asked about a request, and what the client got. */
const row = test.macro(async (t, question: Question, status: number, asked: number) => {
  server.asked();
  t.is((await gateway.ask(question)).status, status);
  t.is(server.asked().length, asked);
});

test.serial('one that a Mapping forwards is asked about', row, { path: '/shop/a' }, 401, 1);
test.serial('one of a Mapping with bypass_auth is not', row, { path: '/open/a' }, 200, 0);
test.serial('one that is redirected by host_redirect is not', row, { path: '/moved/a' }, 301, 0);
test.serial(
  'one that is redirected to https is not',
  row,
  { host: 'secure.example', path: '/shop/a' },
  301,
  0,
);
test.serial('one that no Mapping takes is not', row, { path: '/nothing' }, 404, 0);
test.serial(
  'a preflight that a Mapping answers is not',
  row,
  {
    path: '/cors/a',
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  },
  200,
  0,
);
test.serial(
  'a request of another origin is',
  row,
  { path: '/cors/a', headers: { origin } },
  401,
  1,
);
test.serial('OPTIONS that is no preflight is', row, { path: '/cors/a', method: 'OPTIONS' }, 401, 1);
test.serial(
  'one whose back end fails is asked about before, and gets the error page after',
  row,
  { path: '/fails/a', headers: good },
  503,
  1,
);

test.serial('one to upgrade the connection is asked about before the upgrade', async (t) => {
  server.asked();
  t.is(await upgraded(gateway.ports.http, '/shop/a', 'hello'), 401);
  t.is(server.asked().length, 1);
});

test.serial(
  'a copy is made of a request that may pass, and nobody is asked about it',
  async (t) => {
    copies.reached();
    server.asked();
    await gateway.ask({ path: '/shop/denied' });
    t.is((await gateway.ask({ path: '/shop/a', headers: good })).status, 200);
    t.is(server.asked().length, 2);
    for (let i = 0; i < 100 && copies.reached().length === 0; i += 1)
      await gateway.ask({ path: '/shop/b', headers: good });
    t.false(copies.reached().includes('/shop/denied'));
  },
);

test.serial('whether Envoy is healthy is no matter of the service', async (t) => {
  server.asked();
  await gateway.envoy.stats('server.live');
  t.is(
    (await gateway.ask({ port: gateway.adminPort, path: '/ambassador/v0/check_ready' })).status,
    200,
  );
  t.deepEqual(server.asked(), []);
});
