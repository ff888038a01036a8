import type { Problem } from '../../../problem/problem.ts';

/** Something that a rule asks for and that cannot be done: its requests fail. */
export interface RuleFault {
  /** As the condition `Accepted` names it. */
  readonly reason: 'UnsupportedValue' | 'IncompatibleFilters';
  readonly problem: Problem;
}

/** Says why a rule cannot be followed. */
export const ruleFault = (reason: RuleFault['reason'], problem: Problem): RuleFault => ({
  reason,
  problem,
});
