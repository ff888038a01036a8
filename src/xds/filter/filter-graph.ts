import { values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ClusterName } from '../../ir/cluster.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../ir/filter/filter.ts';
import { filtersOf, type FilterChain, type FilterChainKey } from '../../ir/filter-chain.ts';
import type { Ir } from '../../ir/ir.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';
import type { Resource } from '../resource.ts';
import { filterName } from '../shard/shard.ts';
import { clusterOf, kindOf, withoutCluster } from './chain-filter.ts';
import { extension } from './extension.ts';
import { listedFilter, type ListedFilter } from './http-filters.ts';

/** What chains say of filters, and the filters that come over ECDS. */
export interface FilterGraph {
  readonly listed: Mapped<FilterName, HttpFilter, ListedFilter>;
  readonly used: Grouped<FilterChainKey, FilterChain, FilterName, true>;
  readonly named: Joined<FilterName, Users, NamedTables, Resource>;
  readonly ofTables: Grouped<RouteTableName, unknown, FilterName, true>;
  readonly shards: Mapped<FilterName, Users, Resource>;
  readonly extensions: United<FilterName, Resource>;
  readonly chainsOfTable: Grouped<FilterChainKey, FilterChain, RouteTableName, true>;
  readonly listing: Grouped<FilterChainKey, FilterChain, string, Listing>;
  /** The kinds of the filters that all requests to a table pass, by `filterOfTable`. */
  readonly kinds: Joined<string, Collection<FilterChainKey, Listing>, KindTables, string>;
}

interface NamedTables {
  readonly filters: HttpFilter;
  /** The clusters that Envoy is sent. */
  readonly clusters: unknown;
}

interface Listing {
  readonly table: RouteTableName;
  readonly name: FilterName;
}

interface KindTables {
  readonly filters: HttpFilter;
  readonly chains: Users;
}

/** A filter in the chains that route by a table. */
export const filterOfTable = (table: RouteTableName, name: FilterName): string =>
  `${table} ${name}`;

type Users = Collection<string, true>;

/**
 * Encodes the filters that chains list, and one for each table that may be cut. One that all requests pass and
 * whose cluster Envoy is not sent lets nothing pass, whatever it says of services that fail.
 */
export function* filterGraph(
  previous: FilterGraph | undefined,
  { filters, filterChains }: Pick<Ir, 'filters' | 'filterChains'>,
  scopedTables: Collection<RouteTableName, unknown>,
  clusters: Collection<ClusterName, unknown>,
): Work<FilterGraph> {
  const listed = yield* listEach(previous?.listed, filters);
  const used = yield* byFilter(previous?.used, filterChains);
  const named = yield* extensionEach(previous?.named, used.output, { filters, clusters });
  const ofTables = yield* byShardFilter(previous?.ofTables, scopedTables);
  const shards = yield* shardsEach(previous?.shards, ofTables.output);
  const extensions = yield* union(previous?.extensions, named.output, shards.output);
  const chainsOfTable = yield* byTable(previous?.chainsOfTable, filterChains);
  const listing = yield* byTableAndFilter(previous?.listing, filterChains);
  const kinds = yield* kindEach(previous?.kinds, listing.output, {
    filters,
    chains: chainsOfTable.output,
  });
  return { listed, used, named, ofTables, shards, extensions, chainsOfTable, listing, kinds };
}

const listEach = mapEach((filter: HttpFilter, name: FilterName) => listedFilter(name, filter));

const byFilter = groupBy((chain: FilterChain, _: FilterChainKey) =>
  filtersOf(chain).map((name) => [name, true as const]),
);

const extensionEach = joinEach<FilterName, Users, NamedTables, Resource>((_, name, read) => {
  const filter = read('filters', name) ?? missing;
  const cluster = clusterOf(filter);
  const isWhole = cluster === undefined || read('clusters', cluster) !== undefined;
  return extension(name, isWhole ? filter : withoutCluster(filter));
});

const missing = { _tag: 'Missing' } as const;

const byShardFilter = groupBy((_: unknown, table: RouteTableName) => [
  [filterName(table), true as const],
]);

const shardsEach = mapEach((_: Users, name: FilterName) => extension(name, { _tag: 'Shards' }));

const byTable = groupBy(({ carries }: FilterChain, _: FilterChainKey) =>
  carries._tag === 'Http' ? [[carries.table, true as const]] : [],
);

const byTableAndFilter = groupBy(({ carries }: FilterChain, _: FilterChainKey) =>
  carries._tag === 'Http'
    ? carries.filters.map((name) => {
        const { table } = carries;
        return [filterOfTable(table, name), { table, name }] as const;
      })
    : [],
);

const kindEach = joinEach<string, Collection<FilterChainKey, Listing>, KindTables, string>(
  (listings, _, read) => {
    const [first] = values(listings);
    if (first === undefined) return undefined;
    const filter = read('filters', first.name);
    const isEverywhere = read('chains', first.table)?.size === listings.size;
    return filter === undefined || !isEverywhere ? undefined : kindOf(filter);
  },
);
