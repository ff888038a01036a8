import { definedOnly } from '../../../collection/defined-only.ts';
import { onlyTo, type Backend } from '../../../ir/backend.ts';
import type { Fraction } from '../../../ir/fraction.ts';
import { noMutation } from '../../../ir/header-mutation.ts';
import type { Forward, HostRewrite, Mirror, Redirect, Route } from '../../../ir/route.ts';
import type { RequestRedirect } from '../../../kube/gateway/filter.ts';
import type { AskedMirror, Effects } from './effects.ts';
import type { Attempts } from './attempts.ts';
import { corsUse } from './cors-policy.ts';
import { isShareable, together, type Part } from './part.ts';
import { pathChange } from './path-change.ts';

/** What is done with the requests of a match, or with a share of them: a route without its match. */
export interface PartAction extends Pick<
  Route,
  'action' | 'requestHeaders' | 'responseHeaders' | 'filters'
> {
  /** Takes this share of the requests that come to it; absent: all of them. */
  readonly fraction?: Fraction;
}

/** What the actions of a rule are made from. */
interface ActionSource {
  readonly rule: Effects;
  readonly parts: readonly Part[];
  readonly attempts: Attempts;
  /** The prefix that the match asks for. */
  readonly prefix: string | undefined;
  readonly mirrorsOf: (asked: readonly AskedMirror[]) => readonly Mirror[];
  /** What answers a share that fails. */
  readonly failure: 500 | 503;
}

/** Answers that the request cannot be served. */
export const failing = (status: 500 | 503): PartAction => ({
  action: { _tag: 'Respond', status },
  requestHeaders: noMutation,
  responseHeaders: noMutation,
});

/**
 * What is done with the requests of one match, in order. If backends have filters that Envoy has for routes
 * only, each share is a route of its own: it draws one number for a request, so each route says where in all
 * shares its own ends.
 */
export const partActions = (source: ActionSource): readonly PartAction[] => {
  const { rule, parts } = source;
  if (rule.redirect !== undefined) return [oneAction(source, rule, undefined)];
  // Browsers are answered also where requests fail.
  if (parts.every(({ backend, effects }) => !answers(backend, effects)))
    return [rule.cors === undefined ? failing(source.failure) : sharedAction(source)];
  if (parts.length > 1 && parts.every(({ effects }) => isShareable(effects)))
    return [sharedAction(source)];
  const ends = endsOf(parts);
  const denominator = ends.at(-1) ?? 1;
  return parts.map((part, i) => ({
    ...oneAction(source, together(rule, part.effects), part.backend),
    ...(i < parts.length - 1 && { fraction: { numerator: ends[i] ?? 0, denominator } }),
  }));
};

const answers = (backend: Part['backend'], { redirect }: Effects): boolean =>
  backend !== undefined || redirect !== undefined;

const endsOf = (parts: readonly Part[]): readonly number[] =>
  parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, { weight }) => sum + weight, 0));

/** What is done with all requests of a route. */
const oneAction = (
  source: ActionSource,
  effects: Effects,
  backend: Part['backend'],
): PartAction => {
  const { redirect } = effects;
  if (redirect === undefined && backend === undefined) return failing(source.failure);
  return {
    action:
      redirect === undefined
        ? forward(source, effects, backend === undefined ? [] : onlyTo(backend.cluster.name), [
            backend,
          ])
        : redirectTo(redirect, source.prefix),
    requestHeaders: effects.requestHeaders,
    responseHeaders: effects.responseHeaders,
    ...(effects.cors !== undefined && { filters: corsUse(effects.cors) }),
  };
};

/** One route whose backends share the requests. */
const sharedAction = (source: ActionSource): PartAction => {
  const { rule, parts, failure } = source;
  // Envoy does to a request first what the backend asks for, then what the route does.
  const isEach = parts.some(({ effects }) => effects.requestHeaders !== noMutation);
  const backends = parts.map(({ weight, backend, effects }): Backend => {
    if (backend === undefined) return { _tag: 'Fails', status: failure, weight };
    const { requestHeaders } = together(rule, effects);
    const { responseHeaders, cors } = effects;
    return {
      _tag: 'Cluster',
      cluster: backend.cluster.name,
      weight,
      ...(isEach && { requestHeaders }),
      ...(responseHeaders !== noMutation && { responseHeaders }),
      ...(cors !== undefined && { filters: corsUse(cors) }),
    };
  });
  return {
    action: forward(
      source,
      rule,
      backends,
      parts.map(({ backend }) => backend),
    ),
    requestHeaders: isEach ? noMutation : rule.requestHeaders,
    responseHeaders: rule.responseHeaders,
    ...(rule.cors !== undefined && { filters: corsUse(rule.cors) }),
  };
};

const forward = (
  { attempts, prefix, mirrorsOf }: ActionSource,
  { rewrite, mirrors }: Effects,
  backends: readonly Backend[],
  used: readonly Part['backend'][],
): Forward =>
  definedOnly<Forward>({
    _tag: 'Forward',
    backends,
    timeout: attempts.timeout,
    backendTimeout: attempts.backendTimeout,
    idleTimeout: undefined,
    pathRewrite: pathChange(rewrite?.path, prefix),
    hostRewrite: hostRewrite(rewrite?.hostname),
    retry: attempts.retry,
    hash: [],
    mirrors: mirrorsOf(mirrors),
    upgrades: used.some((one) => one?.isWebSocket === true) ? ['websocket'] : [],
    priority: 'default',
  });

const hostRewrite = (value: string | undefined): HostRewrite | undefined =>
  value === undefined ? undefined : { _tag: 'Literal', value };

const redirectTo = (
  { scheme, hostname, port, path, statusCode }: RequestRedirect,
  prefix: string | undefined,
): Redirect =>
  definedOnly<Redirect>({
    _tag: 'Redirect',
    scheme,
    host: hostname,
    port,
    path: pathChange(path, prefix),
    code: statusCode,
  });
