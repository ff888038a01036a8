import { sameItems } from '../../../collection/same-items.ts';
import type { NamedMatch, Route } from '../../../ir/route.ts';
import type { Claim } from '../host/claim.ts';
import { securityVariants } from '../host/security-model.ts';
import type { Rule } from '../mapping/compiled-mapping.ts';
import { groupRoutes, type GroupRoutes } from './group-routes.ts';

/** On what terms a Host takes a group of rules. */
export interface GroupTerms extends Pick<Claim, 'securityModel' | 'insecureAction'> {
  /** What must still be asked of `:authority`; at most one condition. */
  readonly hostMatch: readonly NamedMatch[];
}

/** The routes of rules with equal conditions, on the terms of the Host that takes them. */
export const groupVariants = (members: readonly Rule[], terms: GroupTerms): GroupRoutes => {
  const { routes, problems } = groupRoutes(members);
  const { hostMatch, securityModel, insecureAction } = terms;
  const matched =
    hostMatch.length === 0 ? routes : routes.map((route) => withHeaders(route, hostMatch));
  return { routes: securityVariants(matched, securityModel, insecureAction), problems };
};

/**
 * The same, remembered as long as the rules live: in a virtual host of thousands of groups one change
 * makes the routes of one, and the others keep their identity, by which their bytes are known.
 */
export const groupVariantsOnce = (members: readonly Rule[], terms: GroupTerms): GroupRoutes => {
  const [first] = members;
  if (first === undefined) return groupVariants(members, terms);
  const before = known.get(first);
  const group =
    before !== undefined && sameItems(before.members, members) ? before : noted(members);
  known.set(first, group);
  const { securityModel, insecureAction, hostMatch } = terms;
  const key = `${securityModel} ${insecureAction} ${hostMatch.map(shown).join(' ')}`;
  const found = group.byTerms.get(key) ?? groupVariants(members, terms);
  group.byTerms.set(key, found);
  return found;
};

interface KnownGroup {
  readonly members: readonly Rule[];
  readonly byTerms: Map<string, GroupRoutes>;
}

const known = new WeakMap<Rule, KnownGroup>();

const noted = (members: readonly Rule[]): KnownGroup => ({ members, byTerms: new Map() });

const shown = ({ match }: NamedMatch): string => JSON.stringify(match);

const withHeaders = (route: Route, headers: readonly NamedMatch[]): Route => ({
  ...route,
  match: { ...route.match, headers: [...headers, ...route.match.headers] },
});
