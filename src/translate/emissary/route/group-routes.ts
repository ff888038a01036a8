import { definedOnly } from '../../../collection/defined-only.ts';
import { interned } from '../../../collection/intern.ts';
import { onlyTo } from '../../../ir/backend.ts';
import type { ClusterName } from '../../../ir/cluster.ts';
import { corsFilter } from '../../../ir/filter/cors.ts';
import { errorPagesFilter } from '../../../ir/filter/error-pages.ts';
import { percent, type Fraction } from '../../../ir/fraction.ts';
import { namespaceOf } from '../../../ir/object-ref.ts';
import { noMutation, type HeaderMutation } from '../../../ir/header-mutation.ts';
import type {
  Forward,
  Mirror,
  PathRewrite,
  RetryPolicy,
  Route,
  RouteMatch,
} from '../../../ir/route.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { writtenField } from '../ingress/ingress-part.ts';
import type {
  CompiledMapping,
  RetrySettings,
  Settings,
  SharedSettings,
} from '../mapping/compiled-mapping.ts';
import { noSettings } from '../mapping/mapping-settings.ts';
import { foreignMembers } from './foreign-members.ts';
import { byRouteOrder } from './route-order.ts';
import { shares } from './weights.ts';

/** The empty list of what a route does not ask for; most ask for little, and there are many. */
const none: readonly never[] = [];

/** The routes of one group of Mappings with equal conditions, before any security model. */
export interface GroupRoutes {
  readonly routes: readonly Route[];
  readonly problems: readonly Problem[];
}

/**
 * Makes the routes of Mappings whose conditions are equal: one for each member, sharing the requests by
 * weight. A shadow has no route: each of these routes sends it a copy of its requests.
 */
export const groupRoutes = (members: readonly CompiledMapping[]): GroupRoutes => {
  const [only, ...others] = members;
  return only !== undefined && others.length === 0 && only.target._tag !== 'Shadow'
    ? { routes: [route(only, ofOne(only), undefined, none)], problems: noProblems }
    : sharedRoutes(members);
};

const ofOne = ({ settings, defaults }: CompiledMapping): Settings =>
  defaults === undefined ? settings : { ...defaults, ...settings };

const sharedRoutes = (members: readonly CompiledMapping[]): GroupRoutes => {
  const sorted = members.toSorted(byRouteOrder);
  const [shadow, ...spareShadows] = sorted.filter(({ target }) => target._tag === 'Shadow');
  const { serving, mixed } = ofOneKind(sorted.filter(({ target }) => target._tag !== 'Shadow'));
  const { shared, problems } = shares(serving);
  const common = sharedSettings(serving);
  return {
    routes: shared.map(({ mapping, fraction }) =>
      route(
        mapping,
        { ...mapping.defaults, ...common, ...mapping.settings },
        fraction,
        mirrors(shadow, mapping),
      ),
    ),
    problems: [
      ...problems,
      ...mixed,
      ...foreignMembers(sorted, 'requests'),
      ...spareShadows.map((spare) => conflict(spare, shadow, 'spec.shadow', 'one shadow a group')),
      ...(shadow !== undefined && serving.length === 0 ? [nothingToShadow(shadow)] : []),
    ],
  };
};

/** A redirect cannot share its requests, neither with a service nor with another redirect. */
const ofOneKind = (
  mappings: readonly CompiledMapping[],
): { readonly serving: readonly CompiledMapping[]; readonly mixed: readonly Problem[] } => {
  const [first] = mappings;
  if (first === undefined) return { serving: [], mixed: [] };
  const serving =
    first.target._tag === 'Redirect'
      ? [first]
      : mappings.filter(({ target }) => target._tag !== 'Redirect');
  return {
    serving,
    mixed: mappings
      .filter((mapping) => !serving.includes(mapping))
      .map((mapping) =>
        conflict(
          mapping,
          first,
          'spec.host_redirect',
          'a redirect shares its requests with nothing',
        ),
      ),
  };
};

const conflict = (
  { key, ref }: CompiledMapping,
  winner: CompiledMapping | undefined,
  field: string,
  reason: string,
): Problem => ({
  ...{ _tag: 'Conflict', object: ref, field: writtenField(key, field) },
  ...{ other: winner?.ref ?? ref, reason },
});

const nothingToShadow = ({ ref }: CompiledMapping): Problem => ({
  _tag: 'NotAttached',
  object: ref,
  field: 'spec.shadow',
  reason: 'no Mapping with the same conditions whose requests could be copied',
});

const mirrors = (
  shadow: CompiledMapping | undefined,
  copied: CompiledMapping,
): readonly Mirror[] => {
  if (shadow?.target._tag !== 'Shadow') return none;
  const { cluster, trusted } = shadow.target;
  const isOwn = namespaceOf(shadow.key) === namespaceOf(copied.key);
  return [
    {
      cluster: cluster.name,
      fraction: percent(shadow.weight ?? 100),
      ...(!isOwn && trusted !== true && { removeRequestHeaders: credentials }),
    },
  ];
};

/** What a client shows to be let in: it is for the namespace of the Mapping that the client asks for. */
const credentials: readonly string[] = ['authorization', 'cookie', 'proxy-authorization'];

/** For each setting that members inherit, the value of the highest-ranking member that has one. */
const sharedSettings = (members: readonly CompiledMapping[]): SharedSettings => {
  const shared: Settings = {};
  for (const { settings } of members.toReversed()) Object.assign(shared, settings);
  const { pathRewrite, hostRewrite, timeout, idleTimeout, auth, ...rest } = shared;
  return rest;
};

const route = (
  mapping: CompiledMapping,
  settings: Settings,
  fraction: Fraction | undefined,
  copies: readonly Mirror[],
): Route => ({
  name: mapping.ref,
  match: match(mapping, settings, fraction),
  action: action(mapping, settings, copies),
  requestHeaders: mutation(mapping.addRequestHeaders, settings.removeRequestHeaders),
  responseHeaders: mutation(mapping.addResponseHeaders, settings.removeResponseHeaders),
  ...filters(mapping, settings),
  from: [mapping.ref],
});

/** A redirect is no answer that another origin could read, and no error. */
const filters = (
  { target, errorPages }: CompiledMapping,
  { cors, auth, limits }: Settings,
): Pick<Route, 'filters'> => {
  if (target._tag === 'Redirect' || (cors ?? auth ?? limits ?? errorPages) === undefined) return {};
  return {
    filters: [
      ...(cors === undefined ? [] : [{ filter: corsFilter, settings: cors }]),
      ...(auth === undefined || target._tag === 'Closed' ? [] : [auth]),
      ...(limits === undefined || target._tag === 'Closed' ? [] : limits),
      ...(errorPages === undefined ? [] : [{ filter: errorPagesFilter, settings: errorPages }]),
    ],
  };
};

const match = (
  mapping: CompiledMapping,
  { caseSensitive = true }: Settings,
  fraction: Fraction | undefined,
): RouteMatch => {
  const { path } = mapping.match;
  const cased =
    caseSensitive || path._tag === 'Regex'
      ? mapping.match
      : { ...mapping.match, path: { ...path, caseSensitive } };
  return fraction === undefined ? cased : { ...cased, fraction };
};

const action = (
  { target }: CompiledMapping,
  settings: Settings,
  copies: readonly Mirror[],
): Route['action'] => {
  if (target._tag === 'Redirect') return target;
  if (target._tag === 'Closed') return unavailable;
  const { name } = target.cluster;
  return settings === noSettings && copies === none
    ? plainForward(name)
    : forward(name, settings, copies);
};

const unavailable = { _tag: 'Respond', status: 503 } as const;

const toRoot: PathRewrite = { _tag: 'Prefix', value: '/' };

/** Emissary's defaults: 3 s for the whole request, and the matched prefix becomes `/`. */
const forward = (cluster: ClusterName, settings: Settings, copies: readonly Mirror[]): Forward => {
  const pathRewrite = settings.regexRewrite ?? settings.pathRewrite ?? toRoot;
  return definedOnly<Forward>({
    _tag: 'Forward',
    backends: onlyTo(cluster),
    timeout: settings.timeout ?? 3000,
    backendTimeout: settings.retry?.backendTimeout,
    idleTimeout: settings.idleTimeout,
    pathRewrite: pathRewrite === 'none' ? undefined : pathRewrite,
    hostRewrite: settings.hostRewrite,
    retry: settings.retry && withoutTimeout(settings.retry),
    hash: settings.hash ?? none,
    mirrors: copies,
    upgrades: settings.upgrades ?? none,
    priority: settings.priority ?? 'default',
  });
};

const withoutTimeout = ({ backendTimeout: _, ...policy }: RetrySettings): RetryPolicy => policy;

/** What most Mappings ask for; those that forward to one cluster share it. */
const plainForward = interned((cluster): Forward => forward(cluster, noSettings, none));

const mutation = (
  add: HeaderMutation['add'] = none,
  remove: HeaderMutation['remove'] = none,
): HeaderMutation => (add === none && remove === none ? noMutation : { add, remove });
