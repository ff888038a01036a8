import { values, type Collection } from '../collection/collection.ts';
import type { Read } from '../collection/join-each.ts';
import type { ObjectKey } from '../ir/object-ref.ts';
import type { NamedMatch, Route } from '../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../ir/virtual-host.ts';
import type { Problem } from '../problem/problem.ts';
import { associates, candidateKeys, serves } from './association.ts';
import { winningClaim, type Claim } from './claim.ts';
import { groupRoutes } from './group-routes.ts';
import { covers } from './hostname.ts';
import { byPriority, type Rule } from './rule.ts';
import { securityVariants } from './security-model.ts';

/** A virtual host with the Mappings that have a part in it. */
export interface CompiledVirtualHost {
  readonly virtualHost: VirtualHost;
  readonly rules: readonly ObjectKey[];
  readonly problems: readonly Problem[];
}

/** The rules, in the groups of `ruleIndexKeys`. */
export interface VirtualHostTables {
  readonly rules: Collection<ObjectKey, Rule>;
}

/** Makes the virtual host of a domain: the routes of all rules its Host takes, in order of rank. */
export const compileVirtualHost = (
  claims: Collection<string, Claim>,
  _: VirtualHostKey,
  read: Read<VirtualHostTables>,
): CompiledVirtualHost | undefined => {
  const settled = winningClaim(claims);
  if (settled === undefined) return undefined;
  const { winner, losers } = settled;
  const rules = rulesFor(winner, read);
  const groups = [...Map.groupBy(rules, ({ group }) => group).values()].map((members) => ({
    hostMatch: hostMatch(winner, members),
    ...groupRoutes(members),
  }));
  const { table, domain, securityModel, insecureAction, ref } = winner;
  return {
    virtualHost: {
      table,
      domain,
      routes: groups.flatMap(({ routes, hostMatch: match }) =>
        securityVariants(
          routes.map((route) => withHeaders(route, match)),
          securityModel,
          insecureAction,
        ),
      ),
      from: [ref],
    },
    rules: rules.map(({ key }) => key),
    problems: [
      ...groups.flatMap(({ problems }) => problems),
      ...losers.map((loser) => lost(loser, winner)),
    ],
  };
};

/** The rules of a domain, the one tried first in front; a rule found twice counts once. */
const rulesFor = ({ domain, selector }: Claim, read: Read<VirtualHostTables>): readonly Rule[] => {
  const host = { hostname: domain, ...(selector === undefined ? {} : { selector }) };
  const found = new Map<ObjectKey, Rule>();
  for (const key of candidateKeys(domain, selector)) {
    const group = read('rules', key);
    if (group !== undefined)
      for (const rule of values(group))
        if (serves(rule, domain) && associates(host, rule)) found.set(rule.key, rule);
  }
  return [...found.values()].sort(byPriority);
};

/** What a route must still ask of `:authority`, because its domain does not say it already. */
const hostMatch = ({ domain }: Claim, [rule]: readonly Rule[]): readonly NamedMatch[] => {
  if (rule?.hostRegex !== undefined)
    return [{ name: ':authority', match: { _tag: 'Regex', value: rule.hostRegex } }];
  const { hostname } = rule ?? {};
  if (hostname === undefined || covers(hostname, domain)) return [];
  const match = hostname.startsWith('*')
    ? ({ _tag: 'Regex', value: `.+${literal(hostname.slice(1))}(:[0-9]+)?` } as const)
    : ({ _tag: 'Prefix', value: hostname.slice(0, -1) } as const);
  return [{ name: ':authority', match }];
};

/** Of what a hostname can hold only a dot means something in RE2. The authority may carry a port. */
const literal = (text: string): string => text.replaceAll('.', '\\.');

const withHeaders = (route: Route, headers: readonly NamedMatch[]): Route =>
  headers.length === 0
    ? route
    : { ...route, match: { ...route.match, headers: [...headers, ...route.match.headers] } };

const lost = (loser: Claim, winner: Claim): Problem => ({
  _tag: 'Conflict',
  object: loser.ref,
  field: 'spec.hostname',
  other: winner.ref,
  reason: `${loser.domain} on ${loser.table} is claimed by two Hosts`,
});
