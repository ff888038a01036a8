import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../../_support/world/gateway-api/manifests.ts';
import { host, listener, mapping, service } from '../../../_support/world/routing-manifests.ts';

const [a, b, server] = [
  await startBackend({ name: 'a', port: 0 }),
  await startBackend({ name: 'b', port: 0 }),
  await startHttpAuthServer(),
];

/** A Gateway whose port is that of a Listener of Emissary's too. */
const gateway = await aGateway(
  ({ http }) =>
    service('headgate', `clusterIP: 10.0.0.1, ports: [{ port: 80, targetPort: ${http} }]`) +
    listener('http', http) +
    host('*') +
    mapping('mapped', b.port, 'prefix: /mapped/') +
    ourClass +
    gatewayOf([cleartext('any', 80)], { more: '' }) +
    backend('a', a.port) +
    httpRoute('routed', `rules: [${rule('/routed', 'a')}]`),
  ['--gateway-service', 'default/headgate'],
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close(), server.kill()]);
});

const statuses = async () => [
  (await gateway.ask({ path: '/mapped/', host: 'any.example' })).status,
  (await gateway.ask({ path: '/routed', host: 'any.example' })).status,
];

for (const [title, spec, status] of [
  ['asked', 'timeout_ms: 2000', 401],
  ['that cannot be read', 'proto: htp', 503],
] as const)
  test.serial(
    `an AuthService ${title} is no matter of an HTTPRoute on the same port`,
    async (t) => {
      t.deepEqual(await statuses(), [200, 200]);
      server.asked();
      await gateway.apply('auth.yaml', authService('auth', server.port, spec));
      t.deepEqual(await statuses(), [status, 200]);
      t.true(server.asked().length <= 1);
      await gateway.remove('auth.yaml');
      t.deepEqual(await statuses(), [200, 200]);
    },
  );
