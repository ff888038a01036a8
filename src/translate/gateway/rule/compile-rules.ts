import type { Cluster } from '../../../ir/cluster.ts';
import { objectKey, objectRef } from '../../../ir/object-ref.ts';
import type { GRPCRoute } from '../../../kube/gateway/grpc-route.ts';
import type { HTTPRoute } from '../../../kube/gateway/http-route.ts';
import type { Problem } from '../../../problem/problem.ts';
import { regexFaults } from '../../../problem/regex-faults.ts';
import type { ReportedCondition } from '../../contribution/report.ts';
import type { RefFault } from '../backend/ref-fault.ts';
import type { BackendContext, Referrer } from '../backend/resolve-backend.ts';
import type { CompiledMatch } from './compiled-match.ts';
import type { CompiledRules } from './compiled-route.ts';
import { fails, holds } from '../report/condition.ts';
import { told } from '../report/told.ts';
import { compileRule, type CompiledRule, type RuleSource } from './compile-rule.ts';
import { grpcMatch } from './grpc-match.ts';
import { everyRequest, httpMatch } from './http-match.ts';
import type { RuleFault } from './rule-fault.ts';

/** The object of a kind of routes. */
export type RouteObject =
  | { readonly kind: 'HTTPRoute'; readonly object: HTTPRoute }
  | { readonly kind: 'GRPCRoute'; readonly object: GRPCRoute };

/** Compiles all rules of an object; pure, but for what it looks up. */
export const compileRules = (route: RouteObject, context: BackendContext): CompiledRules => {
  const { namespace, name } = route.object.metadata;
  const ref = objectRef(route.kind, objectKey(namespace, name));
  const from: Referrer = { kind: route.kind, namespace, ref };
  const sources = withRegexFaults(from, sourcesOf(route, from));
  const rules = sources.map((source) => compileRule(source, context));
  const invalid = rules.filter(({ faults }) => faults.length > 0);
  const refFaults = rules.flatMap((rule) => rule.refFaults);
  const faults = rules.flatMap((rule) => rule.faults);
  return {
    routes: rules.flatMap(({ routes }) => routes),
    clusters: eachOnce(rules.flatMap(({ clusters }) => clusters)),
    ...(invalid.length > 0 && invalid.length === rules.length && { accepted: refused(faults) }),
    resolvedRefs: resolvedRefs(refFaults),
    notes: invalid.length > 0 && invalid.length < rules.length ? [partlyInvalid(rules)] : [],
    services: [...new Set(rules.flatMap(({ services }) => services))].sort(),
    problems: problemsOf([...faults, ...refFaults]),
  };
};

const eachOnce = (clusters: readonly Cluster[]): readonly Cluster[] => [
  ...new Map(clusters.map((cluster) => [cluster.name, cluster])).values(),
];

const sourcesOf = (route: RouteObject, from: Referrer): readonly RuleSource[] => {
  const rules = rulesOf(route, from);
  return rules.map((rule, index) => ({
    ...rule,
    from,
    field: fieldOf(index),
    index,
    name: rules.length > 1 ? `${from.ref} rule ${index}` : from.ref,
  }));
};

/** An HTTPRoute without rules takes every request; a GRPCRoute without them takes none. */
const rulesOf = (
  { kind, object }: RouteObject,
  { ref }: Referrer,
): readonly Pick<RuleSource, 'asked' | 'matches'>[] =>
  kind === 'HTTPRoute'
    ? (object.spec.rules ?? [{}]).map((asked, index) => ({
        asked,
        matches: eachMatch(asked.matches, everyRequest).map((match, i) =>
          httpMatch(ref, `${fieldOf(index)}.matches[${i}]`, match),
        ),
      }))
    : (object.spec.rules ?? []).map((asked, index) => ({
        asked,
        matches: eachMatch(asked.matches, {}).map((match, i) =>
          grpcMatch(`${fieldOf(index)}.matches[${i}]`, match),
        ),
      }));

const fieldOf = (rule: number): string => `spec.rules[${rule}]`;

/** A rule without matches has one that takes all. */
const eachMatch = <M>(matches: readonly M[] | undefined, all: M): readonly M[] =>
  matches === undefined || matches.length === 0 ? [all] : matches;

/** The regular expressions of all rules are looked at together. */
const withRegexFaults = (
  { ref }: Referrer,
  sources: readonly RuleSource[],
): readonly RuleSource[] => {
  const all = sources.flatMap(({ matches }) => matches.flatMap(({ patterns }) => patterns));
  const faults = regexFaults(ref, all);
  if (faults.length === 0) return sources;
  return sources.map((source) => ({
    ...source,
    matches: source.matches.map((match) => ({
      ...match,
      faults: [...match.faults, ...faults.filter((fault) => isOf(fault, match))],
    })),
  }));
};

const isOf = (fault: Problem, { patterns }: CompiledMatch): boolean =>
  'field' in fault &&
  (fault.field === 'spec'
    ? patterns.length > 0
    : patterns.some(({ field }) => field === fault.field));

const refused = (faults: readonly RuleFault[]): ReportedCondition =>
  fails('Accepted', {
    reason: faults.every(({ reason }) => reason === 'IncompatibleFilters')
      ? 'IncompatibleFilters'
      : 'UnsupportedValue',
    message: told(problemsOf(faults)),
  });

const resolvedRefs = (faults: readonly RefFault[]): ReportedCondition => {
  const [first] = faults;
  return first === undefined
    ? holds('ResolvedRefs', 'All that it refers to can be used')
    : fails('ResolvedRefs', { reason: first.reason, message: told(problemsOf(faults)) });
};

/** The message begins as the Gateway API asks for. */
const partlyInvalid = (rules: readonly CompiledRule[]): ReportedCondition => {
  const dropped = rules.flatMap(({ faults }, i) => (faults.length > 0 ? [i] : []));
  const reasons = told(problemsOf(rules.flatMap(({ faults }) => faults)));
  return holds(
    'PartiallyInvalid',
    `Dropped Rule ${dropped.join(', ')}, whose requests fail: ${reasons}`,
    'UnsupportedValue',
  );
};

type Fault = Pick<RuleFault, 'problem'>;

/** Each once: that of all regular expressions together is one of many rules. */
const problemsOf = (faults: readonly Fault[]): readonly Problem[] => [
  ...new Set(faults.map(({ problem }) => problem)),
];
