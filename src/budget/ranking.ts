import { bySeniority, type Claimant } from '../translate/contribution/seniority.ts';
import { exceeded, nothing, plus, type Budget } from '../problem/budget.ts';

/** An object of a namespace, with what it asks for. */
export interface Member extends Claimant {
  readonly asked: Budget;
}

/** The objects of a namespace, the oldest first, and of one age the one whose name is first. */
export type Ranking = readonly Member[];

/** The ranking of these objects. */
export const ranked = (members: readonly Member[]): Ranking => [...members].sort(bySeniority);

/** The ranking without some objects and with others; costs little more than to copy it. */
export const rankedAnew = (
  ranking: Ranking,
  gone: ReadonlySet<Member['ref']>,
  come: readonly Member[],
): Ranking => {
  const added = ranked(come);
  const stay = ranking.filter(({ ref }) => !gone.has(ref));
  const merged: Member[] = [];
  let at = 0;
  for (const member of stay) {
    for (
      let next = added[at];
      next !== undefined && bySeniority(next, member) < 0;
      next = added[at]
    ) {
      merged.push(next);
      at += 1;
    }
    merged.push(member);
  }
  return [...merged, ...added.slice(at)];
};

/** The objects that are over the budget, with the part of it that ran out: the first one, and all after it. */
export const overBudget = (
  ranking: Ranking,
  budget: Budget,
): { readonly over: readonly Member[]; readonly part: keyof Budget } | undefined => {
  let asked = nothing;
  for (const [at, member] of ranking.entries()) {
    asked = plus(asked, member.asked);
    const part = exceeded(asked, budget);
    if (part !== undefined) return { over: ranking.slice(at), part };
  }
  return undefined;
};
