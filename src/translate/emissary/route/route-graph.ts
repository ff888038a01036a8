import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { indexKey, type Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { BoundHost } from '../host/binding.ts';
import {
  claimsByVirtualHost,
  namedClaims,
  ownClaims,
  type DomainClaim,
  type DomainClaims,
  type ClaimTables,
} from '../host/domain-claim.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import { mappingIndexKeys, type Associated } from './association.ts';
import { idleMapping, unboundKeys, type IdleTables } from './idle-mapping.ts';
import { unreachableMapping, type UserTables } from './unreachable-mapping.ts';
import {
  compileVirtualHost,
  type CompiledVirtualHost,
  type VirtualHostTables,
} from './virtual-host.ts';

type Names = Collection<ObjectKey, Associated>;

/** From bound Hosts and Mappings to virtual hosts. */
export interface RouteGraph {
  readonly hostIndex: Grouped<ObjectKey, BoundHost, string, BoundHost>;
  readonly mappingIndex: Grouped<ObjectKey, CompiledMapping, string, CompiledMapping>;
  readonly hostnames: Grouped<ObjectKey, CompiledMapping, Hostname, Associated>;
  readonly namedDomains: Joined<Hostname, Names, ClaimTables, DomainClaims>;
  readonly ownDomains: Mapped<ObjectKey, BoundHost, DomainClaims>;
  readonly domains: United<string, DomainClaims>;
  readonly byVirtualHost: Grouped<string, DomainClaims, VirtualHostKey, DomainClaim>;
  readonly compiled: Joined<
    VirtualHostKey,
    Collection<string, DomainClaim>,
    VirtualHostTables,
    CompiledVirtualHost
  >;
  readonly virtualHosts: Mapped<VirtualHostKey, CompiledVirtualHost, VirtualHost>;
  /** By Mapping: its virtual hosts, each with the Host that it is of. */
  readonly hostsOfMapping: Grouped<
    VirtualHostKey,
    CompiledVirtualHost,
    ObjectKey,
    readonly ObjectRef[]
  >;
  /** The Hosts that are on no Listener, by hostname, and all together under `unboundHosts`. */
  readonly unbound: Grouped<ObjectKey, BoundHost, string, BoundHost>;
  readonly idleMappings: Joined<ObjectKey, CompiledMapping, IdleTables, readonly Problem[]>;
  /** By Mapping: its virtual hosts to which no request comes, each with its Host. */
  readonly unreachable: Grouped<VirtualHostKey, CompiledVirtualHost, ObjectKey, Hosts>;
  readonly unreachableMappings: Joined<
    ObjectKey,
    Collection<VirtualHostKey, Hosts>,
    UserTables,
    readonly Problem[]
  >;
}

/** The Hosts of a virtual host. */
type Hosts = readonly ObjectRef[];

/**
 * Settles which domains there are and makes the routes of each.
 *
 * Every key of `ownDomains` is a Host's and holds a slash; no hostname does, so the two never meet in
 * `domains`.
 */
export function* routeGraph(
  previous: RouteGraph | undefined,
  hosts: Collection<ObjectKey, BoundHost>,
  mappings: Collection<ObjectKey, CompiledMapping>,
): Work<RouteGraph> {
  const hostIndex = yield* indexHosts(previous?.hostIndex, hosts);
  const mappingIndex = yield* indexMappings(previous?.mappingIndex, mappings);
  const hostnames = yield* namesOf(previous?.hostnames, mappings);
  const namedDomains = yield* namedEach(previous?.namedDomains, hostnames.output, {
    hosts: hostIndex.output,
  });
  const ownDomains = yield* ownEach(previous?.ownDomains, hosts);
  const domains = yield* union<string, DomainClaims>(
    previous?.domains,
    ownDomains.output,
    namedDomains.output,
  );
  const byVirtualHost = yield* claimsOf(previous?.byVirtualHost, domains.output);
  const compiled = yield* compileEach(previous?.compiled, byVirtualHost.output, {
    mappings: mappingIndex.output,
  });
  const hostsOfMapping = yield* usersOf(previous?.hostsOfMapping, compiled.output);
  const unreachable = yield* unreachableOf(previous?.unreachable, compiled.output);
  const unbound = yield* indexUnbound(previous?.unbound, hosts);
  return {
    hostIndex,
    mappingIndex,
    hostnames,
    namedDomains,
    ownDomains,
    domains,
    byVirtualHost,
    compiled,
    virtualHosts: yield* virtualHostEach(previous?.virtualHosts, compiled.output),
    hostsOfMapping,
    unbound,
    idleMappings: yield* idleEach(previous?.idleMappings, mappings, {
      users: hostsOfMapping.output,
      unbound: unbound.output,
    }),
    unreachable,
    unreachableMappings: yield* unreachableEach(previous?.unreachableMappings, unreachable.output, {
      users: hostsOfMapping.output,
    }),
  };
}

const indexHosts = groupBy((host: BoundHost, _: ObjectKey) => [
  [indexKey(host.hostname), host] as const,
]);

const indexMappings = groupBy((mapping: CompiledMapping, _: ObjectKey) =>
  mappingIndexKeys(mapping).map((key) => [key, mapping] as const),
);

/** Only what association needs, so that no other edit of a Mapping settles domains anew. */
const namesOf = groupBy(
  (
    { hostname, labels }: CompiledMapping,
    _: ObjectKey,
  ): readonly (readonly [Hostname, Associated])[] =>
    hostname === undefined || hostname === '*' ? [] : [[hostname, { hostname, labels }]],
);

const namedEach = joinEach(namedClaims);

const ownEach = mapEach(ownClaims);

const claimsOf = groupBy((claims: DomainClaims, _: string) => claimsByVirtualHost(claims));

const compileEach = joinEach(compileVirtualHost);

const virtualHostEach = mapEach(
  ({ virtualHost }: CompiledVirtualHost, _: VirtualHostKey) => virtualHost,
);

const indexUnbound = groupBy(unboundKeys);

const usersOf = groupBy(({ mappings, virtualHost }: CompiledVirtualHost, _: VirtualHostKey) =>
  mappings.map((mapping) => [mapping, virtualHost.from] as const),
);

const idleEach = joinEach(idleMapping);

const unreachableOf = groupBy(
  ({ unreachable = [], virtualHost }: CompiledVirtualHost, _: VirtualHostKey) =>
    unreachable.map((mapping) => [mapping, virtualHost.from] as const),
);

const unreachableEach = joinEach(unreachableMapping);
