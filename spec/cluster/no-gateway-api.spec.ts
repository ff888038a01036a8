import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

test('where the Gateway API is installed and not wanted, nothing of it is asked for', async (t) => {
  const cluster = await startTestCluster(t, { isAudited: true });
  await installCrds(cluster);
  await installGatewayApi(cluster);
  const asked = (): ReadonlySet<string> =>
    new Set(
      cluster
        .auditLog()
        .filter(({ userAgent }) => userAgent?.startsWith('headgate') === true)
        .flatMap(({ objectRef }) => (objectRef === undefined ? [] : [objectRef.resource])),
    );
  const ready = async (...flags: readonly string[]): Promise<void> => {
    const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig: cluster.kubeconfig }, [
      ...['--no-envoy', '--no-status', ...flags],
    ]);
    await eventually('everything is read', headgate.isReady);
    t.deepEqual(
      (await headgate.problems()).filter(({ problem }) => problem === 'UnreadableKind'),
      [],
    );
  };

  await ready('--no-gateway-api');
  const without = asked();
  await ready();

  t.true(without.has('mappings'));
  t.deepEqual([...asked()].filter((resource) => !without.has(resource)).toSorted(), [
    ...['backendtlspolicies', 'configmaps', 'gatewayclasses', 'gateways', 'grpcroutes'],
    ...['httproutes', 'listenersets', 'namespaces', 'referencegrants'],
  ]);
});
