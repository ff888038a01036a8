import type { Backend } from '../../ir/backend.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import type { FilterUse } from '../../ir/filter/filter.ts';
import type { Route } from '../../ir/route.ts';

/** The kind of the filter that requests to a table pass under this name; absent: they pass none. */
type KindOf = (filter: FilterName) => string | undefined;

/**
 * The same routes, but one that has settings for a filter which its requests do not pass answers 503: Envoy
 * would serve it without the filter. A backend that has such settings fails its share.
 */
export const failClosed = (routes: readonly Route[], kindOf: KindOf): readonly Route[] =>
  routes.some(usesFilters) ? routes.map((route) => closedUnless(route, kindOf)) : routes;

const usesFilters = ({ filters, action }: Route): boolean =>
  filters !== undefined || (action._tag === 'Forward' && action.backends.some(hasFilters));

const hasFilters = (backend: Backend): boolean =>
  backend._tag === 'Cluster' && backend.filters !== undefined;

const closedUnless = (route: Route, kindOf: KindOf): Route => {
  const isPassed = ({ filter, settings }: FilterUse): boolean =>
    settings._tag === 'Off' || settings._tag === kindOf(filter);
  const isServed = (backend: Backend): boolean =>
    backend._tag === 'Fails' || (backend.filters ?? []).every(isPassed);
  const { filters = [], action, ...others } = route;
  if (!filters.every(isPassed)) return { ...others, action: { _tag: 'Respond', status: 503 } };
  if (action._tag !== 'Forward' || action.backends.every(isServed)) return route;
  const backends = action.backends.map((backend): Backend =>
    isServed(backend) ? backend : { _tag: 'Fails', status: 503, weight: backend.weight },
  );
  return { ...route, action: { ...action, backends } };
};
