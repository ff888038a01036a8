import test from 'ava';

import { bringUp, type TestCluster, type TestClusterOptions } from './test-cluster.ts';

/**
 * One cluster for the tests of a file, which starts when the first of them asks for it.
 *
 * Each test works in a namespace of its own: `cluster.namespaceFor(t)`.
 */
export const sharedCluster = (options: TestClusterOptions = {}): (() => Promise<TestCluster>) => {
  let cluster: Promise<TestCluster> | undefined;
  test.after.always(async () => {
    await (await cluster)?.stop();
  });
  return async () => await (cluster ??= bringUp(options));
};
