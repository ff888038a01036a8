import type { Cluster } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { HttpRouteFilter } from '../../../kube/gateway/filter.ts';
import type { HttpBackend, HttpRouteRule } from '../../../kube/gateway/http-route.ts';
import type { RefFault } from '../backend/ref-fault.ts';
import { resolveBackend, type BackendContext, type Referrer } from '../backend/resolve-backend.ts';
import { attempts, timeoutFaults } from './attempts.ts';
import type { CompiledMatch } from './compiled-match.ts';
import type { CompiledRoute } from './compiled-route.ts';
import { corsFaults } from './cors-policy.ts';
import { readFilters, type Effects, type ReadFilters } from './effects.ts';
import { mirrorFaults, resolveMirrors } from './mirrors.ts';
import { failing, partActions, type PartAction } from './part-actions.ts';
import type { Part } from './part.ts';
import { pathFaults } from './path-change.ts';
import { ruleFault, type RuleFault } from './rule-fault.ts';

/** A rule of an HTTPRoute; one of a GRPCRoute has fewer fields. */
interface AskedRule extends Pick<HttpRouteRule, 'timeouts' | 'retry'> {
  readonly filters?: readonly HttpRouteFilter[];
  readonly backendRefs?: readonly HttpBackend[];
}

/** One rule, and where it stands. */
export interface RuleSource {
  readonly from: Referrer;
  /** `spec.rules[0]`. */
  readonly field: string;
  readonly index: number;
  /** The name of its routes. */
  readonly name: string;
  readonly asked: AskedRule;
  readonly matches: readonly CompiledMatch[];
}

/** What is compiled of one rule. */
export interface CompiledRule {
  readonly routes: readonly CompiledRoute[];
  readonly clusters: readonly Cluster[];
  readonly services: readonly ObjectKey[];
  /** With one of these, the requests of the rule fail. */
  readonly faults: readonly RuleFault[];
  readonly refFaults: readonly RefFault[];
}

/**
 * Compiles a rule. What it asks for is done as a whole or not at all: if a filter or a value cannot be
 * followed, its requests fail, and no other rule gets them. A backend that cannot be used fails its share
 * alone.
 */
export const compileRule = (source: RuleSource, context: BackendContext): CompiledRule => {
  const { from, field, asked, matches } = source;
  const { ref: object } = from;
  const filters = readFilters(object, `${field}.filters`, asked.filters ?? []);
  const backends = (asked.backendRefs ?? []).map((backend, i) => {
    const place = `${field}.backendRefs[${i}]`;
    return {
      weight: backend.weight,
      found: resolveBackend(from, place, backend, context),
      filters: readFilters(object, `${place}.filters`, backend.filters ?? []),
    };
  });
  const prefixes = matches.map(({ prefix }) => prefix);
  const effectFaults = ({ effects, places }: ReadFilters): readonly RuleFault[] => [
    ...pathFaults(object, `${places.redirect}.path`, effects.redirect?.path, prefixes),
    ...pathFaults(object, `${places.rewrite}.path`, effects.rewrite?.path, prefixes),
    ...corsFaults(object, places.cors, effects.cors ?? {}),
    ...mirrorFaults(from, effects.mirrors),
  ];
  const faults = [
    ...matches.flatMap((match) =>
      match.faults.map((problem) => ruleFault('UnsupportedValue', problem)),
    ),
    ...filters.faults,
    ...effectFaults(filters),
    ...backends.flatMap((one) => [...one.filters.faults, ...effectFaults(one.filters)]),
    ...redirectFaults(source, filters.effects),
    ...timeoutFaults(object, field, asked),
  ];
  const mirrors = resolveMirrors(
    from,
    [filters.effects, ...backends.map((one) => one.filters.effects)].flatMap((one) => one.mirrors),
    context,
  );
  const found = [...backends.map((one) => one.found), ...mirrors.found];
  const isSound = faults.length === 0 && filters.unknown.length === 0;
  const failure = from.kind === 'GRPCRoute' ? 503 : 500;
  const parts = backends
    .filter(({ weight }) => weight > 0)
    .map(({ weight, found: backend, filters: { effects, unknown } }): Part =>
      backend._tag === 'Fault' || unknown.length > 0
        ? { weight, effects }
        : { weight, effects, backend },
    );
  const actionsOf = ({ prefix }: CompiledMatch): readonly PartAction[] =>
    isSound
      ? partActions({
          rule: filters.effects,
          parts,
          attempts: attempts(asked),
          prefix,
          mirrorsOf: (some) => resolveMirrors(from, some, context).mirrors,
          failure,
        })
      : [failing(failure)];
  return {
    routes: matches.flatMap((match, i) =>
      match.faults.length > 0 ? [] : routesOf(source, match, i, actionsOf(match)),
    ),
    clusters: isSound ? found.flatMap((one) => (one._tag === 'Usable' ? [one.cluster] : [])) : [],
    services: found.flatMap(({ service }) => service ?? []),
    faults,
    refFaults: [
      ...filters.unknown,
      ...backends.flatMap((one) => one.filters.unknown),
      ...found.flatMap((one) => (one._tag === 'Fault' ? [one] : [])),
    ],
  };
};

/** A redirect answers all requests of its rule. */
const redirectFaults = (
  { from, field, asked: { backendRefs = [] } }: RuleSource,
  { redirect }: Effects,
): readonly RuleFault[] =>
  redirect === undefined || backendRefs.length === 0
    ? []
    : [
        ruleFault('IncompatibleFilters', {
          _tag: 'InvalidField',
          object: from.ref,
          field: `${field}.backendRefs`,
          expected: 'no backends beside RequestRedirect',
          got: String(backendRefs.length),
        }),
      ];

const routesOf = (
  { from, name, index }: RuleSource,
  { match, order }: CompiledMatch,
  position: number,
  actions: readonly PartAction[],
): readonly CompiledRoute[] =>
  actions.map(({ fraction, ...action }, part) => ({
    route: {
      name,
      match: fraction === undefined ? match : { ...match, fraction },
      ...action,
      from: [from.ref],
    },
    order: { ...order, rule: index, match: position, part },
  }));
