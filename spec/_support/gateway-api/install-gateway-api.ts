import type { TestCluster } from '../test-cluster/test-cluster.ts';
import {
  upstreamDefinitions,
  type Channel,
  type UpstreamDefinition,
} from './upstream-definitions.ts';

/** Installs definitions of the Gateway API, all or some of them, and waits until they are served. */
export const installGatewayApi = async (
  cluster: Pick<TestCluster, 'apply' | 'kubectl'>,
  channel: Channel = 'standard',
  isWanted: (definition: UpstreamDefinition) => boolean = () => true,
): Promise<void> => {
  await cluster.apply((await upstreamDefinitions(channel)).filter(isWanted));
  const args = ['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all'];
  const { code, stderr } = await cluster.kubectl(args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}:\n${stderr}`);
};
