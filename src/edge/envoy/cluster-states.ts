import { from, Observable } from 'rxjs';

import type { AskClusters } from '../../../streams/status/cluster-sweep.ts';
import type { ClusterState, HostState } from '../../status/backends/cluster-state.ts';
import type { EnvoyAdmin } from './envoy-admin.ts';

/**
 * Asks Envoy for its clusters; the answer is read as it comes, and only what is needed of it is kept.
 *
 * It fails when Envoy does not answer in time.
 */
export const clusterStates =
  (clusters: EnvoyAdmin['clusters'], timeout = 5_000): AskClusters =>
  (filter) =>
    new Observable((subscriber) => {
      const ending = new AbortController();
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(timeout)]);
      const read = async (): Promise<readonly ClusterState[]> => {
        const reader = clusterReader();
        const answer = await clusters(filter, signal);
        for await (const chunk of answer.setEncoding('utf8')) reader.push(chunk as string);
        return reader.end();
      };
      from(read()).subscribe(subscriber);
      return () => ending.abort();
    });

/** Reads lines of `cluster::value` and `cluster::host::name::value`, in pieces. */
export const clusterReader = () => {
  const clusters = new Map<string, { hosts: number; readonly failed: Map<string, HostState> }>();
  let rest = '';
  const line = (text: string): void => {
    const first = text.indexOf('::');
    if (first <= 0) return;
    const name = text.slice(0, first);
    let cluster = clusters.get(name);
    if (cluster === undefined) clusters.set(name, (cluster = { hosts: 0, failed: new Map() }));
    const last = text.lastIndexOf('::');
    const before = text.lastIndexOf('::', last - 1);
    // The address of a host can hold two colons, too.
    if (before <= first) return;
    const address = text.slice(first + 2, before);
    const value = Number(text.slice(last + 2));
    switch (text.slice(before + 2, last)) {
      case 'cx_connect_fail':
        cluster.hosts += 1;
        if (value > 0) cluster.failed.set(address, { address, failed: value, requests: 0 });
        return;
      case 'rq_total': {
        const host = cluster.failed.get(address);
        if (host !== undefined) cluster.failed.set(address, { ...host, requests: value });
      }
    }
  };
  return {
    push: (chunk: string): void => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(line);
    },
    /** All clusters that were named. */
    end: (): readonly ClusterState[] => {
      line(rest);
      return Array.from(clusters, ([name, { hosts, failed }]) => ({
        name,
        hosts,
        troubled: [...failed.values()],
      }));
    },
  };
};
