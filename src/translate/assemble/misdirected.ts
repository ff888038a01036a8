import { values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterChain, FilterChainKey } from '../../ir/filter-chain.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import { hasTable, patternsAround, type ServedName } from '../../ir/server-name.ts';
import {
  virtualHostKey,
  type RouteTableName,
  type VirtualHost,
  type VirtualHostKey,
} from '../../ir/virtual-host.ts';
import { misdirectedRoutes } from '../contribution/misdirected-routes.ts';
import { listenerOf, tlsChainKey, tlsTable } from '../contribution/table-names.ts';
import type { ListenerLayout } from '../contribution/tls-layout.ts';
import type { ServerNameGraph } from './server-names.ts';

/** What answers requests that came on a connection for another server name (RFC 9110 §15.5.20). */
export interface MisdirectedGraph {
  readonly catchAlls: Grouped<FilterChainKey, FilterChain, VirtualHostKey, VirtualHost>;
  readonly narrower: Joined<FilterChainKey, ServedName, NameTables, readonly VirtualHost[]>;
  readonly inWider: Grouped<FilterChainKey, readonly VirtualHost[], VirtualHostKey, VirtualHost>;
  readonly wanted: United<VirtualHostKey, Wanted>;
  readonly virtualHosts: Joined<VirtualHostKey, Wanted, ServedTables, VirtualHost>;
}

type Wanted = Collection<FilterChainKey, VirtualHost>;

interface NameTables {
  readonly layouts: ListenerLayout;
  readonly claims: ServedName;
}

interface ServedTables {
  readonly served: VirtualHost;
}

/**
 * Virtual hosts that answer 421 for domains with nothing else. A client that sends a request for
 * another host than the one of its handshake is told to use another connection.
 *
 * In each table for TLS connections there is one for all hosts. Where server names have chains of their
 * own, there is also one for each name in the tables of the wider names around it: connections to these
 * are not for it.
 */
export function* misdirectedGraph(
  previous: MisdirectedGraph | undefined,
  filterChains: Collection<FilterChainKey, FilterChain>,
  { claims, layouts }: Pick<ServerNameGraph, 'claims' | 'layouts'>,
  served: Collection<VirtualHostKey, VirtualHost>,
): Work<MisdirectedGraph> {
  const catchAlls = yield* catchAllsOf(previous?.catchAlls, filterChains);
  const narrower = yield* narrowerEach(previous?.narrower, claims.settled.output, {
    layouts: layouts.output,
    claims: claims.settled.output,
  });
  const inWider = yield* byKey(previous?.inWider, narrower.output);
  const wanted = yield* union<VirtualHostKey, Wanted>(
    previous?.wanted,
    catchAlls.output,
    inWider.output,
  );
  const virtualHosts = yield* unservedEach(previous?.virtualHosts, wanted.output, { served });
  return { catchAlls, narrower, inWider, wanted, virtualHosts };
}

const catchAllsOf = groupBy(({ tls, carries }: FilterChain, _: FilterChainKey) =>
  tls === undefined || tls._tag === 'Refuse' || carries._tag !== 'Http'
    ? []
    : [keyed(misdirected(carries.table, '*', []))],
);

/** Names that are refused or passed on have no table, and so nobody can be misdirected there. */
const narrowerEach = joinEach(
  (
    { names, from }: ServedName,
    key: FilterChainKey,
    read: Read<NameTables>,
  ): readonly VirtualHost[] | undefined => {
    const listener = listenerOf(key);
    if (read('layouts', listener)?.layout === 'on-demand') return undefined;
    const wider = patternsAround(names).filter((pattern) => {
      const around = pattern === names ? undefined : read('claims', tlsChainKey(listener, pattern));
      return around !== undefined && hasTable(around);
    });
    return wider.length === 0
      ? undefined
      : wider.map((pattern) => misdirected(tlsTable(listener, pattern), names, from));
  },
);

const byKey = groupBy((hosts: readonly VirtualHost[], _: FilterChainKey) => hosts.map(keyed));

const unservedEach = joinEach(
  (wanted: Wanted, key: VirtualHostKey, read: Read<ServedTables>): VirtualHost | undefined => {
    const [first] = values(wanted);
    return read('served', key) === undefined ? first : undefined;
  },
);

const keyed = (host: VirtualHost): readonly [VirtualHostKey, VirtualHost] => [
  virtualHostKey(host.table, host.domain),
  host,
];

const misdirected = (
  table: RouteTableName,
  domain: string,
  from: readonly ObjectRef[],
): VirtualHost => ({
  table,
  domain,
  routes: misdirectedRoutes(from[0] ?? 'misdirected'),
  from,
});
