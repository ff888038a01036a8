import type { RouteRoute as RouteMessage } from '../../../proto/envoy.ts';
import type { Route } from '../../ir/route.ts';
import { perRoute } from '../filter/per-route.ts';
import { statusOfAll } from './backends.ts';
import { forward } from './forward.ts';
import { headerMutations } from '../message/header-mutations.ts';
import { redirect } from './redirect.ts';
import { routeMatch } from './route-match.ts';
import { routeMetadata } from './route-metadata.ts';

/** One entry of a virtual host. */
export const route = (source: Route): RouteMessage => {
  const { name, match, action } = source;
  return {
    name,
    match: routeMatch(match),
    ...answer(action),
    ...routeMetadata(source),
    ...perRoute(source.filters),
    ...headerMutations(source),
  };
};

const answer = (action: Route['action']) => {
  switch (action._tag) {
    case 'Forward': {
      const status = statusOfAll(action.backends);
      return status === undefined ? { route: forward(action) } : { direct_response: { status } };
    }
    case 'Redirect':
      return { redirect: redirect(action) };
    case 'Respond':
      return { direct_response: { status: action.status } };
  }
};
