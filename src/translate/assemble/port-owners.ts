import type { Collection } from '../../collection/collection.ts';
import { fold } from '../../collection/operator/fold.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { unionOf, type Shared, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import { isIpV4 } from '../../ir/address/ip-address.ts';
import { allAddresses, type Listener, type ListenerName } from '../../ir/listener.ts';
import type { Problem } from '../../problem/problem.ts';
import type { PortClaim, Ports } from '../contribution/contribution.ts';
import { byAge } from '../contribution/seniority.ts';
import { listenerName } from '../contribution/table-names.ts';
import { sharingProblems, together } from './port-sharing.ts';

/** Who has each address. */
export interface PortOwners {
  readonly claims: UnitedAll<ListenerName, PortClaim>;
  /** For each union of the claims of two languages. */
  readonly conflicts: readonly Mapped<ListenerName, Shared<PortClaim>, readonly Problem[]>[];
  /** The claims to a port on one address, by the listener of that port on all addresses. */
  readonly ofAddresses: Grouped<ListenerName, PortClaim, ListenerName, PortClaim>;
  /** The one of them that comes first. */
  readonly first: Mapped<ListenerName, Collection<ListenerName, PortClaim>, PortClaim>;
  /** What keeps a claim from its port. */
  readonly rivals: Joined<ListenerName, PortClaim, RivalTables, Lost>;
  readonly ports: Joined<ListenerName, PortClaim, LostTables, PortClaim>;
}

interface RivalTables {
  readonly claims: PortClaim;
  readonly first: PortClaim;
}

/** A claim that does not count, because of a claim to another address. */
interface Lost {
  readonly problems: readonly Problem[];
}

interface LostTables {
  readonly rivals: Lost;
}

/**
 * Settles who has an address that several languages claim: all of them where they carry HTTP, else the
 * oldest, of one age the first language.
 *
 * A TCP port is open on all addresses or on single ones, because the kernel lets nobody bind both (decision
 * 35). Which of it is settled by the oldest claim to the port; of one age it is open on all.
 */
export function* portOwners(
  previous: PortOwners | undefined,
  claimed: readonly Ports[],
): Work<PortOwners> {
  const claims = yield* unionOf(previous?.claims, claimed, together);
  const conflicts: Mapped<ListenerName, Shared<PortClaim>, readonly Problem[]>[] = [];
  for (const [i, { shared }] of claims.unions.entries())
    conflicts.push(yield* conflictEach(previous?.conflicts[i], shared));
  const ofAddresses = yield* byPort(previous?.ofAddresses, claims.output);
  const first = yield* firstEach(previous?.first, ofAddresses.output);
  const rivals = yield* rivalEach(previous?.rivals, claims.output, {
    claims: claims.output,
    first: first.output,
  });
  return {
    claims,
    conflicts,
    ofAddresses,
    first,
    rivals,
    ports: yield* ownedEach(previous?.ports, claims.output, { rivals: rivals.output }),
  };
}

const conflictEach = mapEach(sharingProblems);

/** Sockets for UDP can be bound to all addresses and to single ones; each datagram goes to the closest. */
const isOfOneAddress = ({ transport, address }: Listener): boolean =>
  transport === 'tcp' && address !== allAddresses && isIpV4(address);

const byPort = groupBy((claim: PortClaim, _: ListenerName) =>
  isOfOneAddress(claim.listener) ? [[listenerName(claim.listener.port), claim] as const] : [],
);

const before = (left: PortClaim, right: PortClaim): number =>
  byAge(left, right) || (left.listener.name < right.listener.name ? -1 : 1);

const firstOf = fold<ListenerName, PortClaim, PortClaim>(
  (claim) => claim,
  (claims) => claims.reduce((left, right) => (before(left, right) < 0 ? left : right)),
);

const firstEach = mapEach((claims: Collection<ListenerName, PortClaim>, _: ListenerName) =>
  firstOf(claims),
);

const rivalEach = joinEach((claim: PortClaim, name: ListenerName, read: Read<RivalTables>) => {
  const isOne = isOfOneAddress(claim.listener);
  const wide = isOne ? listenerName(claim.listener.port) : name;
  const ofAll = isOne ? read('claims', wide) : claim;
  if (ofAll === undefined) return undefined;
  const first = read('first', wide);
  if (first === undefined) return undefined;
  const winner = byAge(first, ofAll) < 0 ? first : ofAll;
  return (winner === ofAll) === isOne ? lostTo(claim, winner) : undefined;
});

const lostTo = ({ field, listener }: PortClaim, { listener: winner }: PortClaim): Lost => ({
  problems: listener.from.map((object) => ({
    _tag: 'Conflict',
    object,
    field,
    other: winner.from[0] ?? object,
    reason: `port ${listener.port} is claimed ${on(listener)} and ${on(winner)}, and only one of these can be had`,
  })),
});

const on = ({ address }: Listener): string =>
  address === allAddresses ? 'on all addresses' : `on ${address}`;

const ownedEach = joinEach((claim: PortClaim, name: ListenerName, read: Read<LostTables>) =>
  read('rivals', name) === undefined ? claim : undefined,
);
