import type { Hostname } from '../../../ir/hostname.ts';
import type { Route } from '../../../ir/route.ts';
import type { SettledListener } from '../listener/settled-listener.ts';
import type { CompiledRoute } from './compiled-route.ts';

/** Where a route is served: a Gateway listener, and the domain of the virtual host. */
export interface ServedOn extends Pick<SettledListener, 'port' | 'protocol'> {
  readonly domain: Hostname;
}

/**
 * The route as it is for one virtual host of one Gateway listener.
 *
 * A redirect without a port goes to that of its scheme, or else to that of the listener. The usual port
 * of a scheme is not said.
 */
export const routeOn = (
  { route, portFollows }: CompiledRoute,
  { port, protocol, domain }: ServedOn,
): Route => {
  const { action } = route;
  if (portFollows === undefined || action._tag !== 'Redirect') return route;
  const scheme = action.scheme ?? (protocol === 'HTTPS' ? 'https' : 'http');
  const usual = scheme === 'https' ? 443 : 80;
  const target = action.scheme === undefined ? port : usual;
  if (target !== usual) return { ...route, action: { ...action, port: target } };
  if (action.host !== undefined) return route;
  return domain.includes('*')
    ? { ...route, action: { ...action, port: target } }
    : { ...route, action: { ...action, host: domain } };
};
