import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

test('a namespace to watch that does not exist is a problem until it does', async (t) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  await cluster.kubectl(['create', 'namespace', 'shop']);
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig: cluster.kubeconfig }, [
    ...['--no-envoy', '--no-status', '--watch-namespace', 'shpo'],
  ]);
  const said = async (): Promise<readonly string[]> =>
    (await headgate.problems())
      .filter(({ object }) => object === 'namespace shpo')
      .map(({ message }) => message);

  await eventually('everything is read', headgate.isReady);
  await eventually('it is said', async () => (await said()).length === 1);
  t.deepEqual(await said(), [
    'does not exist; nothing is read of it until it does; did you mean shop?',
  ]);

  await cluster.kubectl(['create', 'namespace', 'shpo']);

  await eventually('it is there', async () => (await said()).length === 0);
});
