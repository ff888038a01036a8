import type { ExecutionContext } from 'ava';

import { kindsOf, kindTable } from '../../../src/kube/kind.ts';
import { apiPath } from '../../../src/kube/reflect/api-path.ts';
import { eventually } from '../envoy/supervised-envoy.ts';
import { installGatewayApi } from '../gateway-api/install-gateway-api.ts';
import { sharedCluster } from '../test-cluster/shared-cluster.ts';
import type { TestCluster } from '../test-cluster/test-cluster.ts';
import { withSimpleReports } from '../world/language/simple-reports.ts';
import { aReplica, type ReplicaOptions } from './a-replica.ts';
import { gatewayApiOf, gatewayObjects } from './gateway-objects.ts';
import { installOwnDefinitions } from './own-definitions.ts';

/**
 * A cluster for the tests of a file, and places in it: a namespace with an object of each kind of the Gateway
 * API, replicas that report on them, and what changes them as another controller does.
 */
export const gatewayPlaces = () => {
  const shared = sharedCluster();
  let definitions: Promise<void> | undefined;
  return async (t: ExecutionContext) => {
    const cluster = await shared();
    await (definitions ??= installed(cluster));
    const namespace = await cluster.namespaceFor(t);
    await cluster.apply(gatewayObjects(namespace));
    const replica = async (more: ReplicaOptions = {}) =>
      await aReplica(t, cluster, namespace, { published: withSimpleReports, ...more });
    return { cluster, namespace, replica, ...gatewayApiOf(cluster, namespace) };
  };
};

const installed = async (cluster: TestCluster): Promise<void> => {
  await installOwnDefinitions(cluster);
  await installGatewayApi(cluster);
  for (const kind of kindsOf('gateway'))
    await eventually(
      `${kind} objects can be read`,
      async () => (await cluster.request({ path: apiPath(kindTable[kind]) })).status === 200,
    );
};
