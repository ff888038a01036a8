import { values, type Collection } from '../../../collection/collection.ts';
import { interned } from '../../../collection/intern.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Route } from '../../../ir/route.ts';
import type { RouteTableName, VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { misdirectedRoute, misdirectedRoutes } from '../../contribution/misdirected-routes.ts';
import type { CompiledRoute } from '../rule/compiled-route.ts';
import { routeOn } from '../rule/route-on.ts';
import { hostnamesAround } from './hostnames.ts';
import type { ListenerKey } from './listener-key.ts';
import { ownerIn, type PlacedListener, type Scope } from './placed-listener.ts';
import { byRouteOrder, type OrderedObject, type OrderedRoute } from './route-order.ts';

/** A domain of a table that a listener has as its hostname, or a route that is attached there. */
export interface Site {
  readonly table: RouteTableName;
  readonly scope: Scope;
  readonly domain: Hostname;
}

/** The routes of an object on one Gateway listener, for one of its hostnames. */
export interface HostedRoutes extends OrderedObject {
  readonly routes: readonly CompiledRoute[];
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
 * for the domain itself, behind them those for the hostnames around it (decision 39).
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
  const found = routesAround(owner, domain, read);
  const from = owner.hostname === domain ? originOf(owner.parent) : naming(found, domain);
  if (from.length === 0) return undefined;
  const routes = inOrder(found).map(({ compiled }) => routeOn(compiled, { ...owner, domain }));
  return { ...host, from, routes: [...misdirected(owner), ...routes] };
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

/** All that is attached to a listener for a hostname around a domain; an object that has several counts once. */
const routesAround = (
  { key }: PlacedListener,
  domain: Hostname,
  read: Read<VirtualHostTables>,
): readonly OrderedRoute[] => {
  const found: OrderedRoute[] = [];
  const seen = new Set<ObjectRef>();
  for (const hostname of hostnamesAround(domain)) {
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

/** The objects that name a domain, each once, sorted: its age between languages is theirs. */
const naming = (found: readonly OrderedRoute[], domain: Hostname): readonly ObjectRef[] => [
  ...new Set(
    found.flatMap(({ hostname, object }) => (hostname === domain ? [object.ref] : [])).sort(),
  ),
];

const inOrder = (routes: readonly OrderedRoute[]): readonly OrderedRoute[] =>
  routes.length < 2 ? routes : routes.toSorted(byRouteOrder);

const misdirected = ({ parent, serverName }: PlacedListener): readonly Route[] =>
  serverName === undefined ? [] : misdirectedRoute(parent, serverName);

/** All virtual hosts that are named by a Gateway alone share the list. */
const originOf = interned((parent): readonly ObjectRef[] => [parent as ObjectRef]);
