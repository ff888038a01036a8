import { once } from 'node:events';
import { connect } from 'node:http2';

import test from 'ava';

import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { rawConnection } from '../../../_support/envoy/raw-connection.ts';
import { startTellingBackend } from '../../../_support/envoy/telling-backend.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { byToken, startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [telling, server] = [await startTellingBackend('told'), await startHttpAuthServer()];

const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('told', telling.port, "prefix: /, rewrite: ''"),
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([telling.close(), server.kill()]);
});

const asks = async (): Promise<void> => {
  await gateway.apply(
    'auth.yaml',
    authService('auth', server.port, 'allowed_authorization_headers: [x-user]'),
  );
};

test.serial(
  'connections that are open when the first AuthService comes are asked from then on',
  async (t) => {
    server.says(byToken);
    const kept = rawConnection(gateway.ports.http);
    const line = 'GET /a HTTP/1.1\r\nhost: one.example\r\n\r\n';
    const session = connect(`http://127.0.0.1:${gateway.ports.http}`);
    let closed = 0;
    session.on('close', () => (closed += 1));
    const overHttp2 = async (): Promise<unknown> => {
      const request = session.request({ ':path': '/a', ':authority': 'one.example' });
      const [headers] = (await once(request, 'response')) as [Record<string, unknown>];
      request.resume();
      return headers[':status'];
    };
    t.is((await kept.ask(line)).status, 'HTTP/1.1 200 OK');
    t.is(await overHttp2(), 200);
    await asks();
    t.is((await kept.ask(line)).status, 'HTTP/1.1 401 Unauthorized');
    t.is(await overHttp2(), 401);
    await gateway.remove('auth.yaml');
    t.is((await kept.ask(line)).status, 'HTTP/1.1 200 OK');
    t.is(await overHttp2(), 200);
    t.is(closed, 0);
    kept.close();
    session.close();
  },
);
