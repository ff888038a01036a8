import { setTimeout } from 'node:timers/promises';

import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

test('an API server that is gone is no reason to restart a control plane', async (t) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  const place = { ...aPlace(t), kubeconfig: cluster.kubeconfig };
  const headgate = startHeadgate(t, place, ['--no-envoy', '--no-status', '--stuck-after', '1']);
  await eventually('everything is read', headgate.isReady);

  await cluster.apiServer.kill();
  const gone = (): boolean =>
    headgate.lines.some((line) => /the API server .* cannot be read/.test(line));
  await eventually('the log says that it is gone', gone);
  // Longer than a batch may take; how much longer makes no difference.
  await setTimeout(3000);
  const alive = await headgate.get('/ambassador/v0/check_alive');

  t.deepEqual([alive.status, await alive.text()], [200, 'alive\n']);
});
