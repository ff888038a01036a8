import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Agent, request } from 'undici';

import { freePort } from '../process/free-port.ts';
import { startGuard } from './guard.ts';
import { serverProcess } from './server-process.ts';
import { testBinary } from './test-binaries.ts';
import type { TestCluster } from './test-cluster.ts';

/** The controllers that make Pods of Deployments and endpoints of Pods, and that clear up. */
const controllers = [
  'deployment-controller',
  'replicaset-controller',
  'endpointslice-controller',
  'serviceaccount-controller',
  'namespace-controller',
  'garbage-collector-controller',
];

/** The controllers of a test cluster, which run until they are stopped or this process ends. */
export interface ControllerManager {
  readonly stop: () => Promise<void>;
}

/** Starts a real kube-controller-manager. */
export const startControllerManager = async ({
  kubeconfig,
}: Pick<TestCluster, 'kubeconfig'>): Promise<ControllerManager> => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-controllers-'));
  const guard = startGuard(folder);
  const port = await freePort();
  // It makes a certificate of its own.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  const server = serverProcess({
    name: 'kube-controller-manager',
    program: await testBinary('kube-controller-manager'),
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--controllers=${controllers.join(',')}`,
      '--leader-elect=false',
      // Nobody else asks this API server for much.
      ...['--kube-api-qps=500', '--kube-api-burst=1000'],
      ...['--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${folder}`],
    ],
    logFile: join(folder, 'log'),
    isReady: async () => {
      const answer = await request(`https://127.0.0.1:${port}/healthz`, { dispatcher });
      await answer.body.dump();
      return answer.statusCode === 200;
    },
    changed: () => guard.watch([server.pid()].filter((pid) => pid !== undefined)),
  });
  const stop = async (): Promise<void> => {
    await server.kill();
    await dispatcher.destroy();
    await guard.end();
  };
  try {
    await server.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
};
