import { groupBy, type Grouped } from '../../../src/collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../src/collection/operator/map-each.ts';
import { values, type Collection } from '../../../src/collection/collection.ts';
import { onlyTo } from '../../../src/ir/backend.ts';
import type { Cluster, ClusterName } from '../../../src/ir/cluster.ts';
import type { FilterChainKey } from '../../../src/ir/filter-chain.ts';
import type { ListenerName } from '../../../src/ir/listener.ts';
import { objectRef, type ObjectKey } from '../../../src/ir/object-ref.ts';
import { isPort } from '../../../src/ir/port.ts';
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
  /** Serves the domain over TLS, with the certificate in the Secret `default/cert`. */
  readonly tls?: boolean;
}

/** A Service that asks for something in the plain language. */
export const aPlainService = ({ name, port, domain, tls = false }: Plain): Manifest =>
  aService(`plain/${name}`, {
    ports: [{ port }],
    externalName: domain,
    type: tls ? 'TLS' : 'Cleartext',
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

interface Asked extends Plain {
  readonly listener: ListenerName;
  readonly cluster: Cluster;
}

/**
 * A language for specs, as small as one can be: each Service in the namespace `plain` opens a port and
 * serves one domain there. It binds to a port whoever has it, and of two that want the same any counts.
 */
export const plain: Language<Names, Served, Routed> = {
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
  if (metadata.namespace !== 'plain' || port === undefined || spec.externalName === undefined)
    return undefined;
  return {
    name: metadata.name,
    port: port.port,
    domain: spec.externalName,
    tls: spec.type === 'TLS',
    listener: `listener-${port.port}`,
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

const refOf = ({ name }: Asked) => objectRef('Service', `plain/${name}`);

const claimPorts = groupBy<ObjectKey, Asked, ListenerName, PortClaim>((asked) => {
  const { listener: name, port } = asked;
  if (!isPort(port)) return [];
  const listener = aListener({ name, port, from: [refOf(asked)] });
  const { options: http } = requestsOf(name);
  return [[name, { field: 'spec.ports', listener, http }] as const];
});

const firstClaim = mapEach((claims: Collection<ObjectKey, PortClaim>, _: ListenerName) =>
  firstOf(claims),
);

const takersOf = groupBy(({ listener }: Asked, _: ObjectKey) => [[listener, true as const]]);

const nameEach = groupBy<ObjectKey, Asked, FilterChainKey, ServedName>((asked) => {
  const { listener, domain, tls } = asked;
  const served: ServedName = {
    _tag: 'Terminate',
    names: domain,
    certificates: ['default/cert'],
    from: [refOf(asked)],
  };
  return tls === true ? [[tlsChainKey(listener, domain), served] as const] : [];
});

const firstCertificate = mapEach((all: Collection<ObjectKey, ServedName>, _: FilterChainKey) =>
  firstOf(all),
);

const serveEach = groupBy<ObjectKey, Asked, VirtualHostKey, VirtualHost>((asked) => {
  const { listener, domain, tls, cluster } = asked;
  const tables = [cleartextTable(listener), ...(tls === true ? [tlsTable(listener, domain)] : [])];
  const route = aRoute({
    action: aForward({ backends: onlyTo(cluster.name) }),
    from: [refOf(asked)],
  });
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
