import test from 'ava';

import { aReplica } from '../_support/api-server/a-replica.ts';
import { installOwnDefinitions } from '../_support/api-server/own-definitions.ts';
import { objects, type Stored } from '../_support/api-server/stored-status.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aClock } from '../_support/property/a-clock.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aMapping } from '../_support/world/builders.ts';

test('many changes at once are written at the rate, until each latest one is there', async (t) => {
  const cluster = await startTestCluster(t);
  await installOwnDefinitions(cluster);
  const namespace = await cluster.namespaceFor(t);
  const names = Array.from({ length: 150 }, (_, i) => `${namespace}/m${i}`);
  const all = (prefix: string) => names.map((key) => aMapping(key, { prefix }));
  await cluster.apply([...objects(namespace), ...all('/a/')]);
  const limits = { rate: { perSecond: 50, burst: 50 } };
  const { scheduler, goOn } = aClock();
  const replica = await aReplica(t, cluster, namespace, { limits, scheduler });
  /** Waits until so many are written, while no time passes. */
  const written = async (count: number): Promise<void> =>
    await eventually(`${count} are written`, () => {
      goOn(0);
      return replica.writes() >= count;
    });
  await replica.sync();
  await written(50);
  await cluster.apply(all('/b/'));
  await replica.sync();
  t.is(replica.writes(), 50);

  const isLatest = async (): Promise<boolean> => {
    const args = ['get', 'mapping', '-n', namespace, '-o', 'json'];
    const { items } = JSON.parse((await cluster.kubectl(args)).stdout) as {
      readonly items: readonly Stored[];
    };
    return items.every(({ metadata, status }) =>
      status?.conditions?.every((one) => one.observedGeneration === metadata.generation),
    );
  };
  for (const count of [100, 150, 200]) {
    t.false(await isLatest());
    goOn(1000);
    await written(count);
    t.is(replica.writes(), count);
  }
  goOn(1000);
  await eventually('every latest one is written', async () => {
    goOn(0);
    return await isLatest();
  });
  t.true(replica.writes() <= 50 + 153, 'what waited was written once, as it is now');
});
