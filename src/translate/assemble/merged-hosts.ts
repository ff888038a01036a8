import type { Collection } from '../../collection/collection.ts';
import { union, unionOf, type United, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterChain, FilterChainKey } from '../../ir/filter-chain.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import { contested, type Contested } from './contested.ts';
import { misdirectedGraph, type MisdirectedGraph } from './misdirected.ts';
import type { ServerNameGraph } from './server-names.ts';

/** The virtual hosts of all languages, and those that answer 421. */
export interface MergedHosts {
  readonly merged: UnitedAll<VirtualHostKey, VirtualHost>;
  readonly conflicts: Contested<VirtualHostKey, VirtualHost>;
  readonly misdirected: MisdirectedGraph;
  readonly all: United<VirtualHostKey, VirtualHost>;
}

/**
 * Merges the routes of a domain that several languages serve in one table: the routes of the first
 * language come first, then those of the next, for requests that no route of the first matches.
 */
export function* mergedHosts(
  previous: MergedHosts | undefined,
  hosts: readonly Collection<VirtualHostKey, VirtualHost>[],
  filterChains: Collection<FilterChainKey, FilterChain>,
  names: Pick<ServerNameGraph, 'claims' | 'layouts'>,
): Work<MergedHosts> {
  const merged = yield* unionOf(previous?.merged, hosts, oneAfterTheOther);
  const conflicts = yield* conflictsOf(previous?.conflicts, merged.unions);
  const misdirected = yield* misdirectedGraph(
    previous?.misdirected,
    filterChains,
    names,
    merged.output,
  );
  const all = yield* union(previous?.all, merged.output, misdirected.virtualHosts.output);
  return { merged, conflicts, misdirected, all };
}

const oneAfterTheOther = (first: VirtualHost, next: VirtualHost): VirtualHost => ({
  ...first,
  routes: first.routes.concat(next.routes),
  from: first.from.concat(next.from),
});

const conflictsOf = contested<VirtualHostKey, VirtualHost>({
  objects: ({ from }) => from,
  field: () => '',
  reason: ({ domain, table }) =>
    `${domain} on ${table} is served by both, whose routes come one after the other`,
});
