import { sameItems } from '../../../collection/same-items.ts';
import type { NamedMatch, Route } from '../../../ir/route.ts';
import type { DomainClaim } from '../host/domain-claim.ts';
import { securityVariants } from '../host/security-model.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import { groupRoutes, type GroupRoutes } from './group-routes.ts';

/** On what terms a Host takes a group of Mappings. */
interface GroupTerms extends Pick<DomainClaim, 'securityModel' | 'insecureAction'> {
  /** What must still be asked of `:authority`; at most one condition. */
  readonly hostMatch: readonly NamedMatch[];
}

/** The routes of Mappings with equal conditions, on the terms of the Host that takes them. */
export const groupVariants = (
  members: readonly CompiledMapping[],
  terms: GroupTerms,
): GroupRoutes => {
  const { routes, problems } = groupRoutes(members);
  const { hostMatch, securityModel, insecureAction } = terms;
  const matched =
    hostMatch.length === 0 ? routes : routes.map((route) => withHeaders(route, hostMatch));
  return { routes: securityVariants(matched, securityModel, insecureAction), problems };
};

/**
 * The same, kept as long as the Mappings live. In a virtual host with thousands of groups a change
 * makes the routes of one group anew; the other routes keep their identity, so they are not encoded
 * again.
 */
export const groupVariantsOnce = (
  members: readonly CompiledMapping[],
  terms: GroupTerms,
): GroupRoutes => {
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
  readonly members: readonly CompiledMapping[];
  readonly byTerms: Map<string, GroupRoutes>;
}

const known = new WeakMap<CompiledMapping, KnownGroup>();

const noted = (members: readonly CompiledMapping[]): KnownGroup => ({
  members,
  byTerms: new Map(),
});

const shown = ({ match }: NamedMatch): string => JSON.stringify(match);

const withHeaders = (route: Route, headers: readonly NamedMatch[]): Route => ({
  ...route,
  match: { ...route.match, headers: [...headers, ...route.match.headers] },
});
