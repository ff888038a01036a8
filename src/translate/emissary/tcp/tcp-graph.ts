import type { Collection } from '../../../collection/collection.ts';
import { equal } from '../../../collection/equal.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import { filterChainKey, type FilterChainKey } from '../../../ir/filter-chain.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { TCPMapping } from '../../../kube/emissary/tcp-mapping.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { PortClaim, Upstreams } from '../../contribution/contribution.ts';
import { tlsChainKey } from '../../contribution/table-names.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { ListenerGraph } from '../listener/listener-graph.ts';
import type { ListenerSettings } from '../module/listener-settings.ts';
import { calledClusters, upstreamsCalled, type Calling } from '../upstream/called-cluster.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { compileTcpMapping, type CompiledTcpMapping } from './compile-tcp-mapping.ts';
import { tcpGroup, type TcpGroup } from './tcp-group.ts';
import { ownClaim, shutOut, withConnections, type TcpGroups } from './tcp-port.ts';

/** From TCPMappings to the addresses they are for. */
export interface TcpGraph {
  readonly ours: Mapped<ObjectKey, TCPMapping, TCPMapping>;
  readonly compiled: Joined<ObjectKey, TCPMapping, UpstreamTables, CompiledTcpMapping>;
  readonly byChain: Grouped<ObjectKey, CompiledTcpMapping, FilterChainKey, CompiledTcpMapping>;
  readonly groups: Mapped<FilterChainKey, Collection<ObjectKey, CompiledTcpMapping>, TcpGroup>;
  readonly byListener: Grouped<FilterChainKey, TcpGroup, ListenerName, TcpGroup>;
  /** The clusters, each with the TCPMappings that use it. */
  readonly clusters: Grouped<ObjectKey, Calling, ClusterName, Cluster>;
  /** The addresses of Listeners, with what connections they carry. */
  readonly ofListeners: Joined<ListenerName, PortClaim, { groups: TcpGroups }, PortClaim>;
  /** What a Module says of all listeners. */
  readonly settings: ListenerSettings;
  /** The addresses that no Listener is for. */
  readonly own: Joined<ListenerName, TcpGroups, { listeners: PortClaim }, PortClaim>;
  readonly shutOut: Joined<ListenerName, TcpGroups, { listeners: PortClaim }, readonly Problem[]>;
  readonly ports: United<ListenerName, PortClaim>;
}

/**
 * Compiles our TCPMappings, and says which addresses they are for beside those of Listeners: an address that no
 * Listener is for is opened for them.
 */
export const tcpGraph = (options: TranslateOptions) => {
  const oursOf = mapEach((mapping: TCPMapping, _: ObjectKey) =>
    isForInstallation(mapping.spec.ambassador_id, options.ambassadorId) ? mapping : undefined,
  );
  const compileEach = joinEach(compileTcpMapping(options));
  const groupEach = mapEach(tcpGroup(options));
  return function* (
    previous: TcpGraph | undefined,
    { objects }: SyncedStore,
    tables: Tables<UpstreamTables>,
    { settings, claims }: Pick<ListenerGraph, 'settings' | 'claims'>,
  ): Work<TcpGraph> {
    const listeners = claims.output;
    const ours = yield* oursOf(previous?.ours, objects.TCPMapping);
    const compiled = yield* compileEach(previous?.compiled, ours.output, tables);
    const byChain = yield* chainOf(previous?.byChain, compiled.output);
    const groups = yield* groupEach(previous?.groups, byChain.output);
    const byListener = yield* listenerOf(previous?.byListener, groups.output);
    const clusters = yield* calledClusters(previous?.clusters, compiled.output);
    const ofListeners = yield* withEach(previous?.ofListeners, listeners, {
      groups: byListener.output,
    });
    const own = yield* ownWith(settings)(
      equal(previous?.settings, settings) ? previous?.own : undefined,
      byListener.output,
      { listeners },
    );
    const lost = yield* shutOutEach(previous?.shutOut, byListener.output, { listeners });
    const ports = yield* union(previous?.ports, ofListeners.output, own.output);
    return {
      ...{ ours, compiled, byChain, groups, byListener, clusters },
      ...{ settings, ofListeners, own, shutOut: lost, ports },
    };
  };
};

/** The chain of the connections that a TCPMapping is for; absent where it is for none. */
export const chainOfTcpMapping = ({
  address,
  host,
}: CompiledTcpMapping): FilterChainKey | undefined => {
  if (address === undefined) return undefined;
  return host === undefined
    ? filterChainKey(address.name, 'cleartext')
    : tlsChainKey(address.name, host);
};

const chainOf = groupBy((mapping: CompiledTcpMapping, _: ObjectKey) => {
  const chain = chainOfTcpMapping(mapping);
  return chain === undefined ? [] : [[chain, mapping] as const];
});

const listenerOf = groupBy((group: TcpGroup, _: FilterChainKey) => [
  [group.address.name, group] as const,
]);

const withEach = joinEach<ListenerName, PortClaim, { groups: TcpGroups }, PortClaim>(
  (claim, name, read) =>
    claim.bare === undefined ? claim : withConnections(claim, read('groups', name)),
);

const ownWith = (settings: ListenerSettings) =>
  joinEach<ListenerName, TcpGroups, { listeners: PortClaim }, PortClaim>((groups, name, read) =>
    read('listeners', name) === undefined ? ownClaim(groups, settings) : undefined,
  );

const shutOutEach = joinEach<ListenerName, TcpGroups, { listeners: PortClaim }, readonly Problem[]>(
  (groups, name, read) => shutOut(groups, read('listeners', name)),
);

/** The clusters that TCPMappings use. */
export const clustersOfTcpMappings = ({
  compiled,
  clusters,
}: TcpGraph): Upstreams<CompiledTcpMapping> =>
  upstreamsCalled('TCPMapping', compiled.output, clusters.output);
