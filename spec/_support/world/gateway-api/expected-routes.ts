import type { RouteTableName } from '../../../../src/ir/virtual-host.ts';
import { tlsTable } from '../../../../src/translate/contribution/table-names.ts';
import type { SettledListener } from '../../../../src/translate/gateway/listener/settled-listener.ts';
import type { RouteWorld, WrittenMatch, WrittenRoute } from './any-routes.ts';

/** Names the route of a match. */
export const nameOf = (
  { kind, namespace, name }: WrittenRoute,
  rule: number,
  match: number,
): string => `${kind} ${namespace}/${name} ${rule}.${match}`;

/** Whether a listener takes a route, as the specification says it. */
const isTaken = (listener: SettledListener, route: WrittenRoute): boolean => {
  const meant = route.parents.some(
    ({ kind, section }) =>
      listener.parent.startsWith(`${kind} `) &&
      (section === undefined || section === listener.section),
  );
  const own = listener.parent.startsWith('Gateway') ? 'default' : 'web';
  const isAllowed = {
    All: true,
    None: false,
    Same: own === route.namespace,
    Selector: route.namespace === 'web',
  }[listener.namespaces._tag];
  return meant && isAllowed && listener.kinds.includes(route.kind);
};

/** Whether a host name is one of those that a hostname means: a wildcard is one or more labels. */
const means = (hostname: string, host: string): boolean =>
  hostname === '*' ||
  hostname === host ||
  (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)) && host.length >= hostname.length);

/** The greater a rank, the earlier: the characters of a name, then those of a wildcard. */
export const hostnameRank = (hostname: string): readonly number[] =>
  hostname.startsWith('*') ? [0, hostname.length] : [hostname.length, 0];

const matchRank = ({ path, value, method, headers, queryParams }: WrittenMatch) => [
  { Exact: 2, RegularExpression: 1, PathPrefix: 0 }[path],
  value.length,
  Number(method),
  headers,
  queryParams,
];

type Rank = readonly (number | string)[];

/** Orders lists: by what differs first. */
export const compare = (a: Rank, b: Rank): number => {
  for (const [i, one] of a.entries()) {
    const other = b[i] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
};

/**
 * The names of the routes for a host on one listener, in the order in which they must be tried, up to one that
 * takes every request.
 */
export const expectedRoutes = (
  { routes }: RouteWorld,
  owner: SettledListener,
  host: string,
): readonly string[] => {
  const all = routes
    .filter((route) => isTaken(owner, route))
    .flatMap((route) => {
      const named = route.hostnames.length === 0 ? ['*'] : route.hostnames;
      const [best] = named
        .filter((one) => means(one, host))
        .map(hostnameRank)
        .sort((a, b) => compare(b, a));
      if (best === undefined) return [];
      return route.rules.flatMap((matches, rule) =>
        matches.map((match, i) => ({
          name: nameOf(route, rule, i),
          takesAll: takesAll(match),
          rank: [
            ...[...best, ...matchRank(match)].map((one) => -one),
            route.created ?? '~',
            `${route.namespace}/${route.name}`,
            route.kind,
            rule,
            i,
          ],
        })),
      );
    })
    .sort((a, b) => compare(a.rank, b.rank));
  const last = all.findIndex((one) => one.takesAll);
  return (last === -1 ? all : all.slice(0, last + 1)).map(({ name }) => name);
};

const takesAll = ({ path, value, method, headers, queryParams }: WrittenMatch): boolean =>
  path === 'PathPrefix' && value === '/' && !method && headers + queryParams === 0;

/** The listener with the most specific hostname around a host, of those in one place. */
export const ownerFor = (
  listeners: readonly SettledListener[],
  host: string,
): SettledListener | undefined =>
  listeners
    .filter(
      (one) =>
        means(one.hostname, host) && (one.unserved === undefined || one.isUncertified === true),
    )
    .sort((a, b) => compare(hostnameRank(b.hostname), hostnameRank(a.hostname)))[0];

/** The table in which a listener has its virtual hosts. */
export const tableOf = (
  { layout }: RouteWorld,
  { listener, protocol, hostname }: SettledListener,
): RouteTableName => {
  if (protocol === 'HTTP') return `${listener}/cleartext`;
  return layout === 'chains' ? tlsTable(listener, hostname) : `${listener}/tls`;
};
