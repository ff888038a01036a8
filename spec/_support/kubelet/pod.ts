import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { V1Pod } from '@kubernetes/client-node';

import type { ApiRequests } from '../test-cluster/api-request.ts';
import { startContainer, type Container } from './container.ts';
import { environmentOf } from './environment.ts';
import type { PodNetwork } from './pod-network.ts';
import { podStatus } from './pod-status.ts';
import { writeVolumes } from './volumes.ts';

/** What a node gives to its Pods. */
export interface Node {
  readonly name: string;
  readonly address: string;
  readonly request: ApiRequests['send'];
  readonly network: PodNetwork;
  /** A folder for the files of volumes. */
  readonly folder: string;
  /** The program of an image, by the name of the image; undefined for one that nobody has. */
  readonly programOf: (image: string) => string | undefined;
}

/** A Pod on its way from being bound to its end. */
export interface RunningPod {
  readonly pod: V1Pod;
  /** Settles when it is ready, or when it will not be. */
  readonly started: Promise<void>;
  readonly container: (name: string) => Container | undefined;
  /** Ends its processes within so many seconds; in any state, and more than once. */
  readonly end: (seconds: number) => Promise<void>;
}

/** Runs a Pod: binds it to the node, makes its network, starts its containers, says that it is ready. */
export const runPod = (pod: V1Pod, node: Node): RunningPod => {
  const { namespace = '', name = '', uid = '' } = pod.metadata ?? {};
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const folder = join(node.folder, uid);
  const containers = new Map<string, Container>();
  let isOver = false;
  let closeNetwork = async (): Promise<void> => undefined;

  const run = async (): Promise<void> => {
    await bind(pod, path, node);
    const { address, pid, close } = await node.network.sandbox();
    closeNetwork = close;
    const volumes = await writeVolumes(pod, { ...node, folder, isOver: () => isOver });
    const report = async (problem?: string): Promise<void> => {
      if (isOver) return;
      const asked = { pod, address, hostAddress: node.address };
      const status = podStatus(problem === undefined ? asked : { ...asked, problem });
      const contentType = 'application/merge-patch+json';
      await node.request({
        method: 'PATCH',
        path: `${path}/status`,
        contentType,
        body: { status },
      });
    };
    for (const container of pod.spec?.containers ?? []) {
      if (isOver) return;
      const program = node.programOf(container.image ?? '');
      if (program === undefined) return await report(`nobody has the image ${container.image}`);
      const env = environmentOf(container, { pod, address, volumes });
      const started = startContainer({ pid, program, args: container.args ?? [], env });
      containers.set(container.name, started);
      const ended = `container ${container.name} has ended`;
      // Where the API server is gone as well, nobody can be told.
      void started.ended.then(async () => await report(ended)).catch(() => undefined);
    }
    await report();
  };
  const started = run();
  return {
    ...{ pod, started },
    container: (wanted) => containers.get(wanted),
    end: async (seconds) => {
      isOver = true;
      await started.catch(() => undefined);
      await Promise.all([...containers.values()].map(async (one) => await one.end(seconds)));
      await closeNetwork();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** There is one node, so nobody needs to choose it. */
const bind = async ({ metadata, spec }: V1Pod, path: string, node: Node): Promise<void> => {
  if (spec?.nodeName !== undefined) return;
  const target = { apiVersion: 'v1', kind: 'Node', name: node.name };
  const body = {
    ...{ apiVersion: 'v1', kind: 'Binding', target },
    metadata: { name: metadata?.name, uid: metadata?.uid },
  };
  await node.request({ method: 'POST', path: `${path}/binding`, body });
};
