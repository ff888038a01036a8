import type { RouteRoute as RouteMessage } from '../../../proto/envoy.ts';
import type { Route } from '../../ir/route.ts';
import { upgradesAllowed } from '../shard/shard-filter.ts';
import { failsAlways } from './backends.ts';
import { corsPolicy } from './cors-policy.ts';
import { forward } from './forward.ts';
import { headerMutations } from '../message/header-mutations.ts';
import { redirect } from './redirect.ts';
import { routeMatch } from './route-match.ts';

/** One entry of a virtual host. */
export const route = (source: Route): RouteMessage => {
  const { name, match, action } = source;
  return {
    name,
    match: routeMatch(match),
    ...answer(action),
    ...(action._tag === 'Forward' &&
      action.upgrades.length > 0 && { metadata: upgradesAllowed(action.upgrades) }),
    ...(action._tag === 'Forward' &&
      action.cors !== undefined && { typed_per_filter_config: corsPolicy(action.cors) }),
    ...headerMutations(source),
  };
};

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
