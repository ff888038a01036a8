import type { Any } from '../../../proto/envoy.ts';
import type { FilterSettings, FilterUse } from '../../ir/filter/filter.ts';
import type { FilterKind } from './filter-kind.ts';
import { filters } from './filters.ts';

/** What a route says to filters, by their names; sorted, since equal routes have equal bytes. */
export const perRoute = (uses: readonly FilterUse[]): { readonly [filter: string]: Any } =>
  Object.fromEntries(
    uses
      .map(({ filter, settings }) => [filter, forRoute(settings)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const forRoute = (settings: FilterSettings): Any => {
  const kind: FilterKind<never, FilterSettings> = filters[settings._tag];
  return kind.forRoute(settings);
};
