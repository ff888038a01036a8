import type { RouteRoute as RouteMessage } from '../../../proto/envoy.ts';
import type { Route } from '../../ir/route.ts';
import { perRoute } from '../filter/per-route.ts';
import { upgradesAllowed } from '../shard/shard-script.ts';
import { failsAlways } from './backends.ts';
import { forward } from './forward.ts';
import { headerMutations } from '../message/header-mutations.ts';
import { redirect } from './redirect.ts';
import { routeMatch } from './route-match.ts';

/** One entry of a virtual host. */
export const route = (source: Route): RouteMessage => {
  const { name, match, action, filters = none } = source;
  return {
    name,
    match: routeMatch(match),
    ...answer(action),
    ...(action._tag === 'Forward' &&
      action.upgrades.length > 0 && { metadata: upgradesAllowed(action.upgrades) }),
    ...(filters.length > 0 && { typed_per_filter_config: perRoute(filters) }),
    ...headerMutations(source),
  };
};

const none: readonly never[] = [];

const answer = (action: Route['action']) => {
  switch (action._tag) {
    case 'Forward':
      return failsAlways(action.backends)
        ? { direct_response: { status: 500 } }
        : { route: forward(action) };
    case 'Redirect':
      return { redirect: redirect(action) };
    case 'Respond':
      return { direct_response: { status: action.status } };
  }
};
