import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../../_support/envoy/a-gateway.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { askedMeanwhile } from '../../../_support/hot/asked-meanwhile.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { crowd } from '../../../_support/world/crowd.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../../_support/world/gateway-api/manifests.ts';
import {
  host,
  listener,
  mapping,
  moduleOf,
  service,
} from '../../../_support/world/routing-manifests.ts';

const [a, b, server] = [
  await startBackend({ name: 'a', port: 0 }),
  await startBackend({ name: 'b', port: 0 }),
  await startHttpAuthServer(),
];

/** A Gateway whose port is that of a Listener of Emissary's too. */
const shared = async (more = ''): Promise<Gateway> =>
  await aGateway(
    ({ http }) =>
      service('headgate', `clusterIP: 10.0.0.1, ports: [{ port: 80, targetPort: ${http} }]`) +
      listener('http', http) +
      host('*') +
      mapping('mapped', b.port, 'prefix: /mapped/') +
      ourClass +
      gatewayOf([cleartext('any', 80)], { more: '' }) +
      backend('a', a.port) +
      httpRoute('routed', `rules: [${rule('/routed', 'a')}]`) +
      more,
    ['--gateway-service', 'default/headgate'],
  );

const gateways = { whole: await shared(), cut: await shared(crowd(800)) };
test.after.always(async () => {
  await Promise.all(Object.values(gateways).map(async ({ stop }) => await stop()));
  await Promise.all([a.close(), b.close(), server.kill()]);
});

for (const [tables, gateway] of Object.entries(gateways)) {
  const statusAt = async (path: string): Promise<number> =>
    (await gateway.ask({ path, host: 'any.example' })).status;

  const statuses = async () => [await statusAt('/mapped/'), await statusAt('/routed')];

  /** What an HTTPRoute answers while something is done. */
  const routedMeanwhile = async (something: () => Promise<void>) =>
    await askedMeanwhile(async () => await statusAt('/routed'), something);

  for (const [title, spec, status] of [
    ['asked', 'timeout_ms: 2000', 401],
    ['that cannot be read', 'proto: htp', 503],
  ] as const)
    test.serial(
      `an AuthService ${title} is no matter of an HTTPRoute on the same port, at no instant, where tables are ${tables}`,
      async (t) => {
        t.deepEqual(await statuses(), [200, 200]);
        server.asked();
        const meanwhile = await routedMeanwhile(async () => {
          await gateway.apply('auth.yaml', authService('auth', server.port, spec));
          t.deepEqual(await statuses(), [status, 200]);
          await gateway.remove('auth.yaml');
          t.deepEqual(await statuses(), [200, 200]);
        });
        t.deepEqual(meanwhile, [200]);
        t.true(server.asked().every(({ path }) => path === '/mapped/'));
      },
    );

  test.serial(
    `nor are the first rules of addresses of a Module, where tables are ${tables}`,
    async (t) => {
      await gateway.apply('module.yaml', moduleOf('server_name: edge'));
      const meanwhile = await routedMeanwhile(async () => {
        await gateway.apply(
          'module.yaml',
          moduleOf('server_name: edge, ip_deny: [{ peer: 127.0.0.1 }]'),
        );
        t.deepEqual(await statuses(), [403, 200]);
      });
      t.deepEqual(meanwhile, [200]);
    },
  );
}
