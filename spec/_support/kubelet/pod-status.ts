import type { V1Pod } from '@kubernetes/client-node';

/** What is to be said of a Pod. */
export interface PodReport {
  readonly pod: V1Pod;
  readonly address: string;
  /** The address of the node. */
  readonly hostAddress: string;
  /** Why it does not run; without it, it does, and is ready. */
  readonly problem?: string;
}

/** The status of a Pod. */
export const podStatus = ({ pod, address, hostAddress, problem }: PodReport) => {
  const now = new Date().toISOString();
  const isReady = problem === undefined;
  const ready = isReady ? 'True' : 'False';
  return {
    phase: isReady ? 'Running' : 'Pending',
    ...{ podIP: address, podIPs: [{ ip: address }] },
    ...{ hostIP: hostAddress, hostIPs: [{ ip: hostAddress }], startTime: now },
    conditions: Object.entries({
      ...{ PodScheduled: 'True', Initialized: 'True' },
      ...{ ContainersReady: ready, Ready: ready },
    }).map(([type, status]) => ({ type, status, lastTransitionTime: now })),
    containerStatuses: pod.spec?.containers.map(({ name, image }) => ({
      ...{ name, image, imageID: image, ready: isReady, started: isReady, restartCount: 0 },
      state: isReady
        ? { running: { startedAt: now } }
        : { waiting: { reason: 'NotRunning', message: problem } },
    })),
  };
};
