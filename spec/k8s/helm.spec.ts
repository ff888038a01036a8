import test from 'ava';

import { helm } from '../../build/manifests.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';

const shared = sharedCluster();

test('Helm installs, upgrades and uninstalls, and leaves the definitions where they are', async (t) => {
  const cluster = await shared();
  const where = ['--namespace', 'gate', '--kubeconfig', cluster.kubeconfig];
  const named = async (what: string): Promise<readonly string[]> =>
    (await cluster.kubectl(['get', what, '--namespace', 'gate', '-o', 'name'])).stdout
      .split('\n')
      .filter((line) => line !== '');
  const set = ['--set', 'createDefaultListeners=true'];
  const installed = await helm(
    ...['install', 'gate', 'k8s/chart', '--create-namespace', ...where, ...set],
  );

  t.regex(installed, /^STATUS: deployed$/m);
  t.deepEqual(await named('listeners'), [
    'listener.getambassador.io/gate-headgate-http',
    'listener.getambassador.io/gate-headgate-https',
  ]);

  await helm('upgrade', 'gate', 'k8s/chart', ...where, '--set', 'replicaCount=5');
  const replicas = ['get', 'deployment', '--namespace', 'gate', '-o'];
  const { stdout } = await cluster.kubectl([...replicas, 'jsonpath={.items[*].spec.replicas}']);

  t.is(stdout, '5');
  t.deepEqual(await named('listeners'), []);

  await helm('uninstall', 'gate', ...where);

  t.deepEqual(await named('all,networkpolicies,poddisruptionbudgets,roles,rolebindings'), []);
  t.is((await named('crd')).length, 14);
});
