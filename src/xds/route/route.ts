import type { RouteRoute as RouteMessage } from '../../../proto/envoy.ts';
import type { FilterUse } from '../../ir/filter/filter.ts';
import type { Route } from '../../ir/route.ts';
import { perRoute } from '../filter/per-route.ts';
import { statusOfAll, toNoCluster } from './backends.ts';
import { forward } from './forward.ts';
import { headerMutations } from '../message/header-mutations.ts';
import { redirect } from './redirect.ts';
import { routeMatch } from './route-match.ts';
import { routeMetadata } from './route-metadata.ts';

/** One entry of a virtual host. */
export const route = (source: Route): RouteMessage => {
  const { name, match, statPrefix } = source;
  return {
    name,
    match: routeMatch(match),
    ...answer(source),
    ...routeMetadata(source),
    ...perRoute(source.filters),
    ...headerMutations(source),
    ...(statPrefix !== undefined && { stat_prefix: statPrefix }),
  };
};

const answer = ({ action, filters }: Route) => {
  switch (action._tag) {
    case 'Forward': {
      const status = statusOfAll(action.backends);
      if (status === undefined) return { route: forward(action) };
      return filters?.some(answersAllPreflights) === true
        ? { route: toNoCluster(status) }
        : { direct_response: { status } };
    }
    case 'Redirect':
      return { redirect: redirect(action) };
    case 'Respond':
      return { direct_response: { status: action.status } };
  }
};

/** The filter for CORS does nothing on routes that are no `route` in Envoy (seen on 1.40.0). */
const answersAllPreflights = ({ settings }: FilterUse): boolean =>
  settings._tag === 'Cors' && settings.answersAllPreflights === true;
