import { present } from '../../../collection/defined-only.ts';
import { interned } from '../../../collection/intern.ts';
import type { ClusterName } from '../../../ir/cluster.ts';
import { noMutation } from '../../../ir/no-mutation.ts';
import type {
  Forward,
  HeaderMutation,
  Mirror,
  PathRewrite,
  Redirect,
  Route,
  RouteMatch,
} from '../../../ir/route.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Rule, Settings } from '../mapping/compiled-mapping.ts';
import { noSettings } from '../mapping/mapping-settings.ts';
import { byPriority } from './route-order.ts';
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
 * weight. A shadow has no route: each of these routes sends it a copy of its requests.
 */
export const groupRoutes = (members: readonly Rule[]): GroupRoutes => {
  const [only, ...others] = members;
  return only !== undefined && others.length === 0 && only.target._tag !== 'Shadow'
    ? { routes: [route(only, only.settings, undefined, none)], problems: noProblems }
    : sharedRoutes(members);
};

const sharedRoutes = (members: readonly Rule[]): GroupRoutes => {
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
  match: match(rule, settings, percent),
  action: action(rule, settings, mirrors),
  requestHeaders: mutation(rule.addRequestHeaders, settings.removeRequestHeaders),
  responseHeaders: mutation(rule.addResponseHeaders, settings.removeResponseHeaders),
  from: [rule.ref],
});

const match = (
  rule: Rule,
  { caseSensitive = true }: Settings,
  percent: number | undefined,
): RouteMatch => {
  const { path } = rule.match;
  const cased =
    caseSensitive || path._tag === 'Regex'
      ? rule.match
      : { ...rule.match, path: { ...path, caseSensitive } };
  return percent === undefined ? cased : { ...cased, percent };
};

const action = (
  { target }: Rule,
  settings: Settings,
  mirrors: readonly Mirror[],
): Forward | Redirect => {
  if (target._tag === 'Redirect') return target;
  const { name } = target.cluster;
  return settings === noSettings && mirrors === none
    ? plainForward(name)
    : forward(name, settings, mirrors);
};

const toRoot: PathRewrite = { _tag: 'Prefix', value: '/' };

/** Emissary's defaults: 3 s for the whole request, and the matched prefix becomes `/`. */
const forward = (cluster: ClusterName, settings: Settings, mirrors: readonly Mirror[]): Forward => {
  const { pathRewrite = toRoot } = settings;
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

/** What most Mappings ask for; those that forward to one cluster share it. */
const plainForward = interned((cluster): Forward => forward(cluster, noSettings, none));

const mutation = (
  add: HeaderMutation['add'] = none,
  remove: HeaderMutation['remove'] = none,
): HeaderMutation => (add === none && remove === none ? noMutation : { add, remove });
