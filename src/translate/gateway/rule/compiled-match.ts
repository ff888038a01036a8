import type { RouteMatch } from '../../../ir/route.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Pattern } from '../../../problem/regex-faults.ts';
import type { MatchOrder } from './compiled-route.ts';

/** The part of the order that follows from a match alone. */
type OwnOrder = Omit<MatchOrder, 'rule' | 'match' | 'part'>;

/** One match of a rule. */
export interface CompiledMatch {
  readonly match: RouteMatch;
  readonly order: OwnOrder;
  /** What stands for the prefix that it asks for, without slashes at its end; absent: it asks for none. */
  readonly prefix?: string;
  /** The regular expressions in it, which are not looked at yet. */
  readonly patterns: readonly Pattern[];
  readonly faults: readonly Problem[];
}
