import type { Hostname } from '../../../ir/hostname.ts';
import type { Redirect, Route } from '../../../ir/route.ts';
import type { SettledListener } from '../listener/settled-listener.ts';
import type { CompiledRoute } from './compiled-route.ts';

/** Where a route is served: a Gateway listener, and the domain of the virtual host. */
interface ServedOn extends Pick<SettledListener, 'port' | 'protocol'> {
  readonly domain: Hostname;
}

/** The route as it is for one virtual host of one Gateway listener. */
export const routeOn = ({ route }: CompiledRoute, on: ServedOn): Route => {
  const { action } = route;
  if (action._tag !== 'Redirect') return route;
  const settled = settledRedirect(action, on);
  return settled === action ? route : { ...route, action: settled };
};

/**
 * A redirect without a port goes to that of its scheme, or else to that of the listener (HTTPRoute,
 * `requestRedirect.port`). The usual port of a scheme is left out where that is possible: Envoy puts the
 * host as the client wrote it, with its port, unless it is told another one.
 */
const settledRedirect = (action: Redirect, { port, protocol, domain }: ServedOn): Redirect => {
  const own = protocol === 'HTTPS' ? 'https' : 'http';
  const usual = usualPorts[action.scheme ?? own];
  const target = action.port ?? (action.scheme === undefined ? port : usual);
  if (target !== usual) return action.port === target ? action : { ...action, port: target };
  const portless = withoutPort(action);
  if (action.host !== undefined || port === usualPorts[own]) return portless;
  return domain.includes('*') ? { ...action, port: target } : { ...portless, host: domain };
};

const withoutPort = (action: Redirect): Redirect => {
  if (action.port === undefined) return action;
  const { port: _, ...portless } = action;
  return portless;
};

const usualPorts = { http: 80, https: 443 } as const;
