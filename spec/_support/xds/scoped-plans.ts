import * as fc from 'fast-check';

import type { Resource } from '../../../src/xds/resource.ts';
import { shardName, wholeTable, type ShardName } from '../../../src/xds/shard/shard.ts';
import { filterName } from '../../../src/xds/shard/shard.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import {
  aCluster,
  aFilter,
  aGate,
  aListener,
  aNamedFilter,
  aScope,
  aSnapshot,
  endpointsOf,
} from './xds-world.ts';

/** Two versions; an Envoy that is picky about a name refuses the second. */
const version = fc.constantFrom('1', '2');

const listener = fc.record({
  isThere: fc.boolean(),
  version,
  /** Whether it uses the first table, which several can share, instead of its own. */
  isShared: fc.boolean(),
  /** Whether its requests pass the filter that is asked for by its name. */
  isFiltered: fc.boolean(),
});

const table = fc.record({
  layout: fc.constantFrom(0, 0, 1, 2),
  /** Whether it has scopes although no listener uses it. */
  isKept: fc.constantFrom(false, false, true),
  versions: fc.array(version, { minLength: 3, maxLength: 3 }),
  gate: version,
  clusters: fc.nat({ max: 7 }),
});

/** What a snapshot with tables that are cut is made of: three listeners, three tables. */
export const aScopedPlan = fc.record({
  listeners: fc.array(listener, { minLength: 3, maxLength: 3 }),
  tables: fc.array(table, { minLength: 3, maxLength: 3 }),
  clusters: fc.nat({ max: 7 }),
  filter: fc.record({ version, clusters: fc.nat({ max: 7 }) }),
});

/** One such plan. */
export type ScopedPlan = typeof aScopedPlan extends fc.Arbitrary<infer P> ? P : never;

const tables = ['a', 'b', 'c'];
const namedFilter = 'Auth a/b';
const layouts = [wholeTable, { shards: 64, labels: 127 }, { shards: 512, labels: 2 }];

/** A few of the pieces stand for all of them. */
const piecesOf = (name: string, layout: number): readonly ShardName[] =>
  Array.from({ length: layout === 0 ? 1 : layout + 1 }, (_, i) =>
    shardName(name, layouts[layout] ?? wholeTable, i),
  );

/** All names that an Envoy can be picky about. */
export const scopedNames: readonly string[] = [
  namedFilter,
  ...tables.flatMap((name) => [0, 1, 2].flatMap((layout) => piecesOf(name, layout))),
];

/** A consistent snapshot. */
export const scopedSnapshot = (seq: number, plan: ScopedPlan): Snapshot => {
  const clusters = ['x', 'y', 'z'].filter((_, bit) => (plan.clusters & (1 << bit)) > 0);
  const filtered = clusters.filter((_, bit) => (plan.filter.clusters & (1 << bit)) > 0);
  const listeners = plan.listeners.flatMap((one, i) => {
    const name = tables[one.isShared ? 0 : i] ?? '';
    return one.isThere
      ? [
          aListener(`on-${i}`, `${one.version} ${name} ${one.isFiltered}`, {
            filters: [filterName(name), ...(one.isFiltered ? [namedFilter] : [])],
          }),
        ]
      : [];
  });
  const used = new Set(
    plan.listeners.flatMap((one, i) => (one.isThere ? (one.isShared ? 0 : i) : [])),
  );
  const served = tables.flatMap((name, i) => {
    const one = plan.tables[i];
    return one !== undefined && (used.has(i) || one.isKept) ? [{ ...one, name }] : [];
  });
  return aSnapshot(seq, {
    clusters: clusters.map((name) => aCluster(name)),
    endpoints: clusters.map((name) => endpointsOf(name)),
    listeners,
    scopes: served.flatMap((one): readonly Resource[] => {
      const targets = clusters.filter((_, bit) => (one.clusters & (1 << bit)) > 0);
      const pieces = piecesOf(one.name, one.layout).map((name, i) =>
        aScope(name, `${one.versions[i]} ${targets.join('')}`, targets),
      );
      return one.layout === 0
        ? pieces
        : [
            ...pieces,
            aGate(one.name, `gate ${one.layout} ${one.gate}`, piecesOf(one.name, one.layout)),
          ];
    }),
    filters: [
      ...served.map(({ name }) => aFilter(name)),
      ...(plan.listeners.some(({ isThere, isFiltered }) => isThere && isFiltered)
        ? [aNamedFilter(namedFilter, `${plan.filter.version} ${filtered.join('')}`, filtered)]
        : []),
    ],
  });
};
