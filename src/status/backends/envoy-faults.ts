import { empty, get, keys, withEdits, type Collection } from '../../collection/collection.ts';
import { editOf, type Edit } from '../../collection/edit.ts';
import { removals } from '../../collection/removals.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import { showDiscovery, type BackendFault } from './backend-fault.ts';
import { filterOf, type ClusterSlice } from './cluster-slice.ts';
import type { ClusterState, HostState } from './cluster-state.ts';

/** What an Envoy's own counters say of the clusters; nothing of those that never failed. */
export interface EnvoyFaults {
  readonly hosts: Collection<ClusterName, ReadonlyMap<string, KnownHost>>;
  readonly faults: Collection<ClusterName, BackendFault>;
}

/** An answer of the Envoy about a part of its clusters; times in milliseconds. */
export interface Swept {
  readonly slice: ClusterSlice;
  readonly clusters: readonly ClusterState[];
  readonly at: number;
}

interface KnownHost extends HostState {
  /** Since the last connection that failed, none was made. */
  readonly failing: boolean;
  /** When a connection failed last. */
  readonly failedAt: number;
}

/** The Envoy has not been asked yet. */
export const noEnvoyFaults: EnvoyFaults = { hosts: empty(), faults: empty() };

/**
 * What is known after an answer about a part of the clusters.
 *
 * A cluster fails when each of its hosts does: when the last connections to it failed, and no request was sent to
 * it meanwhile. An Envoy that is sent no requests sees nothing, so a failure without any trial is forgotten after a
 * while. A host that came with other addresses is new.
 */
export const afterSweep = (
  { hosts, faults }: EnvoyFaults,
  { slice, clusters, at }: Swept,
  known: Collection<ClusterName, Cluster>,
): EnvoyFaults => {
  const ofSlice = new RegExp(filterOf(slice));
  const answered = new Map(clusters.map((state) => [state.name, state]));
  const gone = [...keys(hosts), ...keys(faults)].filter(
    (name) => ofSlice.test(name) && !answered.has(name),
  );
  const present = withoutClusters({ hosts, faults }, gone);
  const hostEdits: Edit<ClusterName, Hosts>[] = [];
  const faultEdits: Edit<ClusterName, BackendFault>[] = [];
  for (const [name, state] of answered) {
    const cluster = get(known, name);
    const before = get(hosts, name);
    const now = cluster === undefined ? noHosts : hostsNow(state, before ?? noHosts, at);
    if (before !== undefined || now.size > 0)
      hostEdits.push(editOf(name, now.size === 0 ? undefined : now));
    faultEdits.push(editOf(name, cluster && faultOf(cluster, state, now)));
  }
  return {
    hosts: withEdits(present.hosts, hostEdits),
    faults: withEdits(present.faults, faultEdits, (a, b) => a.message === b.message),
  };
};

/** The same without clusters that there are no more. */
export const withoutClusters = (
  { hosts, faults }: EnvoyFaults,
  gone: readonly ClusterName[],
): EnvoyFaults => ({
  hosts: withEdits(hosts, removals(gone)),
  faults: withEdits(faults, removals(gone)),
});

/** How long a failure is believed after which nothing was tried, in milliseconds. */
export const believedFor = 300_000;

type Hosts = ReadonlyMap<string, KnownHost>;

const noHosts: Hosts = new Map();

const hostsNow = ({ troubled }: ClusterState, before: Hosts, at: number): Hosts =>
  new Map(troubled.map((host) => [host.address, hostNow(host, before.get(host.address), at)]));

const hostNow = (host: HostState, before: KnownHost | undefined, at: number): KnownHost => {
  // Counters that went down are those of another Envoy, or of a host that was gone in between.
  const isSame =
    before !== undefined && host.failed >= before.failed && host.requests >= before.requests;
  if (!isSame) return { ...host, failing: host.requests === 0, failedAt: at };
  const hasFailed = host.failed > before.failed;
  const failedAt = hasFailed ? at : before.failedAt;
  const hasServed = host.requests > before.requests;
  const failing = !hasServed && (hasFailed || (before.failing && at - failedAt < believedFor));
  return { ...host, failing, failedAt };
};

const faultOf = (
  { discovery }: Cluster,
  { hosts }: ClusterState,
  now: Hosts,
): BackendFault | undefined => {
  const where = showDiscovery(discovery);
  if (hosts === 0)
    return discovery._tag === 'Dns'
      ? {
          reason: 'NameNotResolved',
          message: `${where}: the Envoy of the leader finds no address for this name`,
        }
      : undefined;
  return [...now.values()].filter(({ failing }) => failing).length === hosts
    ? {
        reason: 'ConnectionFailed',
        message: `${where}: the Envoy of the leader cannot connect to any of its addresses`,
      }
    : undefined;
};
