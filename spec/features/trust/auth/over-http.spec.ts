import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startLoad, showLoad } from '../../../_support/envoy/load.ts';
import { upgraded } from '../../../_support/envoy/upgraded.ts';
import { startTellingBackend } from '../../../_support/envoy/telling-backend.ts';
import { byToken, startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { authService, module } from '../../../_support/service/auth-manifests.ts';
import { host, mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [backend, telling, server, other] = [
  await startBackend({ name: 'shop', port: 0 }),
  await startTellingBackend('telling'),
  await startHttpAuthServer(),
  await startHttpAuthServer(),
];

const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    host('secure.example', '', 'name: secure') +
    mapping('shop', backend.port, "prefix: /, rewrite: '', allow_upgrade: [websocket]") +
    mapping('told', telling.port, "prefix: /told/, rewrite: '', allow_upgrade: [websocket]") +
    mapping('open', backend.port, "prefix: /open/, rewrite: '', bypass_auth: true") +
    mapping('moved', 'other.example', 'prefix: /moved/, host_redirect: true'),
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([backend.close(), telling.close(), server.kill(), other.kill()]);
});

const asks = async (spec: string, more = ''): Promise<void> => {
  await gateway.apply('auth.yaml', authService('auth', server.port, spec) + more);
  server.says(byToken);
  server.asked();
};

const good = { authorization: 'good' };

test.serial('nobody is asked where no AuthService is', async (t) => {
  t.is((await gateway.ask({ path: '/a' })).status, 200);
  t.deepEqual(server.asked(), []);
});

test.serial(
  'who may not pass gets the answer of the service, and does not reach the backend',
  async (t) => {
    await asks('proto: http');
    const { status, body, headers } = await gateway.ask({ path: '/a' });
    t.is(status, 401);
    t.is(body, 'who are you?');
    t.is(headers['www-authenticate'], 'Token');
    t.is(server.asked().length, 1);
  },
);

test.serial(
  'who may pass reaches the backend, with the headers that the service may set',
  async (t) => {
    await asks('proto: http, allowed_authorization_headers: [X-User]');
    const { status, said } = await gateway.ask({ path: '/a', headers: good });
    t.is(status, 200);
    t.is(said.headers['x-user'], 'ann');
    await asks('proto: http');
    t.is((await gateway.ask({ path: '/a', headers: good })).said.headers['x-user'], undefined);
  },
);

test.serial(
  'the service is told the path behind its prefix, the method, and the headers that it may be told',
  async (t) => {
    await asks(
      'path_prefix: /check, allowed_request_headers: [X-Tenant], add_auth_headers: { x-from: gateway }, add_linkerd_headers: true',
    );
    await gateway.ask({
      path: '/a?b=c',
      method: 'DELETE',
      headers: { ...good, 'x-tenant': 't1', 'x-other': 'no', cookie: 'k=v', 'x-from': 'client' },
    });
    const [asked] = server.asked();
    t.like(asked, { method: 'DELETE', path: '/check/a?b=c' });
    t.like(asked?.headers, {
      'x-tenant': 't1',
      cookie: 'k=v',
      'x-forwarded-proto': 'http',
      'x-from': 'gateway',
      'l5d-dst-override': `127.0.0.1:${server.port}`,
      host: 'localhost',
    });
    t.is(asked?.headers['x-other'], undefined);
  },
);

test.serial(
  'only bypass_auth, host_redirect and the redirect to https skip it; an upgrade does not',
  async (t) => {
    await asks('proto: http');
    t.is((await gateway.ask({ path: '/open/a' })).status, 200);
    t.is((await gateway.ask({ path: '/moved/a' })).status, 301);
    t.is((await gateway.ask({ host: 'secure.example', path: '/a' })).status, 301);
    t.deepEqual(server.asked(), []);
    t.is(await upgraded(gateway.ports.http, '/told/a', 'hello'), 401);
    t.is(server.asked().length, 1);
    server.says(() => ({ status: 200 }));
    t.is(await upgraded(gateway.ports.http, '/told/a', 'hello'), 'hello');
  },
);

test.serial(
  'the body is sent as far as it is asked for, and what is too long is refused',
  async (t) => {
    const ask = async (length: number) =>
      await gateway.ask({ path: '/a', method: 'POST', headers: good, body: 'x'.repeat(length) });
    await asks('proto: http');
    t.is((await ask(5)).status, 200);
    t.deepEqual(
      server.asked().map(({ body }) => body),
      [''],
    );
    await asks('include_body: { max_bytes: 8, allow_partial: true }');
    t.is((await ask(20)).status, 200);
    t.deepEqual(
      server.asked().map(({ body }) => body),
      ['xxxxxxxx'],
    );
    await asks('include_body: { max_bytes: 8, allow_partial: false }');
    t.is((await ask(8)).status, 200);
    t.is((await ask(20)).status, 413);
    t.deepEqual(
      server.asked().map(({ body }) => body),
      ['xxxxxxxx'],
    );
    await asks('allow_request_body: true');
    t.is((await ask(5000)).status, 200);
    t.deepEqual(
      server.asked().map(({ body }) => body.length),
      [4096],
    );
  },
);

test.serial(
  'a service that is killed, slow or broken keeps everybody out, with the status that is asked for',
  async (t) => {
    const status = async () => (await gateway.ask({ path: '/a', headers: good })).status;
    await asks('timeout_ms: 200');
    server.says(() => ({}));
    t.is(await status(), 403);
    server.says(() => ({ status: 500 }));
    t.is(await status(), 403);
    await asks('timeout_ms: 200, status_on_error: { code: 503 }');
    server.says(() => ({ status: 502 }));
    t.is(await status(), 503);
    await server.kill();
    t.is(await status(), 503);
    t.is((await gateway.ask({ path: '/open/a' })).status, 200);
    await server.restart();
    server.says(byToken);
    t.is(await status(), 200);
  },
);

test.serial(
  'with failure_mode_allow a service that fails lets pass, and one that refuses does not',
  async (t) => {
    const status = async () => (await gateway.ask({ path: '/a' })).status;
    await asks('timeout_ms: 200, failure_mode_allow: true');
    t.is(await status(), 401);
    server.says(() => ({ status: 500 }));
    t.is(await status(), 200);
    server.says(() => ({}));
    t.is(await status(), 200);
  },
);

test.serial('several AuthServices are asked in turn, and the first one says how', async (t) => {
  await asks('path_prefix: /first', authService('second', other.port, 'path_prefix: /second'));
  other.says(byToken);
  for (let i = 0; i < 8; i += 1)
    t.is((await gateway.ask({ path: '/a', headers: good })).status, 200);
  const [own, others] = [server.asked(), other.asked()];
  t.is(own.length + others.length, 8);
  t.true(own.length > 0 && others.length > 0);
  for (const { path } of [...own, ...others]) t.is(path, '/first/a');
  t.like(await gateway.problems('AuthService default/second'), [
    { problem: 'Conflict', field: 'spec.path_prefix' },
    { problem: 'Note', field: 'spec.auth_service' },
  ]);
});

test.serial('a Module named authentication is an AuthService, as in old versions', async (t) => {
  await gateway.apply(
    'auth.yaml',
    module('authentication', `auth_service: '127.0.0.1:${server.port}'`),
  );
  server.says(byToken);
  t.is((await gateway.ask({ path: '/a' })).status, 401);
  t.is((await gateway.ask({ path: '/a', headers: good })).status, 200);
});

test.serial('edits change no listener, drop nothing, and let nobody pass unasked', async (t) => {
  await asks('proto: http');
  const listeners = async () =>
    Object.fromEntries(await gateway.envoy.stats('listener_manager.(listener_|total_)'));
  const before = await listeners();
  const load = startLoad(t, [`http://127.0.0.1:${gateway.ports.http}/open/load`]);
  for (let i = 0; i < 20; i += 1) {
    await gateway.apply(
      'auth.yaml',
      authService('auth', i % 2 === 0 ? server.port : other.port, `timeout_ms: ${1000 + i}`),
    );
    t.is((await gateway.ask({ path: '/a' })).status, 401);
  }
  const report = await load.stop();
  t.log(showLoad(report));
  t.deepEqual(report.failures, []);
  t.deepEqual(await listeners(), before);
  await gateway.remove('auth.yaml');
  t.is((await gateway.ask({ path: '/a' })).status, 200);
  t.deepEqual(await listeners(), before);
});
