import test from 'ava';

import { helm } from '../../../build/manifests.ts';
import { installGatewayApi } from '../../_support/gateway-api/install-gateway-api.ts';
import { installCrds } from '../../_support/test-cluster/crds.ts';
import { sharedCluster } from '../../_support/test-cluster/shared-cluster.ts';
import { startTestCluster } from '../../_support/test-cluster/test-cluster.ts';

const shared = sharedCluster();

test.serial(
  'Helm installs, upgrades and uninstalls, and leaves the definitions where they are',
  async (t) => {
    const cluster = await shared();
    const where = ['--namespace', 'gate', '--kubeconfig', cluster.kubeconfig];
    const named = async (what: string): Promise<readonly string[]> =>
      (await cluster.kubectl(['get', what, '--namespace', 'gate', '-o', 'name'])).stdout
        .split('\n')
        .filter((line) => line !== '');
    const crds = ['upgrade', '--install', 'gate-crds', 'k8s/crds', '--create-namespace', ...where];
    const set = ['--set', 'createDefaultListeners=true'];
    await helm(...crds);
    const installed = await helm('install', 'gate', 'k8s/chart', ...where, ...set);

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

    await helm(...crds);
    await helm('uninstall', 'gate', ...where);
    await helm('uninstall', 'gate-crds', ...where);

    t.deepEqual(await named('all,networkpolicies,poddisruptionbudgets,roles,rolebindings'), []);
    t.is((await named('crd')).length, 14);
  },
);

test.serial('the class of Gateways comes with an upgrade after their definitions', async (t) => {
  const cluster = await shared();
  const where = ['--namespace', 'edge', '--kubeconfig', cluster.kubeconfig];
  const classes = async (): Promise<string> =>
    (await cluster.kubectl(['get', 'gatewayclasses', '-o', 'jsonpath={.items[*].metadata.name}']))
      .stdout;
  const before = await helm('install', 'edge', 'k8s/chart', '--create-namespace', ...where);

  t.regex(before, /^No GatewayClass was created, because the Gateway API is not installed/m);

  await installGatewayApi(cluster);
  const after = await helm('upgrade', 'edge', 'k8s/chart', ...where);

  t.regex(
    after,
    /^Gateways of the class headgate are served on the ports of the Service: 80, 443\.$/m,
  );
  t.is(await classes(), 'headgate');

  await helm('uninstall', 'edge', ...where);

  t.is(await classes(), '');
});

test.serial('definitions that kubectl brought become those of a release', async (t) => {
  const cluster = await startTestCluster(t);
  const where = ['--namespace', 'gate', '--kubeconfig', cluster.kubeconfig];
  await installCrds(cluster);
  await helm(
    ...['upgrade', '--install', 'gate-crds', 'k8s/crds', '--create-namespace', ...where],
    ...['--take-ownership', '--force-conflicts'],
  );
  const { stdout } = await cluster.kubectl([
    ...['get', 'crd', 'hosts.getambassador.io', '-o'],
    'jsonpath={.metadata.annotations.meta\\.helm\\.sh/release-name}',
  ]);

  t.is(stdout, 'gate-crds');
});
