import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import type { Work } from '../../collection/work.ts';
import { refusesHandshakes, type FilterChain, type FilterChainKey } from '../../ir/listener.ts';
import { virtualHostKey, type VirtualHost, type VirtualHostKey } from '../../ir/virtual-host.ts';
import { misdirectedRoutes } from '../contribution/misdirected-routes.ts';

/** What answers requests that came on a connection for another server name (RFC 9110 §15.5.20). */
export interface MisdirectedGraph {
  readonly wanted: Grouped<FilterChainKey, FilterChain, VirtualHostKey, true>;
  readonly virtualHosts: Joined<VirtualHostKey, Wanted, ServedTables, VirtualHost>;
}

type Wanted = Collection<FilterChainKey, true>;

interface ServedTables {
  readonly served: VirtualHost;
}

/**
 * A virtual host `*` that answers 421 in each table for TLS connections that has none: a client that
 * uses a connection for hosts that were not asked for in its handshake tries again on another one.
 */
export function* misdirectedGraph(
  previous: MisdirectedGraph | undefined,
  filterChains: Collection<FilterChainKey, FilterChain>,
  served: Collection<VirtualHostKey, VirtualHost>,
): Work<MisdirectedGraph> {
  const wanted = yield* catchAllsOf(previous?.wanted, filterChains);
  return {
    wanted,
    virtualHosts: yield* catchAllEach(previous?.virtualHosts, wanted.output, { served }),
  };
}

const catchAllsOf = groupBy((chain: FilterChain, _: FilterChainKey) =>
  chain.tls === undefined || refusesHandshakes(chain)
    ? []
    : [[virtualHostKey(chain.table, '*'), true as const] as const],
);

const catchAllEach = joinEach(
  (_: Wanted, key: VirtualHostKey, read: Read<ServedTables>): VirtualHost | undefined =>
    read('served', key) === undefined
      ? { table: key.slice(0, -' *'.length), domain: '*', routes: misdirectedRoutes(), from: [] }
      : undefined,
);
