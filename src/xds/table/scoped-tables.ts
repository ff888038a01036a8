import {
  empty,
  entries,
  get,
  remove,
  set,
  settledWork,
  type Collection,
} from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf, latest } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import { fold, foldAhead, type Folded } from '../../collection/operator/fold.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import { workEach, type Work } from '../../collection/work.ts';
import type { ClusterName } from '../../ir/cluster.ts';
import type { RouteTableName, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { Part } from '../message/part.ts';
import type { Resource } from '../resource.ts';
import { hostCounts, shardLayout } from '../shard/shard-layout.ts';
import {
  shardName,
  shardOfDomain,
  wholeTable,
  type ShardLayout,
  type ShardName,
} from '../shard/shard.ts';
import { gate, scopedRoute } from './scoped-route.ts';

/** An encoded virtual host, the upgrades its routes allow, and where they send requests. */
export interface EncodedHost extends Part {
  readonly upgrades: readonly string[];
  readonly clusters: readonly ClusterName[];
}

/** The virtual hosts of one table. */
export type HostsOfTable = Collection<VirtualHostKey, EncodedHost>;

/** The tables that may be cut, with the resources that serve them. */
export interface ScopedTables {
  readonly tables: OwnStep<TableInputs, Tables>;
  readonly scopes: OwnStep<{ readonly tables: Tables }, Collection<ShardName, Resource>>;
}

type TableInputs = Readonly<{
  used: Collection<RouteTableName, unknown>;
  hosts: Collection<RouteTableName, HostsOfTable>;
}>;

type Tables = Collection<RouteTableName, ScopedTable>;

/**
 * The scopes of all tables that are used.
 *
 * If a virtual host changes, the piece it lies in is made anew; if the layout changes, all pieces
 * of the table are. The layout depends on the former one, so equal virtual hosts can be cut
 * differently (decision 16).
 */
export function* scopedTables(
  previous: ScopedTables | undefined,
  used: Collection<RouteTableName, unknown>,
  hosts: Collection<RouteTableName, HostsOfTable>,
): Work<ScopedTables> {
  const before = previous?.tables.inputs;
  const stale = new Set([
    ...diff(before?.used ?? empty(), used).map(({ key }) => key),
    ...diff(before?.hosts ?? empty(), hosts).map(({ key }) => key),
  ]);
  let tables = previous?.tables.output ?? empty<RouteTableName, ScopedTable>();
  let scopes = previous?.scopes.output ?? empty<ShardName, Resource>();
  for (const name of stale) {
    const former = get(tables, name);
    const after =
      get(used, name) === undefined
        ? undefined
        : yield* scopedTable(former, name, get(hosts, name) ?? empty());
    tables = after === undefined ? remove(tables, name) : set(tables, name, after);
    const edits = diff(former?.scopes ?? noScopes, after?.scopes ?? noScopes).map(
      ({ key, after: scope }) => editOf(key, scope),
    );
    scopes = yield* settledWork(scopes, edits, theLast);
  }
  return {
    tables: { operator: 'own', inputs: { used, hosts }, output: tables },
    scopes: { operator: 'own', inputs: { tables }, output: scopes },
  };
}

/** Whether tables are cut as they would be if they had directly followed a former state. */
export const followsFrom = (
  before: ScopedTables | undefined,
  { tables: { inputs, output } }: ScopedTables,
): boolean =>
  [...entries(output)].every(([name, { layout }]) => {
    const former = before === undefined ? undefined : get(before.tables.output, name)?.layout;
    return isSame(layout, shardLayout(former, hostCounts(get(inputs.hosts, name) ?? empty())));
  });

const noScopes = empty<ShardName, Resource>();

/** One table: its layout, and what follows from that. */
interface ScopedTable {
  readonly layout: ShardLayout;
  /** Every upgrade that a route allows, sorted. */
  readonly upgrades: readonly string[];
  readonly pieces: Pieces;
  readonly scopes: Collection<ShardName, Resource>;
}

type Pieces = Grouped<VirtualHostKey, EncodedHost, ShardName, EncodedHost>;

function* scopedTable(
  before: ScopedTable | undefined,
  table: RouteTableName,
  hosts: HostsOfTable,
): Work<ScopedTable> {
  yield* foldAhead<VirtualHostKey, EncodedHost>(hostCounts, hosts);
  yield* foldAhead(upgradesOf, hosts);
  const layout = shardLayout(before?.layout, hostCounts(hosts));
  const kept = before !== undefined && isSame(before.layout, layout) ? before : undefined;
  const pieces = yield* groupBy(pieceOf(table, layout))(kept?.pieces, hosts);
  const changed =
    kept === undefined
      ? namesOf(table, layout)
      : diff(kept.pieces.output, pieces.output).map(({ key }) => key);
  const edits = yield* workEach(changed, (name) =>
    editOf(name, scopedRoute(name, get(pieces.output, name) ?? empty())),
  );
  let scopes = yield* settledWork(kept?.scopes ?? noScopes, edits, theLast);
  const upgrades = upgradesOf(hosts);
  if (layout.shards > 1 && !equal(kept?.upgrades, upgrades))
    scopes = set(scopes, table, gate(table, layout, upgrades));
  return { layout, upgrades, pieces, scopes };
}

const theLast = latest<Resource>(Object.is);

const isSame = (a: ShardLayout, b: ShardLayout): boolean =>
  a.shards === b.shards && a.labels === b.labels;

const namesOf = (table: RouteTableName, layout: ShardLayout): readonly ShardName[] =>
  Array.from({ length: layout.shards }, (_, index) => shardName(table, layout, index));

/** In which pieces a virtual host lies. */
const pieceOf =
  (table: RouteTableName, layout: ShardLayout) =>
  (host: EncodedHost, key: VirtualHostKey): readonly (readonly [ShardName, EncodedHost])[] => {
    if (layout.shards === wholeTable.shards) return [[table, host]];
    const shard = shardOfDomain(layout, key.slice(table.length + 1));
    return shard === 'all'
      ? namesOf(table, layout).map((name) => [name, host])
      : [[shardName(table, layout, shard), host]];
  };

const upgradesOf: Folded<VirtualHostKey, EncodedHost, readonly string[]> = fold(
  ({ upgrades }) => upgrades,
  (below) => (below.every((each) => each.length === 0) ? [] : [...new Set(below.flat())].sort()),
);
