import test from 'ava';

import type { ProblemRecord } from '../../../../src/problem/problem-record.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { askedMeanwhile } from '../../../_support/hot/asked-meanwhile.ts';
import { startNotingBackend } from '../../../_support/envoy/noting-backend.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { crowd } from '../../../_support/world/crowd.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [backend, server] = [await startNotingBackend(), await startHttpAuthServer()];

const world = (ports: { readonly http: number }): string =>
  openHost(ports) + mapping('guarded', backend.port, "prefix: /, rewrite: ''");

const gateways = {
  whole: await aGateway(world),
  cut: await aGateway((ports) => world(ports) + crowd(300)),
};
test.after.always(async () => {
  await Promise.all(Object.values(gateways).map(async ({ stop }) => await stop()));
  await Promise.all([backend.close(), server.kill()]);
});

const auth = (port: number, more = ''): string =>
  authService('auth', port, `timeout_ms: 2000, failure_mode_allow: true${more}`);

const wrong = tlsContext('wrong', 'cipher_suites: [ALL, "!ALL"]');

for (const [tables, gateway] of Object.entries(gateways)) {
  const status = async () => (await gateway.ask({ path: '/a' })).status;

  /** Until it is known whose fault it is that Envoy refuses something. */
  const convicted = async (): Promise<void> => {
    await eventually('somebody is told what Envoy refuses', async () =>
      (await gateway.debug<readonly ProblemRecord[]>('problems')).some(
        ({ problem }) => problem === 'RefusedByEnvoy',
      ),
    );
  };

  test.serial(
    `while Envoy refuses what an AuthService is edited to, nobody passes who may not, where tables are ${tables}`,
    async (t) => {
      await gateway.apply('auth.yaml', auth(server.port));
      t.is(await status(), 401);
      backend.reached();
      const statuses = await askedMeanwhile(status, async () => {
        await gateway.apply('auth.yaml', auth(server.port, ', tls: wrong') + wrong);
        await convicted();
      });
      t.deepEqual(backend.reached(), []);
      t.deepEqual(
        statuses.filter((one) => one !== 401 && one !== 503),
        [],
      );
      await eventually('its last good version is in force', async () => (await status()) === 401);
      await gateway.apply('auth.yaml', auth(server.port));
      t.is(await status(), 401);
      await gateway.remove('auth.yaml');
      t.is(await status(), 200);
    },
  );

  test.serial(
    `a first AuthService that Envoy refuses lets nobody pass once it is in force, where tables are ${tables}`,
    async (t) => {
      await gateway.apply('auth.yaml', auth(server.port, ', tls: wrong') + wrong);
      await convicted();
      t.is(await status(), 503);
      await gateway.remove('auth.yaml');
      t.is(await status(), 200);
    },
  );
}
