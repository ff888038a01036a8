import { groupBy, type Grouped } from '../../../src/collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../src/collection/operator/map-each.ts';
import { values, type Collection } from '../../../src/collection/collection.ts';
import { onlyTo } from '../../../src/ir/backend.ts';
import type { Cluster, ClusterName } from '../../../src/ir/cluster.ts';
import type { FilterChainKey, Tcp, Udp } from '../../../src/ir/filter-chain.ts';
import type { ListenerName } from '../../../src/ir/listener.ts';
import { objectRef, type ObjectKey } from '../../../src/ir/object-ref.ts';
import { isPort, type Port } from '../../../src/ir/port.ts';
import type { ServedName } from '../../../src/ir/server-name.ts';
import {
  virtualHostKey,
  type VirtualHost,
  type VirtualHostKey,
} from '../../../src/ir/virtual-host.ts';
import type { Service } from '../../../src/kube/core/service.ts';
import type {
  Contribution,
  PortClaim,
  PortClaims,
  ServerNameClaims,
} from '../../../src/translate/contribution/contribution.ts';
import type { Language } from '../../../src/translate/contribution/language.ts';
import {
  cleartextTable,
  listenerName,
  tlsChainKey,
  tlsTable,
} from '../../../src/translate/contribution/table-names.ts';
import { aCluster, aForward, aListener, aRoute, requestsOf } from './an-ir.ts';
import { aService, type Manifest } from './builders.ts';

/** What a Service in the namespace `plain` asks for. */
export interface Plain {
  readonly name: string;
  readonly port: number;
  readonly domain: string;
  /** Absent: requests for the domain, in cleartext. */
  readonly serves?: Serving;
}

/**
 * What is served: requests over TLS too, with the certificate in the Secret `default/cert`, or with that and
 * the one in `default/other`; connections for the domain with their TLS or without; whatever comes to the port.
 */
type Serving = 'TLS' | 'TwoCertificates' | 'PassThrough' | 'Unwrapped' | 'TCP' | 'UDP';

/** A Service that asks for something in the plain language. */
export const aPlainService = ({ name, port, domain, serves }: Plain): Manifest =>
  aService(`plain/${name}`, {
    ports: [{ port }],
    externalName: domain,
    ...(serves !== undefined && { type: serves }),
  });

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
}

interface Asked extends Required<Omit<Plain, 'serves' | 'port'>> {
  readonly port: Port;
  readonly serves: Serving | undefined;
  readonly listener: ListenerName;
  readonly cluster: Cluster;
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
    return {
      domains,
      first,
      clusters,
      hosts: first.output,
      upstreams: [{ kind: 'Service', byCluster: clusters.output }],
      outcomes: [{ kind: 'Service', entries: asked.output, outcomeOf, parentsOf: () => [] }],
      problems: [],
    };
  },
};

const outcomeOf = () => ({ inEffect: true });

const ask = mapEach(({ metadata, spec }: Service, _: ObjectKey): Asked | undefined => {
  const [port] = spec.ports;
  const { externalName: domain } = spec;
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
    serves: servings.find((one) => one === spec.type),
    listener: listenerName(port.port, spec.type === 'UDP' ? 'udp' : 'tcp'),
    cluster: aCluster({ name: `plain-${port.port}`, discovery: dns }),
  };
});

const servings: readonly Serving[] = [
  'TLS',
  'TwoCertificates',
  'PassThrough',
  'Unwrapped',
  'TCP',
  'UDP',
];

const dns = {
  _tag: 'Dns',
  lookup: 'strict',
  host: 'plain',
  port: 80,
  family: 'v4',
  respectTtl: false,
} as const;

const refOf = ({ name }: Asked) => objectRef('Service', `plain/${name}`);

const claimPorts = groupBy<ObjectKey, Asked, ListenerName, PortClaim>((asked) => {
  const { listener: name, port, serves } = asked;
  const from = [refOf(asked)];
  const transport = serves === 'UDP' ? 'udp' : 'tcp';
  const claim = {
    field: 'spec.ports',
    listener: aListener({ name, port, transport, from }),
    http: requestsOf(name).options,
  };
  if (serves === 'TCP') return [[name, { ...claim, bare: { carries: tcp(asked), from } }] as const];
  if (serves === 'UDP') return [[name, { ...claim, bare: { carries: udp(asked), from } }] as const];
  return [[name, claim] as const];
});

const tcp = ({ cluster, name }: Asked): Tcp => ({
  _tag: 'Tcp',
  statPrefix: name,
  backends: [{ cluster: cluster.name, weight: 1 }],
});

const udp = ({ cluster, name }: Asked): Udp => ({
  _tag: 'Udp',
  statPrefix: name,
  cluster: cluster.name,
});

const firstClaim = mapEach((claims: Collection<ObjectKey, PortClaim>, _: ListenerName) =>
  firstOf(claims),
);

const takersOf = groupBy(({ listener, serves }: Asked, _: ObjectKey) =>
  isHttp(serves) ? [[listener, true as const] as const] : [],
);

const isHttp = (serves: Serving | undefined): boolean =>
  serves === undefined || serves === 'TLS' || serves === 'TwoCertificates';

const nameEach = groupBy<ObjectKey, Asked, FilterChainKey, ServedName>((asked) => {
  const served = servedName(asked);
  return served === undefined ? [] : [[tlsChainKey(asked.listener, asked.domain), served] as const];
});

const servedName = (asked: Asked): ServedName | undefined => {
  const name = { names: asked.domain, from: [refOf(asked)] };
  const end = { ...name, _tag: 'Terminate', certificates: ['default/cert'] } as const;
  switch (asked.serves) {
    case 'TLS':
      return end;
    case 'TwoCertificates':
      return { ...end, certificates: ['default/cert', 'default/other'] };
    case 'Unwrapped':
      return { ...end, tcp: tcp(asked) };
    case 'PassThrough':
      return { ...name, _tag: 'PassThrough', tcp: tcp(asked) };
    default:
      return undefined;
  }
};

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

const firstOf = <V>(all: Collection<ObjectKey, V>): V | undefined => {
  const [first] = values(all);
  return first;
};
