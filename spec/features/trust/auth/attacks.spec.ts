import { once } from 'node:events';
import { connect } from 'node:http2';

import test from 'ava';

import { aGateway, type Gateway } from '../../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../../_support/envoy/noting-backend.ts';
import { rawConnection } from '../../../_support/envoy/raw-connection.ts';
import { startTellingBackend } from '../../../_support/envoy/telling-backend.ts';
import { upgraded } from '../../../_support/envoy/upgraded.ts';
import { byToken, startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';
import { crowd } from '../../../_support/world/crowd.ts';
import { host, listener, mapping, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const [guarded, open, telling, server, certificate] = [
  await startNotingBackend(),
  await startNotingBackend(),
  await startTellingBackend('told'),
  await startHttpAuthServer(),
  await aCertificate('one.example'),
];

/** Everything is guarded but what is below `/public/`, which is another service. */
const manifests = ({ http, https }: Gateway['ports'], tlsLayout: string): string =>
  listener('open', http) +
  listener('tls', https, { protocol: 'HTTPS', tlsLayout }) +
  tlsSecret('one', certificate) +
  host('*') +
  host('one.example', 'tlsSecret: { name: one }, requestPolicy: { insecure: { action: Route } }') +
  host('two.example', 'tlsSecret: { name: one }, requestPolicy: { insecure: { action: Route } }') +
  mapping('guarded', guarded.port, "prefix: /, rewrite: '', allow_upgrade: [websocket]") +
  mapping('told', telling.port, "prefix: /told/, rewrite: ''") +
  mapping(
    'public',
    open.port,
    "hostname: one.example, prefix: /public/, rewrite: '', bypass_auth: true",
  ) +
  authService(
    'auth',
    server.port,
    'timeout_ms: 2000, include_body: { max_bytes: 1024, allow_partial: true }, allowed_authorization_headers: [x-user]',
  );

const gateways: Readonly<Record<string, Gateway>> = {
  whole: await aGateway((ports) => manifests(ports, 'chains')),
  cut: await aGateway((ports) => manifests(ports, 'on-demand') + crowd(300)),
};
test.after.always(async () => {
  await Promise.all(Object.values(gateways).map(async ({ stop }) => await stop()));
  await Promise.all([guarded.close(), open.close(), telling.close(), server.kill()]);
});

const paths = [
  ...['/admin', '//admin', '/public/../admin', '/public/./../admin', '/public//../../admin'],
  ...['/public/..%2fadmin', '/public/%2e%2e/admin', '/public/%2e%2e%2fadmin', '/public/.%2e/admin'],
  ...['/public/..;/admin', '/public;/../admin', '/public/%252e%252e/admin', '/public/..%5cadmin'],
  ...['/public/..\\admin', '/PUBLIC/admin', '/Public/admin', '//public/admin', '/%2fpublic/admin'],
  ...['/%70ublic/../admin', '/public%2f../admin', '/public/../../admin', '/public/...//admin'],
  ...['/public?/../admin', '/public#/admin', '/public', '/public/..', '/public/../', '/public/%00'],
  ...['http://one.example/admin', 'http://one.example/public/../admin', '*', 'one.example:443'],
];

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'TRACE',
  'OPTIONS',
  'PROPFIND',
  'FOO',
  'get',
  'CONNECT',
];

for (const [tables, { ports, ask }] of Object.entries(gateways)) {
  const raw = async (lines: string): Promise<string> => {
    const connection = rawConnection(ports.http);
    const answer = await connection.ask(lines).catch(() => ({ status: 'closed' }));
    connection.close();
    return answer.status;
  };

  test.serial(
    `no spelling of a path and no method reaches what is guarded, where tables are ${tables}`,
    async (t) => {
      guarded.reached();
      const methodOf = (path: string) =>
        path === 'one.example:443' ? ['CONNECT'] : ['GET', 'POST'];
      for (const path of paths)
        for (const method of methodOf(path))
          await raw(`${method} ${path} HTTP/1.1\r\nhost: one.example\r\ncontent-length: 0\r\n\r\n`);
      for (const method of methods)
        await raw(`${method} /admin HTTP/1.1\r\nhost: one.example\r\ncontent-length: 0\r\n\r\n`);
      t.deepEqual(guarded.reached(), []);
      t.true(open.reached().every((path) => path.startsWith('/public/')));
    },
  );

  test.serial(
    `no name reaches it: Host, absolute form, server name, authority, where tables are ${tables}`,
    async (t) => {
      guarded.reached();
      for (const name of [
        'one.example:80',
        'ONE.example',
        'one.example.',
        'two.example',
        '',
        'x',
        '*',
      ])
        await raw(`GET /admin HTTP/1.1\r\nhost: ${name}\r\n\r\n`);
      await raw('GET http://one.example/admin HTTP/1.1\r\nhost: two.example\r\n\r\n');
      await raw('GET /admin HTTP/1.1\r\nhost: one.example\r\nhost: two.example\r\n\r\n');
      await raw('GET /admin HTTP/1.0\r\n\r\n');
      for (const [sni, name] of [
        ['one.example', 'one.example'],
        ['one.example', 'two.example'],
        ['two.example', 'one.example'],
        ['one.example', 'none.example'],
      ] as const)
        await ask({ sni, host: name, path: '/admin' });
      const session = connect(`http://127.0.0.1:${ports.http}`);
      for (const authority of ['one.example', 'two.example', 'one.example:8080', 'x@one.example']) {
        const request = session.request({ ':path': '/admin', ':authority': authority });
        request.on('error', () => undefined);
        request.resume();
        await once(request, 'close');
      }
      session.close();
      t.deepEqual(guarded.reached(), []);
    },
  );

  test.serial(
    `an upgrade and a body of any length reach it only when asked, where tables are ${tables}`,
    async (t) => {
      guarded.reached();
      t.is(await upgraded(ports.http, '/admin', 'hello', 'one.example'), 401);
      for (const upgrade of ['h2c', 'WebSocket', 'websocket, h2c', 'connect', 'TLS/1.0'])
        await raw(
          `GET /admin HTTP/1.1\r\nhost: one.example\r\nconnection: upgrade\r\nupgrade: ${upgrade}\r\n\r\n`,
        );
      const { status } = await ask({ path: '/admin', method: 'POST', body: 'x'.repeat(3_000_000) });
      t.is(status, 401);
      t.deepEqual(guarded.reached(), []);
    },
  );

  test.serial(
    `who is asking is said by the service alone, where tables are ${tables}`,
    async (t) => {
      server.says(byToken);
      const { body } = await ask({
        path: '/told/a',
        headers: { authorization: 'good', 'X-USER': ['root', 'admin'], 'x-User': 'root' },
      });
      const users = (JSON.parse(body) as readonly string[]).filter((one) => /^x-user:/i.test(one));
      t.deepEqual(users, ['x-user: ann']);
    },
  );

  test.serial(
    `of a hostile answer only what is allowed goes on, where tables are ${tables}`,
    async (t) => {
      server.says(() => ({
        status: 200,
        headers: {
          ...{ 'x-user': 'ann', 'x-admin': 'yes', host: 'evil.example', upgrade: 'h2c' },
          ...{ 'x-envoy-original-path': '/evil', 'x-forwarded-for': '1.1.1.1', te: 'trailers' },
        },
      }));
      const { body } = await ask({ path: '/told/a', headers: { authorization: 'good' } });
      const told = JSON.parse(body) as readonly string[];
      t.true(told.includes('x-user: ann'));
      t.false(told.some((one) => /admin|evil|1\.1\.1\.1|h2c|trailers/.test(one)));
      server.says(() => ({
        status: 403,
        headers: { 'x-evil': 'yes', 'set-cookie': 'a=b', 'x-envoy-overloaded': 'true' },
        body: 'no',
      }));
      const refused = await ask({ path: '/told/a' });
      t.is(refused.status, 403);
      t.is(refused.headers['x-evil'], undefined);
      t.is(refused.headers['x-envoy-overloaded'], undefined);
      t.deepEqual(refused.headers['set-cookie'], ['a=b']);
      server.says(byToken);
    },
  );
}
