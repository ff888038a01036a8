import { moreSpecific, type Hostname } from '../../../ir/hostname.ts';
import { refParts, type ObjectRef } from '../../../ir/object-ref.ts';
import { byAge, type Aged } from '../../contribution/seniority.ts';
import type { CompiledRoute, MatchOrder } from '../rule/compiled-route.ts';

/** A route of an object, as it is tried among those of other objects. */
export interface OrderedRoute {
  /** The hostname of its object by which it is here; `*` if that has none. */
  readonly hostname: Hostname;
  readonly object: OrderedObject;
  readonly compiled: CompiledRoute;
}

/** What decides between two objects. */
interface OrderedObject extends Aged {
  readonly ref: ObjectRef;
}

/** The routes of an object on one Gateway listener, for one of its hostnames. */
export interface HostedRoutes extends OrderedObject {
  readonly routes: readonly CompiledRoute[];
}

/**
 * The order in which routes are tried, of HTTPRoutes and GRPCRoutes alike: by the hostname that the object has,
 * not by what that has in common with the listener (`HTTPRouteSpec.hostnames`); then as `HTTPRouteRule.matches`
 * says. A regular expression, which the specification leaves open, comes between an exact path and a prefix.
 */
export const byRouteOrder = (a: OrderedRoute, b: OrderedRoute): number =>
  moreSpecific(a.hostname, b.hostname) ||
  byMatch(a.compiled.order, b.compiled.order) ||
  byObject(a.object, b.object) ||
  byPlace(a.compiled.order, b.compiled.order);

const byMatch = (a: MatchOrder, b: MatchOrder): number =>
  rank[a.path] - rank[b.path] ||
  b.pathLength - a.pathLength ||
  Number(b.hasMethod) - Number(a.hasMethod) ||
  b.headers - a.headers ||
  b.queryParams - a.queryParams;

const rank = { Exact: 0, RegularExpression: 1, PathPrefix: 2 } as const;

/** The oldest, then the first by namespace and name, then a GRPCRoute before an HTTPRoute of the same name. */
const byObject = (a: OrderedObject, b: OrderedObject): number => {
  if (a === b) return 0;
  const [[aKind, aKey], [bKind, bKey]] = [refParts(a.ref), refParts(b.ref)];
  return byAge(a, b) || byText(aKey, bKey) || byText(aKind, bKind);
};

const byPlace = (a: MatchOrder, b: MatchOrder): number =>
  a.rule - b.rule || a.match - b.match || a.part - b.part;

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
