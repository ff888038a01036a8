import { groupBy, type Grouped } from '../../../../src/collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../../src/collection/operator/map-each.ts';
import type { Collection } from '../../../../src/collection/collection.ts';
import { onlyTo } from '../../../../src/ir/backend.ts';
import type { Cluster, ClusterName } from '../../../../src/ir/cluster.ts';
import type { FilterChainKey } from '../../../../src/ir/filter-chain.ts';
import { allAddresses, type ListenerName } from '../../../../src/ir/listener.ts';
import type { ObjectKey } from '../../../../src/ir/object-ref.ts';
import { isPort } from '../../../../src/ir/port.ts';
import type { ServedName } from '../../../../src/ir/server-name.ts';
import {
  virtualHostKey,
  type VirtualHost,
  type VirtualHostKey,
} from '../../../../src/ir/virtual-host.ts';
import type { TrustBundle, TrustBundleName } from '../../../../src/ir/trust-bundle.ts';
import type { Service } from '../../../../src/kube/core/service.ts';
import type {
  Contribution,
  PortClaim,
  PortClaims,
  ServerNameClaims,
  Upstreams,
} from '../../../../src/translate/contribution/contribution.ts';
import type { Language } from '../../../../src/translate/contribution/language.ts';
import {
  cleartextTable,
  listenerName,
  tlsChainKey,
  tlsTable,
} from '../../../../src/translate/contribution/table-names.ts';
import { aCluster, aForward, aListener, aRoute, requestsOf } from '../an-ir.ts';
import { firstOf, plainFilters, type PlainFilters } from './plain-filters.ts';
import {
  isHttp,
  refOf,
  servedName,
  servings,
  tcp,
  trustOf,
  udp,
  type Asked,
} from './plain-services.ts';

interface Names extends PortClaims {
  readonly asked: Mapped<ObjectKey, Service, Asked>;
  readonly claims: Grouped<ObjectKey, Asked, ListenerName, PortClaim>;
  readonly settled: Mapped<ListenerName, Collection<ObjectKey, PortClaim>, PortClaim>;
}

interface Served extends ServerNameClaims {
  readonly takers: Grouped<ObjectKey, Asked, ListenerName, true>;
  readonly named: Grouped<ObjectKey, Asked, FilterChainKey, ServedName>;
  readonly first: Mapped<FilterChainKey, Collection<ObjectKey, ServedName>, ServedName>;
}

interface Routed extends Contribution {
  readonly domains: Grouped<ObjectKey, Asked, VirtualHostKey, VirtualHost>;
  readonly first: Mapped<VirtualHostKey, Collection<ObjectKey, VirtualHost>, VirtualHost>;
  readonly clusters: Grouped<ObjectKey, Asked, ClusterName, Cluster>;
  readonly trusted: Grouped<ObjectKey, Asked, TrustBundleName, TrustBundle>;
  readonly bundles: Mapped<TrustBundleName, Collection<ObjectKey, TrustBundle>, TrustBundle>;
  readonly limits: PlainFilters;
}

/**
 * A language for specs, as small as one can be: each Service in the namespace `plain` opens a port and
 * serves one domain there. It binds to a port whoever has it, and of two that want the same any counts.
 */
export const plain: Language<Names, Served, Routed> = {
  name: 'plain',
  *ports(previous, { objects }) {
    const asked = yield* ask(previous?.asked, objects.Service);
    const claims = yield* claimPorts(previous?.claims, asked.output);
    const settled = yield* firstClaim(previous?.settled, claims.output);
    return { asked, claims, settled, ports: settled.output };
  },
  *serverNames(previous, _, { asked }) {
    const takers = yield* takersOf(previous?.takers, asked.output);
    const named = yield* nameEach(previous?.named, asked.output);
    const first = yield* firstCertificate(previous?.first, named.output);
    return { takers, named, first, cleartext: takers.output, serverNames: first.output };
  },
  *contribution(previous, _, { asked }) {
    const domains = yield* serveEach(previous?.domains, asked.output);
    const first = yield* firstHost(previous?.first, domains.output);
    const clusters = yield* clustersOf(previous?.clusters, asked.output);
    const trusted = yield* trustedBy(previous?.trusted, asked.output);
    const bundles = yield* firstBundle(previous?.bundles, trusted.output);
    const limits = yield* plainFilters(previous?.limits, asked.output);
    return {
      domains,
      first,
      clusters,
      trusted,
      bundles,
      limits,
      filters: limits.filters.output,
      hosts: first.output,
      upstreams: [clustersOfServices(asked.output, clusters.output)],
      trustBundles: bundles.output,
      outcomes: [{ kind: 'Service', entries: asked.output, outcomeOf, parentsOf: () => [] }],
      problems: [],
    };
  },
};

const outcomeOf = () => ({ inEffect: true });

const ask = mapEach(({ metadata, spec }: Service, _: ObjectKey): Asked | undefined => {
  const [port] = spec.ports;
  const { externalName: domain, clusterIP: address = allAddresses } = spec;
  if (
    metadata.namespace !== 'plain' ||
    port === undefined ||
    domain === undefined ||
    !isPort(port.port)
  )
    return undefined;
  return {
    name: metadata.name,
    port: port.port,
    domain,
    limit: port.name?.startsWith('limit-') === true ? Number(port.name.slice(6)) : undefined,
    address,
    serves: servings.find((one) => one === spec.type),
    listener: listenerName(port.port, spec.type === 'UDP' ? 'udp' : 'tcp', address),
    cluster: aCluster({ name: `plain-${port.port}`, discovery: dns }),
  };
});

const dns = {
  _tag: 'Dns',
  lookup: 'strict',
  host: 'plain',
  port: 80,
  family: 'v4',
  respectTtl: false,
} as const;

const claimPorts = groupBy<ObjectKey, Asked, ListenerName, PortClaim>((asked) => {
  const { listener: name, address, port, serves } = asked;
  const from = [refOf(asked)];
  const transport = serves === 'UDP' ? 'udp' : 'tcp';
  const claim = {
    field: 'spec.ports',
    listener: aListener({ name, address, port, transport, from }),
    http: requestsOf(name).options,
  };
  if (serves === 'TCP') return [[name, { ...claim, bare: { carries: tcp(asked), from } }] as const];
  if (serves === 'UDP') return [[name, { ...claim, bare: { carries: udp(asked), from } }] as const];
  return [[name, claim] as const];
});

const firstClaim = mapEach((claims: Collection<ObjectKey, PortClaim>, _: ListenerName) =>
  firstOf(claims),
);

const takersOf = groupBy(({ listener, serves }: Asked, _: ObjectKey) =>
  isHttp(serves) ? [[listener, true as const] as const] : [],
);

const nameEach = groupBy<ObjectKey, Asked, FilterChainKey, ServedName>((asked) => {
  const served = servedName(asked);
  return served === undefined ? [] : [[tlsChainKey(asked.listener, asked.domain), served] as const];
});

const firstCertificate = mapEach((all: Collection<ObjectKey, ServedName>, _: FilterChainKey) =>
  firstOf(all),
);

const serveEach = groupBy<ObjectKey, Asked, VirtualHostKey, VirtualHost>((asked) => {
  const { listener, domain, serves, cluster } = asked;
  if (!isHttp(serves)) return [];
  const tables = [
    cleartextTable(listener),
    ...(serves === undefined ? [] : [tlsTable(listener, domain)]),
  ];
  const action = aForward({ backends: onlyTo(cluster.name) });
  const route = aRoute({ action, from: [refOf(asked)] });
  return tables.map((table) => {
    const host = { table, domain, routes: [route], from: [refOf(asked)] };
    return [virtualHostKey(table, domain), host] as const;
  });
});

const firstHost = mapEach((all: Collection<ObjectKey, VirtualHost>, _: VirtualHostKey) =>
  firstOf(all),
);

const clustersOf = groupBy(({ cluster }: Asked, _: ObjectKey) => [
  [cluster.name, cluster] as const,
]);

const clustersOfServices = (
  asked: Collection<ObjectKey, Asked>,
  byCluster: Upstreams['byCluster'],
): Upstreams<Asked> => ({ kind: 'Service', byCluster, entries: asked, clustersOf: clusterOf });

const clusterOf = ({ cluster }: Asked) => [cluster.name];

const trustedBy = groupBy<ObjectKey, Asked, TrustBundleName, TrustBundle>((asked) => {
  const bundle = trustOf(asked);
  return bundle === undefined ? [] : [[bundle.name, bundle] as const];
});

const firstBundle = mapEach((all: Collection<ObjectKey, TrustBundle>, _: TrustBundleName) =>
  firstOf(all),
);
