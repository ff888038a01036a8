import { entries, values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { coveringKeys, covers, moreSpecific, type Hostname } from '../../../ir/hostname.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Selector } from '../../../ir/selector.ts';
import {
  virtualHostKey,
  type RouteTableName,
  type VirtualHostKey,
} from '../../../ir/virtual-host.ts';
import { tlsTable } from '../../contribution/table-names.ts';
import { associates, type Associated } from '../route/association.ts';
import type { BoundHost } from './binding.ts';
import type { MappingNamespaces } from './mapping-namespaces.ts';
import type { InsecureAction, SecurityModel } from './security-model.ts';

/** A Host's claim to serve one domain in one table. */
export interface DomainClaim {
  readonly ref: ObjectRef;
  readonly selector: Selector | undefined;
  readonly mappingNamespaces?: MappingNamespaces;
  readonly insecureAction: InsecureAction;
  readonly securityModel: SecurityModel;
  readonly table: RouteTableName;
  readonly domain: Hostname;
  /** In a table of all TLS Hosts: the Host's hostname, in which connections are for its certificate. */
  readonly serverName: Hostname | undefined;
  /** Whether the domain is the Host's own hostname, and not one that a Mapping names. */
  readonly own: boolean;
  /** In a table of all TLS Hosts: whether the Host refuses TLS, so that no request can be for it (421). */
  readonly misdirected: boolean;
  /** No request comes that would be routed: handshakes of the Host are refused. */
  readonly unreachable?: true;
}

/** The claims that one Host, or one hostname of Mappings, gives rise to. */
export type DomainClaims = readonly DomainClaim[];

/** The Hosts by `indexKey` of their hostname. */
export interface ClaimTables {
  readonly hosts: Collection<ObjectKey, BoundHost>;
}

/** A Host claims its own hostname in each of its tables. */
export const ownClaims = (host: BoundHost, _: ObjectKey): DomainClaims | undefined =>
  host.tables.length === 0
    ? undefined
    : host.tables.map(({ table }) => claim(host, table, host.hostname));

/** All Hosts whose hostname covers a name, the most specific first. */
const hostsAround = (name: Hostname, read: Read<ClaimTables>): readonly BoundHost[] => {
  const found: BoundHost[] = [];
  for (const key of coveringKeys(name)) {
    const group = read('hosts', key);
    if (group !== undefined)
      for (const host of values(group)) if (covers(host.hostname, name)) found.push(host);
  }
  return found.length < 2 ? found : found.sort((a, b) => moreSpecific(a.hostname, b.hostname));
};

/**
 * A hostname that Mappings name gets a virtual host of its own. In each table it belongs to the
 * most specific Host that covers it, provided that this Host takes one of those Mappings.
 *
 * Emissary keeps such Mappings in the Host's virtual host behind a matcher on `:authority`. Here
 * Envoy finds them by a hash look-up, whatever their number, and ports and case do not matter. If
 * TLS Hosts have chains of their own, the name is only in the table of the most specific one:
 * connections to wider ones are not for it.
 */
export const namedClaims = (
  mappings: Collection<ObjectKey, Associated>,
  name: Hostname,
  read: Read<ClaimTables>,
): DomainClaims | undefined => {
  const around = hostsAround(name, read);
  const [only, ...others] = around;
  if (only === undefined) return undefined;
  const takes = (host: BoundHost): boolean => host.hostname !== name && takesOne(host, mappings);
  if (others.length === 0 && !takes(only)) return undefined;
  const claims =
    others.length === 0
      ? only.tables.map(({ table }) => claim(only, table, name))
      : [...owners(around)]
          .filter(([, host]) => takes(host))
          .map(([table, host]) => claim(host, table, name));
  return claims.length === 0 ? undefined : claims;
};

/** Who owns a name in each table, of the Hosts around it. */
const owners = (around: readonly BoundHost[]): ReadonlyMap<RouteTableName, BoundHost> => {
  const owned = new Map<RouteTableName, BoundHost>();
  const closest = new Map<ListenerName, Hostname>();
  for (const host of around) {
    for (const listener of host.ownChains)
      if (!closest.has(listener)) closest.set(listener, host.hostname);
    const others = [...closest].filter(([, hostname]) => hostname !== host.hostname);
    const foreign = new Set(others.map(([listener]) => tlsTable(listener, host.hostname)));
    for (const { table } of host.tables)
      if (!owned.has(table) && !foreign.has(table)) owned.set(table, host);
  }
  return owned;
};

const takesOne = (host: BoundHost, mappings: Collection<ObjectKey, Associated>): boolean => {
  for (const [key, mapping] of entries(mappings)) if (associates(host, mapping, key)) return true;
  return false;
};

/** Where a claim belongs: the virtual host it is about. */
export const claimsByVirtualHost = (
  claims: DomainClaims,
): readonly (readonly [VirtualHostKey, DomainClaim])[] =>
  claims.map((one) => [virtualHostKey(one.table, one.domain), one]);

/** The claim that counts: that of the domain's own Host before the one for hostnames of Mappings. */
export const winningClaim = (claims: Collection<string, DomainClaim>): DomainClaim | undefined => {
  const [first, second] = values(claims);
  return second?.own === true ? second : first;
};

const claim = (host: BoundHost, table: RouteTableName, domain: Hostname): DomainClaim => {
  const { ref, selector, mappingNamespaces, insecureAction, tables } = host;
  const bound = tables.find((one) => one.table === table);
  return {
    ref,
    selector,
    ...(mappingNamespaces === undefined ? {} : { mappingNamespaces }),
    insecureAction,
    securityModel: bound?.securityModel ?? 'XFP',
    table,
    domain,
    serverName: bound?.tls === 'on-demand' ? host.hostname : undefined,
    own: domain === host.hostname,
    misdirected: bound?.refused === true,
    ...(bound?.unreachable && { unreachable: true }),
  };
};
