import test, { type ExecutionContext } from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aListener, type Manifest } from '../_support/world/builders.ts';
import { anIngress } from '../_support/world/language/ingresses.ts';

const of = (ingressClassName: string): object => ({
  ingressClassName,
  defaultBackend: { service: { name: 'web', port: { number: 80 } } },
});

const ingress = (name: string, ingressClassName: string): Manifest =>
  anIngress(`default/${name}`, of(ingressClassName));

const gateway = {
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'default', name: 'gateway' } },
  spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
};

/** What a controller writes into `status.loadBalancer` of an object. */
const address = async (
  { kubectl }: TestCluster,
  object: readonly [kind: string, name: string],
  entries: readonly object[],
): Promise<void> => {
  const patch = JSON.stringify({ status: { loadBalancer: { ingress: entries } } });
  const { code, stderr } = await kubectl([
    ...['patch', ...object, '--subresource=status', '--type=merge', `-p=${patch}`],
  ]);
  if (code !== 0) throw new Error(stderr);
};

/** Its addresses as an API server tells them: `192.0.2.1 lb.example`. */
const addressesOf = async ({ kubectl }: TestCluster, name: string): Promise<string> => {
  const path =
    '-o=jsonpath={.status.loadBalancer.ingress[*].ip} {.status.loadBalancer.ingress[*].hostname}';
  return (await kubectl(['get', 'ingress', name, path])).stdout.trim();
};

const versionOf = async ({ kubectl }: TestCluster, name: string): Promise<string> =>
  (await kubectl(['get', 'ingress', name, '-o=jsonpath={.metadata.resourceVersion}'])).stdout;

const running = async (t: ExecutionContext, { kubeconfig }: TestCluster) => {
  const flags = ['--namespace', 'default', '--gateway-service', 'default/gateway'];
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, flags);
  await eventually('it is ready', headgate.isReady);
  return headgate;
};

test('an Ingress has the addresses of the Service of the gateway, follows them, and loses only what was written here', async (t) => {
  t.timeout(300_000);
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  const has = async (name: string, expected: string): Promise<void> =>
    await eventually(`${name} has the addresses "${expected}"`, async () =>
      Object.is(await addressesOf(cluster, name), expected),
    );
  await cluster.apply([
    ...[gateway, aListener('default/http', { port: await freePort() })],
    ...[ingress('ours', 'ambassador'), ingress('of-another', 'nginx')],
  ]);
  await address(cluster, ['ingress', 'of-another'], [{ ip: '198.51.100.7' }]);
  const first = await running(t, cluster);

  await address(cluster, ['service', 'gateway'], [{ ip: '192.0.2.1' }]);
  await has('ours', '192.0.2.1');
  await address(cluster, ['service', 'gateway'], [{ ip: '192.0.2.2' }, { hostname: 'lb.example' }]);
  await has('ours', '192.0.2.2 lb.example');
  await cluster.apply([ingress('late', 'ambassador')]);
  await has('late', '192.0.2.2 lb.example');

  const before = await versionOf(cluster, 'ours');
  await first.end('SIGTERM');
  await running(t, cluster);
  await address(cluster, ['ingress', 'late'], [{ ip: '203.0.113.9' }]);
  await has('late', '192.0.2.2 lb.example');
  t.is(await versionOf(cluster, 'ours'), before);

  await cluster.apply([ingress('ours', 'nginx'), ingress('of-another', 'nginx')]);
  await has('ours', '');
  t.is(await addressesOf(cluster, 'of-another'), '198.51.100.7');
});
