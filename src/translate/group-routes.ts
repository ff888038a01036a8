import type { ClusterName } from '../ir/cluster.ts';
import type { Forward, HeaderMutation, Mirror, Redirect, Route, RouteMatch } from '../ir/route.ts';
import type { Problem } from '../problem/problem.ts';
import { byPriority, type Rule, type Settings } from './rule.ts';
import { noMutation } from './no-mutation.ts';
import { present } from './present.ts';
import { shares } from './weights.ts';

/** The empty list of what a route does not ask for; most ask for little, and there are many. */
const none: readonly never[] = [];

/** The routes of one group of rules with equal conditions, before any security model. */
export interface GroupRoutes {
  readonly routes: readonly Route[];
  readonly problems: readonly Problem[];
}

/**
 * Makes the routes of rules whose conditions are equal: one for each member, sharing the requests by
 * weight; a shadow becomes a mirror on each of them (emissary.md §3.2).
 */
export const groupRoutes = (members: readonly Rule[]): GroupRoutes => {
  const sorted = members.toSorted(byPriority);
  const [shadow, ...spareShadows] = sorted.filter(({ target }) => target._tag === 'Shadow');
  const { serving, mixed } = ofOneKind(sorted.filter(({ target }) => target._tag !== 'Shadow'));
  const { shared, problems } = shares(serving);
  const mirrors = shadow === undefined ? none : mirror(shadow);
  const common = commonSettings(serving);
  return {
    routes: shared.map(({ rule, percent }) =>
      route(rule, { ...common, ...rule.settings }, percent, mirrors),
    ),
    problems: [
      ...problems,
      ...mixed,
      ...spareShadows.map((spare) => conflict(spare, shadow, 'spec.shadow', 'one shadow a group')),
      ...(shadow !== undefined && serving.length === 0 ? [nothingToShadow(shadow)] : []),
    ],
  };
};

/** A redirect cannot share its requests, neither with a service nor with another redirect. */
const ofOneKind = (
  rules: readonly Rule[],
): { readonly serving: readonly Rule[]; readonly mixed: readonly Problem[] } => {
  const [first] = rules;
  if (first === undefined) return { serving: [], mixed: [] };
  const serving =
    first.target._tag === 'Redirect'
      ? [first]
      : rules.filter(({ target }) => target._tag !== 'Redirect');
  return {
    serving,
    mixed: rules
      .filter((rule) => !serving.includes(rule))
      .map((rule) =>
        conflict(rule, first, 'spec.host_redirect', 'a redirect shares its requests with nothing'),
      ),
  };
};

const conflict = (
  { ref }: Rule,
  winner: Rule | undefined,
  field: string,
  reason: string,
): Problem => ({ _tag: 'Conflict', object: ref, field, other: winner?.ref ?? ref, reason });

const nothingToShadow = ({ ref }: Rule): Problem => ({
  _tag: 'NotAttached',
  object: ref,
  field: 'spec.shadow',
  reason: 'no Mapping with the same conditions whose requests could be copied',
});

const mirror = ({ target, weight }: Rule): readonly Mirror[] =>
  target._tag === 'Shadow' ? [{ cluster: target.cluster.name, percent: weight ?? 100 }] : [];

/** What a member inherits: of each setting, that of the member that ranks highest and has one. */
const commonSettings = (members: readonly Rule[]): Settings => {
  const common: Settings = {};
  for (const { settings } of members.toReversed()) Object.assign(common, settings);
  return common;
};

const route = (
  rule: Rule,
  settings: Settings,
  percent: number | undefined,
  mirrors: readonly Mirror[],
): Route => ({
  match: present<RouteMatch>({
    path: path(rule, settings),
    headers: rule.headers,
    queryParameters: rule.queryParameters,
    percent,
  }),
  action: action(rule, settings, mirrors),
  requestHeaders: mutation(rule.addRequestHeaders, settings.removeRequestHeaders),
  responseHeaders: mutation(rule.addResponseHeaders, settings.removeResponseHeaders),
  from: originOf(rule),
});

/** The list that the rule's cluster has already. */
const originOf = ({ ref, target }: Rule): Route['from'] =>
  target._tag === 'Redirect' ? [ref] : target.cluster.from;

const path = ({ path: { _tag, value } }: Rule, { caseSensitive = true }: Settings) =>
  _tag === 'Regex' ? { _tag, value } : { _tag, value, caseSensitive };

const action = (
  { target }: Rule,
  settings: Settings,
  mirrors: readonly Mirror[],
): Forward | Redirect =>
  target._tag === 'Redirect' ? target : forward(target.cluster.name, settings, mirrors);

/** Emissary's defaults: 3 s for the whole request, and the matched prefix becomes `/`. */
const forward = (cluster: ClusterName, settings: Settings, mirrors: readonly Mirror[]): Forward => {
  const { pathRewrite = { _tag: 'Prefix', value: '/' } as const } = settings;
  return present<Forward>({
    _tag: 'Forward',
    cluster,
    timeout: settings.timeout ?? 3000,
    idleTimeout: settings.idleTimeout,
    pathRewrite: pathRewrite === 'none' ? undefined : pathRewrite,
    hostRewrite: settings.hostRewrite,
    retry: settings.retry,
    hash: settings.hash ?? none,
    mirrors,
    cors: settings.cors,
    upgrades: settings.upgrades ?? none,
    priority: settings.priority ?? 'default',
  });
};

const mutation = (
  add: HeaderMutation['add'] = none,
  remove: HeaderMutation['remove'] = none,
): HeaderMutation => (add === none && remove === none ? noMutation : { add, remove });
