import type { ObjectKey } from '../../ir/object-ref.ts';

/** How many are told: of each namespace as many, those that expire first. */
export const mostExpiries = 500;

/** What a Secret holds, and when it expires. */
export interface Expiring {
  readonly secret: ObjectKey;
  readonly at: number;
}

/** The order in which things expire. */
export const earlier = (a: Expiring, b: Expiring): number =>
  a.at - b.at || (a.secret < b.secret ? -1 : 1);

/** As many of each list as there is room for, the first ones; the lists themselves in the order of their first ones. */
export const shared = <E extends Expiring>(lists: readonly (readonly E[])[]): E[] => {
  const chosen: E[] = [];
  let rest = lists
    .filter(([first]) => first !== undefined)
    .toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : earlier(a, b)));
  for (let i = 0; rest.length > 0 && chosen.length < mostExpiries; i += 1) {
    chosen.push(...rest.flatMap((list) => list[i] ?? []).slice(0, mostExpiries - chosen.length));
    rest = rest.filter((list) => list.length > i + 1);
  }
  return chosen;
};
