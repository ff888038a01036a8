import type { Cluster } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Route } from '../../../ir/route.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ReportedCondition } from '../../contribution/report.ts';

/** One route of an HTTPRoute or GRPCRoute, which is tried at its place in the order. */
export interface CompiledRoute {
  /** As it is on every listener, but for the port of a redirect, which `routeOn` settles. */
  readonly route: Route;
  readonly order: MatchOrder;
}

/** What decides between the routes for one host name, but for the age and the name of the object. */
export interface MatchOrder {
  readonly path: 'Exact' | 'RegularExpression' | 'PathPrefix';
  /** How long the path is that is asked for, in characters. */
  readonly pathLength: number;
  readonly hasMethod: boolean;
  /** How many headers are asked for. */
  readonly headers: number;
  /** How many query parameters are asked for. */
  readonly queryParams: number;
  /** The index of the rule in its object. */
  readonly rule: number;
  /** The index of the match in its rule. */
  readonly match: number;
  /** Several routes that share the requests of one match stay in this order. */
  readonly part: number;
}

/** All that is compiled of one object, for Gateways that show the same certificate to backends, or none. */
export interface CompiledRules {
  readonly routes: readonly CompiledRoute[];
  /** All clusters that the routes name, and those of backends without weight; each once. */
  readonly clusters: readonly Cluster[];
  /**
   * `Accepted` where it is false because of all rules: nothing attaches. Its routes answer that they fail; they
   * are served nevertheless, so that no wider route takes the requests that a filter should guard.
   */
  readonly accepted?: ReportedCondition;
  readonly resolvedRefs: ReportedCondition;
  /** Other conditions (`PartiallyInvalid`); mostly none. */
  readonly notes: readonly ReportedCondition[];
  /** The Services that are referred to, by whom may do so, each once, sorted; also those for copies of requests. */
  readonly services: readonly ObjectKey[];
  /** The same faults for logs and for `check`. */
  readonly problems: readonly Problem[];
}
