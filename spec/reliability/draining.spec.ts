import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../_support/envoy/a-gateway.ts';
import { rawConnection } from '../_support/envoy/raw-connection.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { listener, mapping, openHost } from '../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'web', port: 0 });
test.after.always(async () => await backend.close());

const clusters = async ({ envoy }: Gateway): Promise<number | undefined> =>
  (await envoy.stats('^cluster_manager.active_clusters$')).get('cluster_manager.active_clusters');

const asked = 'GET /kept/ HTTP/1.1\r\nhost: a.example.com\r\n\r\n';

/** A gateway with a second Listener and one Mapping, and a connection through that Listener. */
const withConnection = async (drainTime: string) => {
  const gateway = await aGateway(openHost, ['--drain-time', drainTime]);
  const without = await clusters(gateway);
  await gateway.apply('kept.yaml', mapping('kept', backend.port, 'prefix: /kept/'));
  await gateway.apply('other.yaml', listener('other', gateway.ports.other));
  const connection = rawConnection(gateway.ports.other);
  return { gateway, without: without ?? Number.NaN, connection };
};

test('while connections of a deleted Listener drain, only the clusters stay that they may use', async (t) => {
  t.timeout(300_000);
  const { gateway, without, connection } = await withConnection('3600');
  t.is((await connection.ask(asked)).status, 'HTTP/1.1 200 OK');
  await gateway.remove('other.yaml');
  await gateway.remove('kept.yaml');
  const churn = Array.from({ length: 40 }, (_, n) => mapping(`m${n}`, 9000 + n, `prefix: /${n}/`));
  await gateway.apply('churn.yaml', churn.join(''));
  t.is(await clusters(gateway), without + 1 + churn.length);
  await gateway.remove('churn.yaml');
  await eventually(
    'what no connection may use is gone',
    async () => (await clusters(gateway)) === without + 1,
  );
  t.is((await connection.ask(asked)).status, 'HTTP/1.1 200 OK');
  connection.close();
  await gateway.stop();
});

test('connections of a deleted Listener end after the drain time, and then their clusters go', async (t) => {
  t.timeout(300_000);
  const { gateway, without, connection } = await withConnection('1');
  t.is((await connection.ask(asked)).status, 'HTTP/1.1 200 OK');
  await gateway.remove('other.yaml');
  await gateway.remove('kept.yaml');
  await eventually('the cluster is gone', async () => (await clusters(gateway)) === without);
  t.is((await gateway.ask({ path: '/kept/' })).status, 404);
  connection.close();
  await gateway.stop();
});
