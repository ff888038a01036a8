import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chartObjects } from '../_support/api-server/chart.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { startKubelet } from '../_support/kubelet/kubelet.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { startControllerManager } from '../_support/test-cluster/controller-manager.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { testBinary } from '../_support/test-cluster/test-binaries.ts';
import { bringUp, type TestCluster } from '../_support/test-cluster/test-cluster.ts';
import type { ConformanceOptions } from './options.ts';

/** Where Gateways have their addresses; all of them are this machine. */
export const gatewayAddresses = '10.99.0.0/16';

/** The class of the Gateways of the suite. */
export const gatewayClass = 'headgate';

/** Something that ends when everything ends. */
export interface Endings {
  readonly teardown: (end: () => unknown) => void;
}

/**
 * A cluster with controllers and one node, the Gateway API, and Headgate on it with the rights of its
 * chart; in a network of its own.
 */
export const startWorld = async (
  t: Endings,
  { channel }: Pick<ConformanceOptions, 'channel'>,
  folder: string,
): Promise<TestCluster> => {
  const warnings: string[] = [];
  const cluster = await bringUp();
  t.teardown(cluster.stop);
  const controllers = await startControllerManager(cluster);
  t.teardown(controllers.stop);
  const echo = await testBinary('echo-basic');
  const kubelet = await startKubelet({
    cluster,
    programOf: (image) => (/\/echo-basic:/.test(image) ? echo : undefined),
    warn: (line) => warnings.push(line),
  });
  t.teardown(kubelet.stop);
  t.teardown(() => writeFileSync(join(folder, 'kubelet.log'), warnings.join('\n')));

  await installGatewayApi(cluster, channel);
  await installCrds(cluster);
  await cluster.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const objects = await chartObjects(namespace);
  await cluster.apply(objects.filter(({ kind }) => kind !== 'Deployment'));
  await cluster.apply([aGatewayClass]);
  const kubeconfig = await cluster.kubeconfigFor(namespace, 'headgate');
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, [
    ...['--namespace', namespace, '--gateway-addresses', gatewayAddresses],
  ]);
  t.teardown(async () => {
    await headgate.end('SIGTERM');
    writeFileSync(join(folder, 'headgate.log'), headgate.lines.join('\n'));
  });
  const accepted = ['wait', '--for=condition=Accepted', '--timeout=60s', 'gatewayclass'];
  const { code, stderr } = await cluster.kubectl([...accepted, gatewayClass]);
  if (code !== 0) throw new Error([...headgate.lines.slice(-30), stderr].join('\n'));
  return cluster;
};

const namespace = 'headgate';

const aGatewayClass = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: gatewayClass },
  spec: { controllerName: 'headgate.io/gateway-controller' },
};
