import test from 'ava';

import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startTellingBackend } from '../../../_support/envoy/telling-backend.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [telling, server] = [await startTellingBackend('told'), await startHttpAuthServer()];

const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('told', telling.port, "prefix: /, rewrite: ''"),
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([telling.close(), server.kill()]);
});

const asks = async (more = ''): Promise<void> => {
  await gateway.apply(
    'auth.yaml',
    authService('auth', server.port, `allowed_authorization_headers: [x-user]${more}`),
  );
};

/** What the back end is told of who is asking, by a client that says that it is root. */
const user = async (): Promise<readonly string[]> => {
  const { body } = await gateway.ask({ path: '/a', headers: { 'x-user': 'root' } });
  return (JSON.parse(body) as readonly string[]).filter((one) => /^x-user:/i.test(one));
};

test.serial(
  'where an answer that lets pass does not say who is asking, the client says it, as in Emissary',
  async (t) => {
    await asks();
    server.says(() => ({ status: 200 }));
    t.deepEqual(await user(), ['x-user: root']);
    server.says(() => ({ status: 200, headers: { 'x-user': 'ann' } }));
    t.deepEqual(await user(), ['x-user: ann']);
  },
);

test.serial(
  'a service has the header of the client taken off by x-envoy-auth-headers-to-remove',
  async (t) => {
    await asks();
    server.says(() => ({ status: 200, headers: { 'x-envoy-auth-headers-to-remove': 'x-user' } }));
    t.deepEqual(await user(), []);
  },
);

test.serial(
  'a service that fails with failure_mode_allow leaves the header of the client',
  async (t) => {
    await asks(', failure_mode_allow: true');
    server.says(() => ({ status: 500 }));
    t.deepEqual(await user(), ['x-user: root']);
  },
);
