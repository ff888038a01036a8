import {
  HeaderValueOptionHeaderAppendAction,
  type HeaderValueOption,
  type RouteRoute as RouteMessage,
} from '../../../proto/envoy.ts';
import type { HeaderValue, Route } from '../../ir/route.ts';
import { headerFormat } from '../message/header-format.ts';
import { upgradesAllowed } from '../shard/shard-filter.ts';
import { corsPolicy } from './cors-policy.ts';
import { forward } from './forward.ts';
import { redirect } from './redirect.ts';
import { routeMatch } from './route-match.ts';

/** One entry of a virtual host. */
export const route = ({ match, action, requestHeaders, responseHeaders }: Route): RouteMessage => ({
  match: routeMatch(match),
  ...answer(action),
  ...(action._tag === 'Forward' &&
    action.upgrades.length > 0 && { metadata: upgradesAllowed(action.upgrades) }),
  ...(action._tag === 'Forward' &&
    action.cors !== undefined && { typed_per_filter_config: corsPolicy(action.cors) }),
  ...(requestHeaders.add.length > 0 && {
    request_headers_to_add: requestHeaders.add.map(headerValueOption),
  }),
  ...(requestHeaders.remove.length > 0 && { request_headers_to_remove: requestHeaders.remove }),
  ...(responseHeaders.add.length > 0 && {
    response_headers_to_add: responseHeaders.add.map(headerValueOption),
  }),
  ...(responseHeaders.remove.length > 0 && { response_headers_to_remove: responseHeaders.remove }),
});

const answer = (action: Route['action']) => {
  switch (action._tag) {
    case 'Forward':
      return { route: forward(action) };
    case 'Redirect':
      return { redirect: redirect(action) };
    case 'Respond':
      return { direct_response: { status: action.status } };
  }
};

const headerValueOption = ({ name, value, append }: HeaderValue): HeaderValueOption => ({
  header: { key: name, value: headerFormat(value) },
  append_action: append
    ? HeaderValueOptionHeaderAppendAction.APPEND_IF_EXISTS_OR_ADD
    : HeaderValueOptionHeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
});
