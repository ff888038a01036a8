import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { upgraded } from '../../../_support/envoy/upgraded.ts';
import {
  denied,
  passing,
  startGrpcAuthServer,
} from '../../../_support/service/grpc-auth-server.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [backend, server] = [
  await startBackend({ name: 'shop', port: 0 }),
  await startGrpcAuthServer(),
];

const over = (spec = ''): string =>
  authService('auth', server.port, `proto: grpc, protocol_version: v3, timeout_ms: 1000, ${spec}`);

const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('shop', backend.port, "prefix: /, rewrite: '', allow_upgrade: [websocket]") +
    mapping('open', backend.port, "prefix: /open/, rewrite: '', bypass_auth: true") +
    mapping(
      'told',
      backend.port,
      "prefix: /told/, rewrite: '', auth_context_extensions: { tenant: t1, area: a }",
    ) +
    over(),
);
test.after.always(async () => {
  await gateway.stop();
  server.kill();
  await backend.close();
});

const good = { authorization: 'good' };

test.serial(
  'who may pass reaches the backend with the headers that the service sets',
  async (t) => {
    server.asked();
    const { status, said } = await gateway.ask({
      path: '/a',
      headers: { ...good, 'x-user': 'root' },
    });
    t.is(status, 200);
    t.is(said.headers['x-user'], 'ann');
    t.is((await gateway.ask({ path: '/a' })).status, 401);
    t.is((await gateway.ask({ path: '/open/a' })).status, 200);
    const [first, ...others] = server.asked();
    t.is(others.length, 1);
    t.like(first?.attributes?.request?.http, { method: 'GET', path: '/a' });
    t.is(first?.attributes?.request?.http?.headers?.['x-user'], 'root');
  },
);

test.serial('the service is told what a Mapping says of itself', async (t) => {
  server.asked();
  await gateway.ask({ path: '/told/a', headers: good });
  await gateway.ask({ path: '/a', headers: good });
  t.deepEqual(
    server.asked().map(({ attributes }) => ({ ...attributes?.context_extensions })),
    [{ tenant: 't1', area: 'a' }, {}],
  );
});

test.serial('an upgrade is asked about', async (t) => {
  t.is(await upgraded(gateway.ports.http, '/ws', 'hello'), 401);
});

test.serial('an answer with headers that are none is 500, and reaches no backend', async (t) => {
  server.says(() => passing({ 'x-user': 'ann\r\nx-admin: yes' }));
  t.is((await gateway.ask({ path: '/a', headers: good })).status, 500);
  server.says(() => passing({ 'x user': 'ann' }));
  t.is((await gateway.ask({ path: '/a', headers: good })).status, 500);
  server.says(() => denied);
  t.is((await gateway.ask({ path: '/a', headers: good })).status, 401);
});

test.serial('a service that never answers, is killed and comes back', async (t) => {
  const status = async () => (await gateway.ask({ path: '/a', headers: good })).status;
  server.says(() => undefined);
  t.is(await status(), 403);
  server.says(() => passing());
  t.is(await status(), 200);
  server.kill();
  t.is(await status(), 403);
  await gateway.apply('base2.yaml', mapping('more', backend.port, "prefix: /more/, rewrite: ''"));
  t.is((await gateway.ask({ path: '/more/a', headers: good })).status, 403);
  await server.restart();
  for (let i = 0; i < 100 && (await status()) !== 200; i += 1);
  t.is(await status(), 200);
});

test.serial('fields that are only for HTTP are said to have no effect', async (t) => {
  await gateway.apply('auth2.yaml', authService('zz', server.port, 'path_prefix: /check'));
  const told = await gateway.problems('AuthService default/auth');
  t.true(
    told.some(({ problem, field }) => problem === 'InvalidField' && field === 'spec.path_prefix'),
  );
  await gateway.remove('auth2.yaml');
});
