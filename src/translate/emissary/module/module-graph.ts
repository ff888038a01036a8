import { get, values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { ConnectionLimits } from '../../../ir/http-options.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import { gatewayModule, type Module } from '../../../kube/emissary/module/module.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import { seniority, type Claimant } from '../../contribution/seniority.ts';
import { settledByAge, type SettledByAge } from '../../contribution/settled-by-age.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { governs } from '../governing.ts';
import { connectionLimits } from './runtime-flags.ts';
import { moduleFilters, type ModuleFilters } from './module-filters.ts';
import { mappingDefaults, type MappingDefaults } from './mapping-defaults.ts';
import { moduleLog } from './access-log.ts';
import { moduleFaults } from './module-faults.ts';
import { probeFaults, probeFilters, type ProbeFilters } from './probes.ts';
import { keptWhereEqual, noSettings, settingsOf, type ModuleSettings } from './module-settings.ts';

/** From Modules to the settings of the gateway. */
export interface ModuleGraph {
  /** Those that may have them. */
  readonly compiled: Mapped<ObjectKey, Module, CompiledModule>;
  readonly byName: Grouped<ObjectKey, CompiledModule, typeof gatewayModule, CompiledModule>;
  readonly settled: Mapped<
    typeof gatewayModule,
    Collection<ObjectKey, CompiledModule>,
    SettledModule
  >;
  /** The Module that has them. */
  readonly inForce: Grouped<typeof gatewayModule, SettledModule, ObjectKey, true>;
  readonly settings: ModuleSettings;
  readonly probes: ProbeFilters;
  readonly byFilter: Grouped<typeof gatewayModule, SettledModule, FilterName, HttpFilter>;
  /** The HTTP filters that it asks for. */
  readonly filters: Mapped<FilterName, Collection<typeof gatewayModule, HttpFilter>, HttpFilter>;
  /** How much work it lets one connection make. */
  readonly connectionLimits: Mapped<typeof gatewayModule, SettledModule, ConnectionLimits>;
  /** What it says for Mappings. */
  readonly defaults: Mapped<typeof gatewayModule, SettledModule, MappingDefaults>;
}

/** A Module that may have the settings of the gateway. */
interface CompiledModule extends Claimant {
  readonly key: ObjectKey;
  readonly settings: ModuleSettings;
  readonly filters: ModuleFilters['filters'];
  readonly problems: readonly Problem[];
}

/** The Module whose settings count. */
type SettledModule = SettledByAge<CompiledModule>;

/**
 * Reads the settings of the gateway: of the Modules named `ambassador` that are for this installation, with
 * isolation of trusted namespaces alone, those of the oldest count.
 */
export const moduleGraph = (options: TranslateOptions) => {
  const isOurs = governs(options);
  const compileEach = mapEach((module: Module, key: ObjectKey): CompiledModule | undefined => {
    const { metadata, spec } = module;
    if (metadata.name !== gatewayModule || !isOurs(module, key)) return undefined;
    const ref = objectRef('Module', key);
    const settings = settingsOf(ref, spec.config);
    const { filters, problems } = moduleFilters(ref, settings.filters, options);
    return definedOnly<CompiledModule>({
      ...{ key, ref, created: metadata.creationTimestamp },
      ...{ settings, filters },
      problems: [
        ...moduleFaults(ref, spec.config),
        ...probeFaults(ref, settings.probes),
        ...moduleLog(ref, settings.log, options.accessLog).problems,
        ...problems,
      ],
    });
  });
  return function* (
    previous: ModuleGraph | undefined,
    { objects }: SyncedStore,
  ): Work<ModuleGraph> {
    const compiled = yield* compileEach(previous?.compiled, objects.Module);
    const byName = yield* groupByName(previous?.byName, compiled.output);
    const settled = yield* settleEach(previous?.settled, byName.output);
    const inForce = yield* groupByWinner(previous?.inForce, settled.output);
    const counts = get(settled.output, gatewayModule)?.winner.settings ?? noSettings;
    const settings = keptWhereEqual(previous?.settings, counts);
    const probes = probeFilters(settings.probes, settings.from);
    const byFilter = yield* groupByFilter(previous?.byFilter, settled.output);
    const filters = yield* onlyEach(previous?.filters, byFilter.output);
    const connectionLimits = yield* limitsEach(previous?.connectionLimits, settled.output);
    const defaults = yield* defaultsEach(previous?.defaults, settled.output);
    return {
      ...{ compiled, byName, settled, inForce, settings, probes },
      ...{ byFilter, filters, connectionLimits, defaults },
    };
  };
};

const groupByName = groupBy((module: CompiledModule, _: ObjectKey) => [
  [gatewayModule, module] as const,
]);

const settleEach = mapEach(
  (group: Collection<ObjectKey, CompiledModule>, _: typeof gatewayModule) =>
    settledByAge(values(group), (winner, loser) => ({
      field: '',
      reason: `the settings of the gateway are those of another Module, which ${seniority(winner, loser)}`,
    })),
);

const defaultsEach = mapEach(({ winner }: SettledModule, _: typeof gatewayModule) =>
  mappingDefaults(winner.settings.mappings),
);

const limitsEach = mapEach(({ winner }: SettledModule, _: typeof gatewayModule) =>
  connectionLimits(winner.ref, winner.settings.runtime),
);

const groupByWinner = groupBy(({ winner }: SettledModule, _: typeof gatewayModule) => [
  [winner.key, true as const] as const,
]);

const groupByFilter = groupBy(
  ({ winner }: SettledModule, _: typeof gatewayModule) => winner.filters,
);

const onlyEach = mapEach(
  (
    filters: Collection<typeof gatewayModule, HttpFilter>,
    _: FilterName,
  ): HttpFilter | undefined => {
    const [only] = values(filters);
    return only;
  },
);
