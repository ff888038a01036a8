import { values, type Collection } from '../../../collection/collection.ts';
import { interned } from '../../../collection/intern.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { covers, type Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { NamedMatch, Route } from '../../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { misdirectedRoute, misdirectedRoutes } from '../../contribution/misdirected-routes.ts';
import { winningClaim, type DomainClaim } from '../host/domain-claim.ts';
import { isAcmeChallenge } from '../host/security-model.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import { hostPattern } from '../mapping/host-pattern.ts';
import { associates, candidateKeys, serves } from './association.ts';
import { groupVariants, groupVariantsOnce } from './group-variants.ts';
import { byRouteOrder, groupsOf } from './route-order.ts';

/** A virtual host with the Mappings that have a part in it. */
export interface CompiledVirtualHost {
  readonly virtualHost: VirtualHost;
  readonly mappings: readonly ObjectKey[];
  /** Those of which no request comes here: handshakes of the Host are refused. */
  readonly unreachable?: readonly ObjectKey[];
  readonly problems: readonly Problem[];
}

/** The Mappings, in the groups of `mappingIndexKeys`. */
export interface VirtualHostTables {
  readonly mappings: Collection<ObjectKey, CompiledMapping>;
}

/** Makes the virtual host of a domain: the routes of all Mappings its Host takes, in the order in which they are tried. */
export const compileVirtualHost = (
  claims: Collection<string, DomainClaim>,
  _: VirtualHostKey,
  read: Read<VirtualHostTables>,
): CompiledVirtualHost | undefined => {
  const winner = winningClaim(claims);
  if (winner === undefined) return undefined;
  if (winner.misdirected) return misdirectedHost(winner);
  const mappings = mappingsFor(winner, read);
  const { table, domain, serverName, securityModel, insecureAction, ref, unreachable } = winner;
  const variants = mappings.length > many ? groupVariantsOnce : groupVariants;
  const groups = groupsOf(mappings).map((members) =>
    variants(members, { securityModel, insecureAction, hostMatch: hostMatch(winner, members) }),
  );
  const [only, ...others] = groups;
  const problems =
    only !== undefined && others.length === 0
      ? only.problems
      : groups.flatMap((group) => group.problems);
  return {
    virtualHost: {
      table,
      domain,
      routes:
        only !== undefined && others.length === 0 && serverName === undefined
          ? only.routes
          : misdirected(ref, serverName).concat(groups.flatMap(({ routes }) => routes)),
      from: originOf(ref),
    },
    mappings: mappings.map(({ key }) => key),
    ...(unreachable && {
      unreachable: mappings.filter((one) => !isAcmeChallenge(one)).map(({ key }) => key),
    }),
    problems: problems.length === 0 ? noProblems : problems,
  };
};

/** All virtual hosts of a Host share the list. */
const originOf = interned((ref): readonly ObjectRef[] => [ref as ObjectRef]);

/** From this number of Mappings on, making all routes anew costs more than remembering them. */
const many = 64;

/** The virtual host of a domain for which no connection of this table is right: it answers 421. */
const misdirectedHost = (winner: DomainClaim): CompiledVirtualHost => ({
  virtualHost: {
    table: winner.table,
    domain: winner.domain,
    routes: misdirectedRoutes(winner.ref),
    from: originOf(winner.ref),
  },
  mappings: [],
  problems: noProblems,
});

const misdirected = (host: ObjectRef, serverName: Hostname | undefined): readonly Route[] =>
  serverName === undefined ? [] : misdirectedRoute(host, serverName);

/** The Mappings of a domain, the one tried first in front; a Mapping found twice counts once. */
const mappingsFor = (
  { domain, selector, mappingNamespaces }: DomainClaim,
  read: Read<VirtualHostTables>,
): readonly CompiledMapping[] => {
  const host = { hostname: domain, selector, mappingNamespaces };
  const found: CompiledMapping[] = [];
  let groups = 0;
  for (const key of candidateKeys(domain, selector)) {
    const group = read('mappings', key);
    if (group === undefined) continue;
    groups += 1;
    for (const mapping of values(group))
      if (serves(mapping, domain) && associates(host, mapping, mapping.key)) found.push(mapping);
  }
  return (groups < 2 ? found : [...new Set(found)]).sort(byRouteOrder);
};

/** What a route must still ask of `:authority`, because its domain does not say it already. */
const hostMatch = (
  { domain }: DomainClaim,
  [mapping]: readonly CompiledMapping[],
): readonly NamedMatch[] => {
  if (mapping?.hostRegex !== undefined)
    return [
      { name: ':authority', match: { _tag: 'Regex', value: hostPattern(mapping.hostRegex) } },
    ];
  const { hostname } = mapping ?? {};
  if (hostname === undefined || covers(hostname, domain)) return [];
  const match = hostname.startsWith('*')
    ? ({ _tag: 'Regex', value: `.+${literal(hostname.slice(1))}(:[0-9]+)?` } as const)
    : ({ _tag: 'Prefix', value: hostname.slice(0, -1) } as const);
  return [{ name: ':authority', match }];
};

/** Of what a hostname can hold only a dot means something in RE2. The authority may carry a port. */
const literal = (text: string): string => text.replaceAll('.', '\\.');
