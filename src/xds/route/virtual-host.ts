import {
  HeaderValueOptionHeaderAppendAction,
  type HeaderValueOption,
  type VirtualHost as VirtualHostMessage,
} from '../../../proto/envoy.ts';
import type { Port } from '../../ir/port.ts';
import type { Route } from '../../ir/route.ts';
import type { VirtualHost } from '../../ir/virtual-host.ts';
import { encodeBriefly } from '../message/encode.ts';
import { part, type Part } from '../message/part.ts';
import { routeTreeMatcher } from './route-tree-matcher.ts';
import { routeTree } from './route-tree.ts';
import { route } from './route.ts';

/**
 * The routes for one domain, as a part of its route table. A table holds no domain twice.
 *
 * Envoy tries the routes of a list one after the other, so a long list becomes a tree.
 */
export const virtualHost = ({ domain, routes, http3Port }: VirtualHost): Part =>
  part(
    encodeBriefly('envoy.config.route.v3.RouteConfiguration', {
      virtual_hosts: [
        {
          name: domain,
          domains: [domain],
          ...routing(routes),
          ...(http3Port !== undefined && { response_headers_to_add: [alternative(http3Port)] }),
        },
      ],
    }),
  );

/** For a day, as in Emissary. Whoever says so of itself has its way. */
const alternative = (port: Port): HeaderValueOption => ({
  header: { key: 'alt-svc', value: `h3=":${port}"; ma=86400` },
  append_action: HeaderValueOptionHeaderAppendAction.ADD_IF_ABSENT,
});

const routing = (
  routes: readonly Route[],
): Pick<VirtualHostMessage, 'routes'> | Pick<VirtualHostMessage, 'matcher'> => {
  const tree = routes.length > longestList ? routeTree(routes) : undefined;
  return tree === undefined ? { routes: routes.map(route) } : { matcher: routeTreeMatcher(tree) };
};

/** Up to this length Envoy goes through a list of routes in a few microseconds. */
const longestList = 64;
