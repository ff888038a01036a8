import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { indexKey, type Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { BoundHost } from '../host/binding.ts';
import {
  claimsByVirtualHost,
  namedClaims,
  ownClaims,
  type Claim,
  type Claims,
  type ClaimTables,
} from '../host/claim.ts';
import type { Rule } from '../mapping/compiled-mapping.ts';
import { ruleIndexKeys, type Associated } from './association.ts';
import {
  compileVirtualHost,
  type CompiledVirtualHost,
  type VirtualHostTables,
} from './virtual-host.ts';

type Names = Collection<ObjectKey, Associated>;

/** From bound Hosts and rules to virtual hosts. */
export interface RouteGraph {
  readonly hostIndex: Grouped<ObjectKey, BoundHost, string, BoundHost>;
  readonly ruleIndex: Grouped<ObjectKey, Rule, string, Rule>;
  readonly names: Grouped<ObjectKey, Rule, Hostname, Associated>;
  readonly named: Joined<Hostname, Names, ClaimTables, Claims>;
  readonly own: Joined<ObjectKey, BoundHost, ClaimTables, Claims>;
  readonly claims: United<string, Claims>;
  readonly byVirtualHost: Grouped<string, Claims, VirtualHostKey, Claim>;
  readonly compiled: Joined<
    VirtualHostKey,
    Collection<string, Claim>,
    VirtualHostTables,
    CompiledVirtualHost
  >;
  readonly virtualHosts: Mapped<VirtualHostKey, CompiledVirtualHost, VirtualHost>;
  readonly users: Grouped<VirtualHostKey, CompiledVirtualHost, ObjectKey, true>;
  readonly idle: Joined<ObjectKey, Rule, IdleTables, readonly Problem[]>;
}

/**
 * Settles which domains there are and makes the routes of each.
 *
 * Every key of `own` is a Host's and holds a slash; no hostname does, so the two never meet in
 * `claims`.
 */
export function* routeGraph(
  previous: RouteGraph | undefined,
  hosts: Collection<ObjectKey, BoundHost>,
  rules: Collection<ObjectKey, Rule>,
): Work<RouteGraph> {
  const hostIndex = yield* indexHosts(previous?.hostIndex, hosts);
  const ruleIndex = yield* indexRules(previous?.ruleIndex, rules);
  const names = yield* namesOf(previous?.names, rules);
  const named = yield* namedEach(previous?.named, names.output, { hosts: hostIndex.output });
  const own = yield* ownEach(previous?.own, hosts, { hosts: hostIndex.output });
  const claims = yield* union<string, Claims>(previous?.claims, own.output, named.output);
  const byVirtualHost = yield* claimsOf(previous?.byVirtualHost, claims.output);
  const compiled = yield* compileEach(previous?.compiled, byVirtualHost.output, {
    rules: ruleIndex.output,
  });
  const users = yield* usersOf(previous?.users, compiled.output);
  return {
    hostIndex,
    ruleIndex,
    names,
    named,
    own,
    claims,
    byVirtualHost,
    compiled,
    virtualHosts: yield* virtualHostEach(previous?.virtualHosts, compiled.output),
    users,
    idle: yield* idleEach(previous?.idle, rules, { users: users.output }),
  };
}

const indexHosts = groupBy((host: BoundHost, _: ObjectKey) => [
  [indexKey(host.hostname), host] as const,
]);

const indexRules = groupBy((rule: Rule, _: ObjectKey) =>
  ruleIndexKeys(rule).map((key) => [key, rule] as const),
);

/** Only what association needs, so that no other edit of a Mapping settles domains anew. */
const namesOf = groupBy(
  ({ hostname, labels }: Rule, _: ObjectKey): readonly (readonly [Hostname, Associated])[] =>
    hostname === undefined || hostname === '*' ? [] : [[hostname, { hostname, labels }]],
);

const namedEach = joinEach(namedClaims);

const ownEach = joinEach(ownClaims);

const claimsOf = groupBy((claims: Claims, _: string) => claimsByVirtualHost(claims));

const compileEach = joinEach(compileVirtualHost);

const virtualHostEach = mapEach(
  ({ virtualHost }: CompiledVirtualHost, _: VirtualHostKey) => virtualHost,
);

const usersOf = groupBy(({ rules }: CompiledVirtualHost, _: VirtualHostKey) =>
  rules.map((rule) => [rule, true as const] as const),
);

interface IdleTables {
  readonly users: Collection<VirtualHostKey, true>;
}

/** A Mapping that no virtual host uses answers nothing, and says so. */
const idleEach = joinEach(
  ({ ref }: Rule, key: ObjectKey, read: Read<IdleTables>): readonly Problem[] | undefined =>
    read('users', key) === undefined
      ? [
          {
            _tag: 'NotAttached',
            object: ref,
            field: '',
            reason: 'no Host takes this Mapping; expected one by hostname or mappingSelector',
          },
        ]
      : undefined,
);
