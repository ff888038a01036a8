import type { Problem } from '../../problem/problem.ts';
import { bySeniority, type Claimant } from './seniority.ts';

/** Who has what several want that only one can have, and what the owners of the others are told. */
export interface SettledByAge<C extends Claimant> {
  readonly winner: C;
  readonly problems: readonly Problem[];
}

/** The field at which a loser asks for it, and why the winner has it. */
type Why<C> = (winner: C, loser: C) => { readonly field: string; readonly reason: string };

/** Gives the oldest what all of these want (decision 29); undefined if nobody wants it. */
export const settledByAge = <C extends Claimant>(
  claimants: Iterable<C>,
  why: Why<C>,
): SettledByAge<C> | undefined => {
  const [winner, ...losers] = [...claimants].sort(bySeniority);
  if (winner === undefined) return undefined;
  return {
    winner,
    problems: losers.map((loser) => {
      const { field, reason } = why(winner, loser);
      return { _tag: 'Conflict', object: loser.ref, field, other: winner.ref, reason };
    }),
  };
};
