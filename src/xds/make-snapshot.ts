import { empty, type Collection } from '../collection/collection.ts';
import { groupBy, type Grouped } from '../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../collection/operator/join-each.ts';
import { union, type United } from '../collection/operator/union.ts';
import { atOnce, type Work } from '../collection/work.ts';
import { secretsOfCluster, type Cluster, type ClusterName } from '../ir/cluster.ts';
import type { Endpoints, EndpointsName } from '../ir/endpoints.ts';
import type { Ir } from '../ir/ir.ts';
import type { FilterChain, FilterChainKey } from '../ir/filter-chain.ts';
import type { Listener, ListenerName } from '../ir/listener.ts';
import type { RouteTableName, VirtualHostKey } from '../ir/virtual-host.ts';
import {
  onDemandCertificates,
  type OnDemandCertificates,
} from './certificate/on-demand-certificates.ts';
import { sentSecrets, type SentSecrets } from './certificate/sent-secrets.ts';
import { cluster } from './cluster/cluster.ts';
import { loadAssignment } from './cluster/load-assignment.ts';
import { filterGraph, type FilterGraph } from './filter/filter-graph.ts';
import {
  byProxy,
  eachChain,
  eachProxy,
  type ChainOfListener,
  type ChainTables,
  type ProxyTables,
} from './listener/encoded-chains.ts';
import { listener, type EncodedChain } from './listener/listener.ts';
import { routingOf } from './listener/routing.ts';
import type { Resource } from './resource.ts';
import { runtimeGraph, type RuntimeGraph } from './runtime.ts';
import type { Snapshot } from './snapshot.ts';
import { encodeEachHost, type EncodedHosts, type HostOfTable } from './table/encoded-hosts.ts';
import { routeConfiguration } from './table/route-configuration.ts';
import {
  followsFrom as tablesFollowFrom,
  scopedTables,
  type EncodedHost,
  type HostsOfTable,
  type ScopedTables,
} from './table/scoped-tables.ts';
import { TypeUrl } from './type-url.ts';

/** The resources of one IR, with what is needed to make the next ones by change. */
export interface SnapshotGraph extends Steps {
  readonly resources: Snapshot['resources'];
  readonly certificates: Snapshot['certificates'];
}

/**
 * The resources that an IR stands for; with the graph of a former IR, by change.
 *
 * Whatever a resource names is there too, even if it is empty: the table of every filter chain and
 * the endpoints of every cluster. A filter chain whose certificate or trust bundle does not exist
 * closes its connections, since Envoy would hold back the whole listener for it, and another chain
 * would take them if there were none. A cluster whose certificate or trust bundle does not exist is
 * left out, since Envoy would hold back all other clusters for it: what is routed to it is answered
 * 503, and a listener sends it neither logs nor spans. What nothing names is not made.
 */
export function* snapshotWork(previous: SnapshotGraph | undefined, ir: Ir): Work<SnapshotGraph> {
  const sent = yield* sentSecrets(previous?.sent, ir);
  const clusters = yield* eachCluster(previous?.clusters, ir.clusters, {
    secrets: sent.present.output,
  });
  const endpointsUsed = yield* byEndpoints(previous?.endpointsUsed, ir.clusters);
  const endpoints = yield* eachAssignment(previous?.endpoints, endpointsUsed.output, {
    endpoints: ir.endpoints,
  });
  const scopesUsed = yield* byScopedTable(previous?.scopesUsed, ir.filterChains);
  const filters = yield* filterGraph(previous?.filters, ir, scopesUsed.output, clusters.output);
  const chains = yield* eachChain(previous?.chains, ir.filterChains, {
    listeners: ir.listeners,
    secrets: sent.present.output,
    filters: filters.listed.output,
    clusters: clusters.output,
  });
  const proxiesUsed = yield* byProxy(previous?.proxiesUsed, ir.filterChains);
  const proxies = yield* eachProxy(previous?.proxies, proxiesUsed.output, {
    listeners: ir.listeners,
    secrets: sent.present.output,
  });
  const extensions = yield* union(previous?.extensions, filters.extensions.output, proxies.output);
  const chainsOfListener = yield* byListener(previous?.chainsOfListener, chains.output);
  const listeners = yield* eachListener(previous?.listeners, ir.listeners, {
    chains: chainsOfListener.output,
  });
  const virtualHosts = yield* encodeEachHost(previous?.virtualHosts, ir.virtualHosts, {
    kinds: filters.kinds.output,
  });
  const hostsOfTable = yield* byTable(previous?.hostsOfTable, virtualHosts.output);
  const tablesUsed = yield* byRoutedTable(previous?.tablesUsed, ir.filterChains);
  const tables = yield* eachTable(previous?.tables, tablesUsed.output, {
    hosts: hostsOfTable.output,
  });
  const scoped = yield* scopedTables(previous?.scoped, scopesUsed.output, hostsOfTable.output);
  const onDemand = yield* onDemandCertificates(previous?.onDemand, ir);
  const runtime = yield* runtimeGraph(previous?.runtime, ir.connectionLimits);
  return {
    sent,
    clusters,
    endpointsUsed,
    endpoints,
    scopesUsed,
    filters,
    chains,
    proxiesUsed,
    proxies,
    extensions,
    chainsOfListener,
    listeners,
    virtualHosts,
    hostsOfTable,
    tablesUsed,
    tables,
    scoped,
    onDemand,
    runtime,
    certificates: onDemand.served.output,
    resources: {
      [TypeUrl.Runtime]: runtime.layers.output,
      [TypeUrl.Cluster]: clusters.output,
      [TypeUrl.Endpoints]: endpoints.output,
      [TypeUrl.Secret]: sent.encoded.output,
      [TypeUrl.Listener]: listeners.output,
      [TypeUrl.Routes]: tables.output,
      [TypeUrl.ScopedRoutes]: scoped.scopes.output,
      [TypeUrl.Extension]: extensions.output,
    },
  };
}

/**
 * Whether a graph is the one that follows directly from a former graph: layouts depend on former
 * layouts.
 */
export const followsFrom = (before: SnapshotGraph | undefined, after: SnapshotGraph): boolean =>
  tablesFollowFrom(before?.scoped, after.scoped);

/** As `snapshotWork`, without pauses. */
export const makeSnapshot = atOnce(snapshotWork);

/** The state of every step. */
interface Steps {
  readonly sent: SentSecrets;
  readonly clusters: Joined<ClusterName, Cluster, { secrets: true }, Resource>;
  readonly endpointsUsed: Grouped<ClusterName, Cluster, EndpointsName, true>;
  readonly endpoints: Joined<EndpointsName, Users, { endpoints: Endpoints }, Resource>;
  readonly scopesUsed: Grouped<FilterChainKey, FilterChain, RouteTableName, true>;
  readonly filters: FilterGraph;
  readonly chains: Joined<FilterChainKey, FilterChain, ChainTables, ChainOfListener>;
  readonly proxiesUsed: Grouped<FilterChainKey, FilterChain, string, FilterChain>;
  readonly proxies: Joined<string, Collection<FilterChainKey, FilterChain>, ProxyTables, Resource>;
  readonly extensions: United<string, Resource>;
  readonly chainsOfListener: Grouped<FilterChainKey, ChainOfListener, ListenerName, EncodedChain>;
  readonly listeners: Joined<
    ListenerName,
    Listener,
    { chains: Collection<FilterChainKey, EncodedChain> },
    Resource
  >;
  readonly virtualHosts: EncodedHosts;
  readonly hostsOfTable: Grouped<VirtualHostKey, HostOfTable, RouteTableName, EncodedHost>;
  readonly tablesUsed: Grouped<FilterChainKey, FilterChain, RouteTableName, true>;
  readonly tables: Joined<RouteTableName, Users, { hosts: HostsOfTable }, Resource>;
  readonly scoped: ScopedTables;
  readonly onDemand: OnDemandCertificates;
  readonly runtime: RuntimeGraph;
}

/** The keys of the nodes that name a resource. */
type Users = Collection<string, true>;

const eachCluster = joinEach<ClusterName, Cluster, { secrets: true }, Resource>(
  (source, _, read) =>
    secretsOfCluster(source).every((name) => read('secrets', name) === true)
      ? cluster(source)
      : undefined,
);

const byEndpoints = groupBy<ClusterName, Cluster, EndpointsName, true>(({ discovery }) =>
  discovery._tag === 'Eds' ? [[discovery.endpoints, true]] : [],
);

const eachAssignment = joinEach<EndpointsName, Users, { endpoints: Endpoints }, Resource>(
  (_, name, read) => loadAssignment(name, read('endpoints', name)?.endpoints ?? []),
);

const byListener = groupBy<FilterChainKey, ChainOfListener, ListenerName, EncodedChain>((chain) => [
  [chain.listener, chain],
]);

/** A listener without filter chains is left out, because Envoy refuses it. */
const eachListener = joinEach<
  ListenerName,
  Listener,
  { chains: Collection<FilterChainKey, EncodedChain> },
  Resource
>((source, name, read) => {
  const chains = read('chains', name);
  return chains === undefined ? undefined : listener(source, chains);
});

const byTable = groupBy<VirtualHostKey, HostOfTable, RouteTableName, EncodedHost>((host) => [
  [host.table, host],
]);

const byRoutedTable = groupBy((chain: FilterChain, _: FilterChainKey) => tableIf(chain, false));

const byScopedTable = groupBy((chain: FilterChain, _: FilterChainKey) => tableIf(chain, true));

const tableIf = (
  chain: FilterChain,
  scoped: boolean,
): readonly (readonly [RouteTableName, true])[] => {
  if (chain.carries._tag !== 'Http') return [];
  const routing = routingOf(chain, chain.carries);
  return routing.scoped === scoped ? [[routing.table, true]] : [];
};

const eachTable = joinEach<RouteTableName, Users, { hosts: HostsOfTable }, Resource>(
  (_, table, read) => routeConfiguration(table, read('hosts', table) ?? empty()),
);
