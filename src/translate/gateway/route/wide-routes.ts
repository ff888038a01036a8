import { values, type Collection } from '../../../collection/collection.ts';
import { noMutation } from '../../../ir/header-mutation.ts';
import type { PathMatch, Route, RouteMatch } from '../../../ir/route.ts';
import { segmentMatch } from '../../../ir/segment.ts';
import { bySeniority } from '../../contribution/seniority.ts';
import { byRouteOrder, type HostedRoutes, type OrderedRoute } from './route-order.ts';

/** The routes for one hostname on one Gateway listener, as they are in virtual hosts of narrower hostnames. */
interface WideRoutes {
  /** In the order in which they are tried. */
  readonly routes: readonly WideRoute[];
  /** How many of them are routes of objects. */
  readonly size: number;
  /** The objects that are left out, the oldest first. */
  readonly leftOut: readonly HostedRoutes[];
}

/** A route of an object; or one that answers 503 to the requests of objects that are left out. */
interface WideRoute extends OrderedRoute {
  /** It answers for this route, which would be the first of them, and for others behind it. */
  readonly closing?: Route;
}

/**
 * So many routes for one wide hostname are in the virtual host of a narrower one (decision 39). Each of them
 * is in all of these virtual hosts, so without a bound the wide routes times the narrow hostnames would be
 * what a listener costs.
 */
export const mostWide = 512;

/** So many routes for wide hostnames are in one virtual host: those for the widest ones are left out first. */
export const mostAround = 2048;

/** So many routes at most answer for the objects of one hostname that are left out. */
export const mostClosing = 16;

/**
 * Chooses, from the oldest object on, those whose routes have room together. What is left out is served by
 * nobody in the narrower hostnames: a route that is tried behind it might be less careful than it is. Its
 * paths are closed instead, and a few more where there are too many of them: each at the place of the first
 * route that it answers for, so what is tried before that is served as if there were room.
 */
export const wideRoutes = (hosted: Collection<string, HostedRoutes>, name: string): WideRoutes => {
  const known = knownWide.get(hosted);
  if (known?.name === name) return known.wide;
  const wide = chosen(hosted, name);
  knownWide.set(hosted, { name, wide });
  return wide;
};

/** The virtual hosts inside a hostname share what is chosen for it. */
const knownWide = new WeakMap<object, { readonly name: string; readonly wide: WideRoutes }>();

const chosen = (hosted: Collection<string, HostedRoutes>, name: string): WideRoutes => {
  const taken: HostedRoutes[] = [];
  const leftOut: HostedRoutes[] = [];
  let room = mostWide;
  for (const object of [...values(hosted)].sort(bySeniority))
    if (object.routes.length > room) leftOut.push(object);
    else {
      room -= object.routes.length;
      taken.push(object);
    }
  const hostname = name.slice(name.lastIndexOf(' ') + 1);
  const ordered = (object: HostedRoutes): readonly OrderedRoute[] =>
    object.routes.map((compiled) => ({ hostname, object, compiled }));
  const out = leftOut.flatMap(ordered).sort(byRouteOrder);
  const closings = [...closedPaths(out)].map(([path, first]): WideRoute => ({
    ...first,
    closing: closing(`${name}${someLeftOut}`, segmentMatch(path, true)),
  }));
  return {
    routes: [...taken.flatMap(ordered), ...closings].sort(byRouteOrder),
    size: mostWide - room,
    leftOut,
  };
};

/** Answers 503 to every request that reaches it: no routes for the hostname have room. */
export const closedAround = (name: string): Route => closing(`${name}${allLeftOut}`, everyPath);

/** That routes for a hostname are left out of a virtual host. */
export interface Closed {
  /** The hostname, on its listener. */
  readonly name: string;
  /** All routes for it are. */
  readonly isAll: boolean;
}

/** What a route answers for that stands in for others; nothing for all other routes. */
export const closed = ({ name }: Route): Closed | undefined => {
  const isAll = name.endsWith(allLeftOut);
  if (!isAll && !name.endsWith(someLeftOut)) return undefined;
  return { name: name.slice(0, -(isAll ? allLeftOut : someLeftOut).length), isAll };
};

/** How the names of such routes end; access logs show them, and no name of an object has a comma. */
const someLeftOut = ', left out';
const allLeftOut = ', all left out';

const closing = (name: string, path: PathMatch): Route => ({
  name,
  match: { path, headers: [], queryParameters: [] },
  action: { _tag: 'Respond', status: 503 },
  requestHeaders: noMutation,
  responseHeaders: noMutation,
  from: [],
});

const everyPath = segmentMatch('/', true);

/** Whether a match takes each request that reaches it, so that nothing behind it is ever tried. */
export const takesAll = ({ match }: Route): boolean =>
  match.path._tag === 'Prefix' &&
  match.path.value === '/' &&
  match.headers.length === 0 &&
  match.queryParameters.length === 0 &&
  match.fraction === undefined;

/** Few paths that together are around all paths of an object. */
export const closingPaths = ({ routes }: HostedRoutes): readonly string[] =>
  [...cut(routes.map(({ route }) => ({ segments: segmentsOf(route.match) }))).keys()].sort();

/** Few paths that together are around all paths of routes, each with the first route that it is around. */
const closedPaths = (routes: readonly OrderedRoute[]): ReadonlyMap<string, OrderedRoute> =>
  cut(routes.map((one) => ({ ...one, segments: segmentsOf(one.compiled.route.match) })));

/** Cuts paths to as many segments as few paths allow; keeps the first that came of those that become one. */
const cut = <Cut extends { readonly segments: readonly string[] }>(
  all: readonly Cut[],
): ReadonlyMap<string, Cut> => {
  for (let depth = mostSegments; depth >= 0; depth--) {
    const paths = new Map<string, Cut>();
    for (const one of all) {
      const path = `/${one.segments.slice(0, depth).join('/')}`;
      if (!paths.has(path)) paths.set(path, one);
      if (paths.size > mostClosing) break;
    }
    if (paths.size <= mostClosing) return paths;
  }
  throw new Error('expected paths without segments to be one');
};

const mostSegments = 8;

/** A regular expression may take any path. */
const segmentsOf = ({ path }: RouteMatch): readonly string[] =>
  path._tag === 'Regex' ? [] : path.value.split('/').filter((segment) => segment !== '');
