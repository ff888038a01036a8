import test, { type ExecutionContext } from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { aPlace, startHeadgate, type Headgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';

/** What is read for the Gateway API alone, by the names in paths of the API. */
const ofGatewayApi: ReadonlySet<string> = new Set([
  ...['backendtlspolicies', 'configmaps', 'gatewayclasses', 'gateways', 'grpcroutes'],
  ...['httproutes', 'listenersets', 'namespaces', 'referencegrants'],
]);

const program = 'headgate';

/** A control plane that writes nothing, so that every request of it is one to read. */
const reader = async (
  t: ExecutionContext,
  kubeconfig: string,
  ...flags: readonly string[]
): Promise<Headgate> => {
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, [
    ...['--no-envoy', '--no-status', ...flags],
  ]);
  await eventually('everything is read', headgate.isReady);
  return headgate;
};

/** Which of it a control plane has begun to follow since then, and how often it asked in vain. */
const followed = (cluster: TestCluster, since = 0) => {
  const asked = cluster
    .auditLog()
    .slice(since)
    .filter(
      ({ objectRef, verb, userAgent = '' }) =>
        ofGatewayApi.has(objectRef?.resource ?? '') &&
        (verb === 'list' || verb === 'watch') &&
        userAgent.startsWith(program),
    );
  return {
    resources: [...new Set(asked.map(({ objectRef }) => objectRef?.resource ?? ''))].sort(),
    inVain: asked.filter(({ responseStatus }) => (responseStatus?.code ?? 200) >= 400).length,
  };
};

/** Waits until it follows these, if others too; a watch that ends for reasons of its own is renewed. */
const follows = async (cluster: TestCluster, since: number, ...resources: readonly string[]) =>
  await eventually(`it follows ${resources.join()}`, () =>
    resources.every((one) => followed(cluster, since).resources.includes(one)),
  );

const said = (headgate: Headgate): readonly string[] =>
  headgate.lines.flatMap((line) => /the Gateway API [^"]*/.exec(line)?.[0] ?? []);

const isOneOf =
  (...plurals: readonly string[]) =>
  ({ spec }: { readonly spec: { readonly names: { readonly plural: string } } }): boolean =>
    plurals.includes(spec.names.plural);

const aRoute = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'default', name: 'a' },
  spec: { parentRefs: [{ name: 'missing' }] },
};

test('each kind of the Gateway API is read as soon as its definition is there, and as long', async (t) => {
  t.timeout(600_000);
  const cluster = await startTestCluster(t, { isAudited: true });
  await installCrds(cluster);
  const headgate = await reader(t, cluster.kubeconfig);

  t.deepEqual(followed(cluster), { resources: [], inVain: 0 });
  t.deepEqual(await headgate.problems(), []);

  await installGatewayApi(cluster, 'standard', isOneOf('gatewayclasses', 'httproutes'));
  const some = ['configmaps', 'gatewayclasses', 'httproutes', 'namespaces'];
  await follows(cluster, 0, ...some);
  await cluster.apply([aRoute]);
  const isTold = async (): Promise<boolean> =>
    (await headgate.problems()).some(({ object }) => object === 'HTTPRoute default/a');
  await eventually('the route is read', isTold);
  t.deepEqual(followed(cluster).resources, some);

  await installGatewayApi(cluster);
  await follows(cluster, 0, ...ofGatewayApi);
  t.deepEqual(said(headgate), ['the Gateway API is installed: v1.7.0 (standard channel)']);
  await eventually('nothing is missing', async () =>
    (await headgate.problems()).every(({ problem }) => problem !== 'UnreadableKind'),
  );

  await cluster.kubectl(['delete', 'crd', 'httproutes.gateway.networking.k8s.io']);
  await eventually('the route is gone', async () => !(await isTold()));
  t.deepEqual(
    (await headgate.problems()).filter(({ problem }) => problem === 'UnreadableKind'),
    [],
  );

  const before = cluster.auditLog().length;
  await installGatewayApi(cluster);
  await follows(cluster, before, 'httproutes');
  await cluster.apply([aRoute]);
  await eventually('the route is read again', isTold);
  t.true(await headgate.isReady());
});

test('where one namespace is read, the Gateway API is not, which is said once', async (t) => {
  const cluster = await startTestCluster(t, { isAudited: true });
  await installCrds(cluster);
  await installGatewayApi(cluster);
  const headgate = await reader(t, cluster.kubeconfig, '--watch-namespace', 'default');

  t.deepEqual(followed(cluster), { resources: [], inVain: 0 });
  t.deepEqual(said(headgate), ['the Gateway API is not read: only one namespace is read']);
  t.deepEqual(await headgate.problems(), []);
});
