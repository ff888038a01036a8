import test from 'ava';

import { aReplica } from '../_support/api-server/a-replica.ts';
import { installOwnDefinitions } from '../_support/api-server/own-definitions.ts';
import { conditions, objects, stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import { aGuard, aMapping } from '../_support/world/builders.ts';

const shared = sharedCluster();

test('what should guard requests says so, and so does who is closed by it, until it goes', async (t) => {
  const cluster = await shared();
  await installOwnDefinitions(cluster);
  const namespace = await cluster.namespaceFor(t);
  const messages = async (kind: string, name: string) =>
    (await stored(cluster, namespace, kind, name)).status?.conditions?.map(
      ({ message }) => message,
    ) ?? [];
  await cluster.apply([
    ...objects(namespace, {
      labels: { shop: [{ all: [{ remote_address: { key: 'remote_address' } }] }] },
    }),
    aMapping(`${namespace}/open`, { prefix: '/open/' }),
    aGuard('RateLimitService', `${namespace}/limits`, {
      service: 'not an address',
      domain: 'shop',
      failure_mode_deny: true,
    }),
  ]);
  const replica = await aReplica(t, cluster, namespace);
  await replica.sync();

  await eventually('the RateLimitService is told', async () =>
    (await messages('ratelimitservice', 'limits')).some((one) => one.includes('are answered 503')),
  );
  await eventually('the Mapping is told', async () =>
    (await messages('mapping', 'shop')).some((one) => one.includes('are answered 503')),
  );
  await eventually('both Mappings have conditions', async () => {
    const [shop] = conditions(await stored(cluster, namespace, 'mapping', 'shop'));
    const [open] = conditions(await stored(cluster, namespace, 'mapping', 'open'));
    return shop === 'Accepted=False GuardUnusable @1' && open === 'Accepted=True Accepted @1';
  });

  await cluster.kubectl(['delete', 'ratelimitservice', 'limits', '-n', namespace]);
  await replica.sync();
  await eventually('the Mapping is told that it is open', async () =>
    conditions(await stored(cluster, namespace, 'mapping', 'shop')).includes(
      'Accepted=True Accepted @1',
    ),
  );
  t.pass();
});
