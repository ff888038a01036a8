import { noMutation, type HeaderMutation } from '../../../ir/header-mutation.ts';
import { namespaceOf, refParts } from '../../../ir/object-ref.ts';
import type { NamedMatch, Redirect, Route } from '../../../ir/route.ts';

/**
 * Which requests are secure for a Listener. `XFP`: those with `x-forwarded-proto: https`. `SECURE`: all.
 * `INSECURE`: none.
 */
export type SecurityModel = 'XFP' | 'SECURE' | 'INSECURE';

/** What a Host does with a request that is not secure. */
export type InsecureAction = 'Route' | 'Redirect' | 'Reject';

/**
 * The routes of one group under a security model: first those for secure requests, then those that
 * answer all other requests. `x-forwarded-proto` is Envoy's own word (`use_remote_address`), not
 * the client's.
 */
export const securityVariants = (
  routes: readonly Route[],
  model: SecurityModel,
  action: InsecureAction,
): readonly Route[] => {
  const [first] = routes;
  if (first === undefined) return [];
  const insecure = isAcmeChallenge(first) ? 'Route' : action;
  if (model === 'SECURE' || insecure === 'Route') return routes;
  const secure = model === 'XFP' ? routes.map(onlyOverHttps) : [];
  return insecure === 'Redirect' ? secure.concat(toHttps(first, routes)) : secure;
};

/** A certificate authority asks in cleartext, whatever the policy. */
export const isAcmeChallenge = ({ match: { path } }: Pick<Route, 'match'>): boolean =>
  path._tag === 'Prefix' && path.value === '/.well-known/acme-challenge/';

const onlyOverHttps = (route: Route): Route => ({
  ...route,
  match: {
    ...route.match,
    headers: route.match.headers.length === 0 ? isHttps : [...route.match.headers, ...isHttps],
  },
});

const isHttps: readonly NamedMatch[] = [
  { name: 'x-forwarded-proto', match: { _tag: 'Exact', value: 'https' } },
];

const httpsRedirect: Redirect = { _tag: 'Redirect', scheme: 'https', code: 301 };

/**
 * One redirect for all members of a canary: it takes requests of every share, and has the headers that any of
 * them adds to its answers, as in Emissary (`strict-transport-security`); of two with one name the one that is
 * tried last has its way. Those of other namespaces than the member that is tried last, which takes what the others
 * leave, add nothing: they have a share of the requests, not of every answer. It is not named after the Host, so that
 * Hosts with the same policy share it.
 */
const toHttps = (first: Route, routes: readonly Route[]): Route => ({
  name: first.name,
  match: first.match.fraction === undefined ? first.match : ofAll(first.match),
  action: httpsRedirect,
  requestHeaders: noMutation,
  responseHeaders: addedTo(routes),
  from: routes.length === 1 ? first.from : routes.flatMap(({ from }) => from),
});

const addedTo = (routes: readonly Route[]): HeaderMutation => {
  const namespaces = routes.map(({ from: [from] }) => from && namespaceOf(refParts(from)[1]));
  const added = routes.flatMap(({ responseHeaders }, i) =>
    namespaces[i] === namespaces.at(-1) ? responseHeaders.add : [],
  );
  return added.length === 0
    ? noMutation
    : { add: [...new Map(added.map((one) => [one.name.toLowerCase(), one])).values()], remove: [] };
};

const ofAll = ({ fraction: _, ...match }: Route['match']): Route['match'] => match;
