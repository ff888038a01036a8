import { values, type Collection } from '../../../collection/collection.ts';
import { equal } from '../../../collection/equal.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { Descriptor, RateLimitFilter } from '../../../ir/filter/rate-limit.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { RateLimitService } from '../../../kube/emissary/rate-limit-service.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import { seniority } from '../../contribution/seniority.ts';
import { settledByAge, type SettledByAge } from '../../contribution/settled-by-age.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { governs } from '../governing.ts';
import type { ModuleSettings } from '../module/module-settings.ts';
import { calledClusters, upstreamsCalled, type Calling } from '../upstream/called-cluster.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { compileLimit, type CompiledLimit } from './compile-limit.ts';
import { descriptorOf } from './descriptor.ts';
import { usualDomain } from './usual-domain.ts';

/** From RateLimitServices to filters, and to what Mappings with labels of their domains say to them. */
export interface LimitGraph {
  readonly labels: ModuleSettings['labels'];
  readonly compiled: Joined<ObjectKey, RateLimitService, UpstreamTables, CompiledLimit>;
  readonly byDomain: Grouped<ObjectKey, CompiledLimit, string, CompiledLimit>;
  readonly settled: Mapped<string, Collection<ObjectKey, CompiledLimit>, SettledDomain>;
  /** By domain; it changes with no setting of a service, so that no Mapping is compiled anew for one. */
  readonly uses: Mapped<string, SettledDomain, LimitUse>;
  readonly filters: Grouped<string, SettledDomain, FilterName, RateLimitFilter>;
  readonly united: Mapped<FilterName, Collection<string, RateLimitFilter>, RateLimitFilter>;
  readonly inForce: Grouped<string, SettledDomain, ObjectKey, true>;
  readonly clusters: Grouped<ObjectKey, Calling, ClusterName, Cluster>;
}

/** The RateLimitService that a domain has. */
type SettledDomain = SettledByAge<CompiledLimit>;

/** What a Mapping with labels of a domain needs to know of it. */
export interface LimitUse {
  readonly filter: FilterName;
  /** What comes before the entries of each label. */
  readonly defaults: Descriptor;
}

/** Compiles our RateLimitServices. Each domain is that of the oldest one that can be asked. */
export const limitGraph = (options: TranslateOptions) => {
  const isOurs = governs(options);
  const compiledOf = compileLimit(options);
  const compileEach = joinEach<ObjectKey, RateLimitService, UpstreamTables, CompiledLimit>(
    (object, key, read) => (isOurs(object, key) ? compiledOf(object, key, read) : undefined),
  );
  return function* (
    previous: LimitGraph | undefined,
    { objects }: SyncedStore,
    tables: Tables<UpstreamTables>,
    labels: ModuleSettings['labels'],
  ): Work<LimitGraph> {
    const compiled = yield* compileEach(previous?.compiled, objects.RateLimitService, tables);
    const before = equal(previous?.labels, labels) ? previous : undefined;
    const { default_label_domain: usual = usualDomain, default_labels: defaults = {} } = labels;
    const domainsOf = groupBy((one: CompiledLimit, _: ObjectKey) =>
      one.cluster === undefined ? [] : [[one.domain ?? usual, one] as const],
    );
    const byDomain = yield* domainsOf(before?.byDomain, compiled.output);
    const settled = yield* settleEach(before?.settled, byDomain.output);
    const useEach = mapEach((_: SettledDomain, domain: string): LimitUse => ({
      filter: limitFilter(domain),
      defaults: descriptorOf(defaults[domain]?.defaults ?? []),
    }));
    const uses = yield* useEach(before?.uses, settled.output);
    const filters = yield* filtersOf(before?.filters, settled.output);
    const united = yield* onlyEach(before?.united, filters.output);
    const inForce = yield* winnersOf(before?.inForce, settled.output);
    const clusters = yield* calledClusters(previous?.clusters, compiled.output);
    return { labels, compiled, byDomain, settled, uses, filters, united, inForce, clusters };
  };
};

const settleEach = mapEach((group: Collection<ObjectKey, CompiledLimit>, domain: string) =>
  settledByAge(values(group), (winner, loser) => ({
    field: 'spec.domain',
    reason: `the domain ${domain} is that of another RateLimitService, which ${seniority(winner, loser)}`,
  })),
);

const filtersOf = groupBy(({ winner }: SettledDomain, domain: string) => {
  const { ref, cluster, settings } = winner;
  if (cluster === undefined) return [];
  const filter: RateLimitFilter = {
    _tag: 'RateLimit',
    cluster: cluster.name,
    domain,
    ...settings,
    from: [ref],
  };
  return [[limitFilter(domain), filter] as const];
});

/**
 * Names the filter of a domain. Whichever service the domain has, it is the same one, so no connection goes on with
 * a filter that routes do not know any more.
 */
const limitFilter = (domain: string): FilterName => `emissary.RateLimitService ${domain}`;

/** A domain has one filter. */
const onlyEach = mapEach((group: Collection<string, RateLimitFilter>, _: FilterName) => {
  const [only] = values(group);
  return only;
});

const winnersOf = groupBy(({ winner }: SettledDomain, _: string) => [
  [winner.key, true as const] as const,
]);

/** The clusters that RateLimitServices use. */
export const clustersOfLimits = ({ compiled, clusters }: LimitGraph): Upstreams<CompiledLimit> =>
  upstreamsCalled('RateLimitService', compiled.output, clusters.output);
