import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CoreV1Api, KubeConfig, makeInformer, type V1Pod } from '@kubernetes/client-node';

import type { TestCluster } from '../test-cluster/test-cluster.ts';
import { kubeletServer } from './kubelet-server.ts';
import { podNetwork } from './pod-network.ts';
import { runPod, type Node, type RunningPod } from './pod.ts';

/** What runs the Pods of a test cluster. */
export interface Kubelet {
  /** Ends all Pods and forgets them. */
  readonly stop: () => Promise<void>;
}

/** How to run it. */
export interface KubeletOptions {
  readonly cluster: Pick<TestCluster, 'kubeconfig' | 'request' | 'apply'>;
  readonly programOf: Node['programOf'];
  /** Is told what does not succeed and is not said in the status of a Pod. */
  readonly warn: (line: string) => void;
}

/**
 * A stand-in for the kubelet, in a network of its own: the node on which all Pods of a test cluster
 * run, each as processes of this machine in a network namespace. Images are names of programs.
 *
 * It does what the Pods of the Gateway API's conformance suite need: environments with fields of the
 * Pod, volumes from Secrets and ConfigMaps, readiness as soon as the processes run, logs through the
 * API server, deletion with grace. There are no probes, no restarts and no limits.
 */
export const startKubelet = async ({
  cluster,
  programOf,
  warn,
}: KubeletOptions): Promise<Kubelet> => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-kubelet-'));
  const pods = new Map<string, RunningPod>();
  const server = await kubeletServer(address, (namespace, name, container) =>
    [...pods.values()]
      .find(({ pod }) => pod.metadata?.namespace === namespace && pod.metadata.name === name)
      ?.container(container)
      ?.log(),
  );
  await announce(cluster, server.port);
  const { request } = cluster;
  const network = await podNetwork();
  const node: Node = { name: nodeName, address, request, network, folder, programOf };
  const failed = (what: string) => (reason: unknown) => warn(`${what}: ${String(reason)}`);

  const remove = async (pod: V1Pod, uid: string): Promise<void> => {
    const grace = pod.metadata?.deletionGracePeriodSeconds ?? 0;
    await pods.get(uid)?.end(grace);
    pods.delete(uid);
    const path = `/api/v1/namespaces/${pod.metadata?.namespace}/pods/${pod.metadata?.name}`;
    const body = { gracePeriodSeconds: 0, preconditions: { uid } };
    await request({ method: 'DELETE', path, body });
  };
  const seen = (pod: V1Pod): void => {
    const { uid = '', name = '', deletionTimestamp } = pod.metadata ?? {};
    if (deletionTimestamp !== undefined) void remove(pod, uid).catch(failed(`removing ${name}`));
    else if (!pods.has(uid)) {
      const running = runPod(pod, node);
      pods.set(uid, running);
      running.started.catch(failed(`starting ${name}`));
    }
  };

  const informer = informerOf(cluster.kubeconfig);
  for (const verb of ['add', 'update'] as const) informer.on(verb, seen);
  // One that was deleted without grace.
  informer.on('delete', ({ metadata: { uid = '' } = {} }) => {
    void pods
      .get(uid)
      ?.end(0)
      .catch(failed(`ending ${uid}`));
    pods.delete(uid);
  });
  let isOver = false;
  informer.on('error', () => {
    if (!isOver) setTimeout(() => void informer.start().catch(failed('watching Pods')), 500);
  });
  await informer.start();
  return {
    stop: async () => {
      isOver = true;
      await informer.stop();
      server.close();
      await Promise.allSettled([...pods.values()].map(async (pod) => await pod.end(0)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const nodeName = 'node';

const address = '127.0.0.1';

const informerOf = (kubeconfig: string) => {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  return makeInformer(config, '/api/v1/pods', async () => await api.listPodForAllNamespaces());
};

/** Says where the API server finds the logs of this node. */
const announce = async (
  { request, apply }: KubeletOptions['cluster'],
  port: number,
): Promise<void> => {
  await apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } }]);
  const status = {
    addresses: [{ type: 'InternalIP', address }],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
    conditions: [{ type: 'Ready', status: 'True' }],
  };
  const answer = await request({
    ...{ method: 'PATCH', path: `/api/v1/nodes/${nodeName}/status`, body: { status } },
    contentType: 'application/merge-patch+json',
  });
  if (answer.status !== 200) throw new Error(`no node: ${JSON.stringify(answer.body)}`);
};
