import { mapEach } from '../../collection/operator/map-each.ts';
import type { Route } from '../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';

/** The same virtual hosts, with routes whose requests Envoy counts under their names. */
export const countedRoutes = mapEach<VirtualHostKey, VirtualHost, VirtualHost>((host) => ({
  ...host,
  routes: host.routes.map(counted),
}));

/** A route that stays the same object is not encoded again. */
const counted = (route: Route): Route => {
  const found = known.get(route);
  if (found !== undefined) return found;
  const made = { ...route, statPrefix: route.name };
  known.set(route, made);
  return made;
};

const known = new WeakMap<Route, Route>();
