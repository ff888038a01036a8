import type { CorsFilter, CorsPolicy } from './cors.ts';
import type { FilterName } from './filter-name.ts';

/** An HTTP filter with the settings it has for all routes of the chains that list it. */
export type HttpFilter = CorsFilter;

/** The settings of a filter for one route, in place of its own. */
export type FilterSettings = CorsPolicy;

/** What a route makes of a filter that its chain lists. */
export interface FilterUse {
  readonly filter: FilterName;
  readonly settings: FilterSettings;
}
