import type { FilterChain, Http } from '../../ir/filter-chain.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';

/** How the requests of a filter chain find their routes. */
export interface Routing {
  readonly table: RouteTableName;
  /** Whether the table may be cut, so that requests find their piece of it by scope. */
  readonly scoped: boolean;
  /** Whether its routes ask for the server name of the connection. */
  readonly asksServerName?: true;
}

/** A table for a single server name has a single domain, so it is never cut. */
export const routingOf = (chain: FilterChain, { table }: Http): Routing => ({
  table,
  scoped: chain.tls?._tag !== 'Refuse' && !isForOneName(chain),
  ...(chain.tls?._tag === 'OnDemand' && { asksServerName: true }),
});

const isForOneName = ({ tls }: FilterChain): boolean =>
  tls?.serverNames.length === 1 && tls.serverNames.every((name) => !name.startsWith('*'));
