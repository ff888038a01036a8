import { resolve } from 'node:path';

import type { TestCluster } from './test-cluster.ts';

/** Installs the definitions of our kinds as a user does, and waits until they are served. */
export const installCrds = async ({ kubectl }: Pick<TestCluster, 'kubectl'>): Promise<void> => {
  for (const args of [
    ['apply', '--server-side', '-k', folder],
    ['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all'],
  ]) {
    const { code, stderr } = await kubectl(args);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}:\n${stderr}`);
  }
};

const folder = resolve(import.meta.dirname, '..', '..', '..', 'k8s', 'crds');
