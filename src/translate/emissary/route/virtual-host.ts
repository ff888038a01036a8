import { values, type Collection } from '../../../collection/collection.ts';
import { interned } from '../../../collection/intern.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { covers, type Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { NamedMatch, Route } from '../../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { misdirectedRoute, misdirectedRoutes } from '../../assemble/misdirected.ts';
import { winningClaim, type Claim } from '../host/claim.ts';
import type { Rule } from '../mapping/compiled-mapping.ts';
import { associates, candidateKeys, serves } from './association.ts';
import { groupVariants, groupVariantsOnce } from './group-variants.ts';
import { byPriority, groupsOf } from './route-order.ts';

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
  if (winner.misdirected) return misdirectedHost(winner, losers);
  const rules = rulesFor(winner, read);
  const { table, domain, serverName, securityModel, insecureAction, ref } = winner;
  const variants = rules.length > many ? groupVariantsOnce : groupVariants;
  const groups = groupsOf(rules).map((members) =>
    variants(members, { securityModel, insecureAction, hostMatch: hostMatch(winner, members) }),
  );
  const [only, ...others] = groups;
  const problems = [
    ...(only !== undefined && others.length === 0
      ? only.problems
      : groups.flatMap((group) => group.problems)),
    ...losers.map((loser) => lost(loser, winner)),
  ];
  return {
    virtualHost: {
      table,
      domain,
      routes:
        only !== undefined && others.length === 0 && serverName === undefined
          ? only.routes
          : misdirected(serverName).concat(groups.flatMap(({ routes }) => routes)),
      from: originOf(ref),
    },
    rules: rules.map(({ key }) => key),
    problems: problems.length === 0 ? noProblems : problems,
  };
};

/** All virtual hosts of a Host share the list. */
const originOf = interned((ref): readonly ObjectRef[] => [ref as ObjectRef]);

/** From here on, making all routes anew costs more than remembering them. */
const many = 64;

/** A domain that is asked for on connections of others, or has none that it could be asked for on. */
const misdirectedHost = (winner: Claim, losers: readonly Claim[]): CompiledVirtualHost => ({
  virtualHost: {
    table: winner.table,
    domain: winner.domain,
    routes: misdirectedRoutes(),
    from: originOf(winner.ref),
  },
  rules: [],
  problems: losers.map((loser) => lost(loser, winner)),
});

const misdirected = (serverName: Hostname | undefined): readonly Route[] =>
  serverName === undefined ? [] : misdirectedRoute(serverName);

/** The rules of a domain, the one tried first in front; a rule found twice counts once. */
const rulesFor = ({ domain, selector }: Claim, read: Read<VirtualHostTables>): readonly Rule[] => {
  const host = { hostname: domain, selector };
  const found: Rule[] = [];
  let groups = 0;
  for (const key of candidateKeys(domain, selector)) {
    const group = read('rules', key);
    if (group === undefined) continue;
    groups += 1;
    for (const rule of values(group))
      if (serves(rule, domain) && associates(host, rule)) found.push(rule);
  }
  return (groups < 2 ? found : [...new Set(found)]).sort(byPriority);
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

const lost = (loser: Claim, winner: Claim): Problem => ({
  _tag: 'Conflict',
  object: loser.ref,
  field: 'spec.hostname',
  other: winner.ref,
  reason: `${loser.domain} on ${loser.table} is claimed by two Hosts`,
});
