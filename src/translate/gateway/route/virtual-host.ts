import { values, type Collection } from '../../../collection/collection.ts';
import { interned } from '../../../collection/intern.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Route } from '../../../ir/route.ts';
import type { RouteTableName, VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { misdirectedRoute, misdirectedRoutes } from '../../contribution/misdirected-routes.ts';
import { routeOn } from '../rule/route-on.ts';
import { hostnamesAround } from './hostnames.ts';
import type { ListenerKey } from './listener-key.ts';
import { ownerIn, type PlacedListener, type Scope } from './placed-listener.ts';
import { byRouteOrder, type HostedRoutes, type OrderedRoute } from './route-order.ts';
import { closedAround, mostAround, takesAll, wideRoutes } from './wide-routes.ts';

/** A domain of a table that a listener has as its hostname, or a route that is attached there. */
export interface Site {
  readonly table: RouteTableName;
  readonly scope: Scope;
  readonly domain: Hostname;
}

/** A hostname that listeners of one scope have. */
export type ScopedHostname = `${Scope} ${Hostname}`;

/** A hostname of routes on one Gateway listener; `*` for those without hostnames. */
export type HostedName = `${ListenerKey} ${Hostname}`;

/** What virtual hosts are made of. */
export interface VirtualHostTables {
  /** The listeners by scope and hostname. */
  readonly listeners: Collection<ListenerKey, PlacedListener>;
  /** By `HostedName`. */
  readonly routes: Collection<string, HostedRoutes>;
}

/**
 * Makes the virtual host of a domain. It belongs to the Gateway listener with the most specific hostname
 * around it, and only what is attached to that one is served there (listener isolation): first the routes
 * for the domain itself, behind them those for the hostnames around it, as far as there is room for them
 * (decision 39).
 */
export const compileVirtualHost = (
  sites: Collection<string, Site>,
  _: VirtualHostKey,
  read: Read<VirtualHostTables>,
): VirtualHost | undefined => {
  const [site] = values(sites);
  if (site === undefined) return undefined;
  const { table, domain } = site;
  const owner = ownerOf(site, read);
  // A route names a domain that belongs to another listener than the one it is attached to.
  if (owner?.table !== table) return undefined;
  const host = { table, domain };
  if (owner.misdirected === true)
    return owner.hostname === domain
      ? { ...host, from: originOf(owner.parent), routes: misdirectedRoutes(owner.parent) }
      : undefined;
  const isOwn = owner.hostname === domain;
  const around = hostnamesAround(domain);
  const named = routesAt(owner, isOwn ? around : around.filter((name) => name === domain), read);
  const from = isOwn ? originOf(owner.parent) : eachOnce(named);
  if (from.length === 0) return undefined;
  const behind = isOwn ? [] : wideAround(owner, domain, named, read);
  return {
    ...host,
    from,
    routes: [...misdirected(owner), ...reached(owner, domain, named, behind)],
  };
};

const ownerOf = (
  { scope, domain }: Site,
  read: Read<VirtualHostTables>,
): PlacedListener | undefined => {
  for (const hostname of hostnamesAround(domain)) {
    const wanting = read('listeners', `${scope} ${hostname}` satisfies ScopedHostname);
    if (wanting !== undefined) return ownerIn(wanting);
  }
  return undefined;
};

/** All that is attached to a listener for these hostnames; an object that has several counts once. */
const routesAt = (
  { key }: PlacedListener,
  hostnames: readonly Hostname[],
  read: Read<VirtualHostTables>,
): readonly OrderedRoute[] => {
  const found: OrderedRoute[] = [];
  const seen = new Set<ObjectRef>();
  for (const hostname of hostnames) {
    const hosted = read('routes', `${key} ${hostname}` satisfies HostedName);
    if (hosted === undefined) continue;
    for (const object of values(hosted)) {
      if (seen.has(object.ref)) continue;
      seen.add(object.ref);
      for (const compiled of object.routes) found.push({ hostname, object, compiled });
    }
  }
  return found;
};

/** What is tried behind the routes for a domain: those for the wider hostnames, the narrowest first. */
function* wideAround(
  owner: PlacedListener,
  domain: Hostname,
  named: readonly OrderedRoute[],
  read: Read<VirtualHostTables>,
): Generator<Route> {
  const seen = new Set(named.map(({ object }) => object.ref));
  let room = mostAround;
  for (const hostname of hostnamesAround(domain)) {
    const name: HostedName = `${owner.key} ${hostname}`;
    const hosted = hostname === domain ? undefined : read('routes', name);
    if (hosted === undefined) continue;
    const { routes, size } = wideRoutes(hosted, name);
    room -= size;
    if (room < 0) return yield closedAround(name);
    for (const { object, compiled, closing } of routes)
      if (closing !== undefined) yield closing;
      else if (!seen.has(object.ref)) yield routeOn(compiled, { ...owner, domain });
    for (const { ref } of values(hosted)) seen.add(ref);
  }
}

/** The routes in the order in which they are tried, up to one that takes all that reaches it. */
const reached = (
  owner: PlacedListener,
  domain: Hostname,
  named: readonly OrderedRoute[],
  behind: Iterable<Route>,
): readonly Route[] => {
  const routes: Route[] = [];
  for (const { compiled } of inOrder(named)) {
    routes.push(routeOn(compiled, { ...owner, domain }));
    if (takesAll(compiled.route)) return routes;
  }
  for (const route of behind) {
    routes.push(route);
    if (takesAll(route)) break;
  }
  return routes;
};

/** The objects of routes, each once, sorted: their age between languages is that of the domain. */
const eachOnce = (routes: readonly OrderedRoute[]): readonly ObjectRef[] => [
  ...new Set(routes.map(({ object }) => object.ref).sort()),
];

const inOrder = (routes: readonly OrderedRoute[]): readonly OrderedRoute[] =>
  routes.length < 2 ? routes : routes.toSorted(byRouteOrder);

const misdirected = ({ parent, serverName }: PlacedListener): readonly Route[] =>
  serverName === undefined ? [] : misdirectedRoute(parent, serverName);

/** All virtual hosts that are named by a Gateway alone share the list. */
const originOf = interned((parent): readonly ObjectRef[] => [parent as ObjectRef]);
