import type { Any } from '../../../proto/envoy.ts';
import type { FilterUse } from '../../ir/filter/filter.ts';
import type { FilterKind } from './filter-kind.ts';
import { filters } from './filters.ts';

/**
 * The `typed_per_filter_config` of a route, or of one of its backends; sorted by the names of the filters, so
 * that equal routes have equal bytes.
 */
export const perRoute = (
  uses: readonly FilterUse[] = none,
): { readonly typed_per_filter_config?: { readonly [filter: string]: Any } } => {
  const configs = uses.flatMap((use) => {
    const config = forRoute(use);
    return config === undefined ? [] : [[use.filter, config] as const];
  });
  return configs.length === 0
    ? {}
    : { typed_per_filter_config: Object.fromEntries(configs.sort(([a], [b]) => (a < b ? -1 : 1))) };
};

const none: readonly FilterUse[] = [];

const forRoute = ({ settings }: FilterUse): Any | undefined => {
  if (settings._tag === 'Off') return filters[settings.kind].off;
  const kind: FilterKind<never, typeof settings> = filters[settings._tag];
  return kind.forRoute(settings);
};
