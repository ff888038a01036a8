import { values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { PortClaim, PortClaims } from '../../contribution/contribution.ts';
import { byAge } from '../../contribution/seniority.ts';
import {
  byRank,
  isServed,
  type CompiledParent,
  type EntryAddress,
  type Rank,
  type ServedProtocol,
} from './compiled-parent.ts';

/** From listeners to the addresses that Envoy opens for them. */
export interface PortWishes extends PortClaims {
  readonly byAddress: Grouped<ObjectRef, CompiledParent, ListenerName, PortWish>;
  readonly claims: Mapped<ListenerName, Collection<ObjectRef, PortWish>, PortClaim>;
  /** The listener that comes first on each address: its protocol is spoken there. */
  readonly first: Mapped<ListenerName, Collection<ObjectRef, PortWish>, FirstListener>;
}

/** The first of the listeners of one object that are on an address. */
export interface FirstListener {
  readonly parent: ObjectRef;
  readonly section: string;
  readonly protocol: ServedProtocol;
}

/** An object that has listeners on an address. */
interface PortWish extends FirstListener {
  readonly rank: Rank;
  readonly created?: string;
  readonly address: EntryAddress;
}

/** Claims each address that a listener is on, for all objects that have listeners there. */
export function* portWishes(
  previous: PortWishes | undefined,
  parents: Collection<ObjectRef, CompiledParent>,
): Work<PortWishes> {
  const byAddress = yield* wishesOf(previous?.byAddress, parents);
  const claims = yield* claimEach(previous?.claims, byAddress.output);
  const first = yield* firstEach(previous?.first, byAddress.output);
  return { byAddress, claims, first, ports: claims.output };
}

const wishesOf = groupBy((parent: CompiledParent, ref: ObjectRef) => {
  const wishes = new Map<ListenerName, PortWish>();
  for (const { section, protocol, addresses } of parent.entries)
    for (const address of addresses)
      if (isServed(protocol) && !wishes.has(address.name))
        wishes.set(
          address.name,
          definedOnly<PortWish>({
            parent: ref,
            section,
            protocol,
            rank: parent.rank,
            created: parent.created,
            address,
          }),
        );
  return wishes;
});

const firstOf = (wishes: Collection<ObjectRef, PortWish>): PortWish | undefined => {
  const [head, ...others] = values(wishes);
  return head === undefined
    ? undefined
    : others.reduce((best, one) => (byRank(one.rank, best.rank) < 0 ? one : best), head);
};

const firstEach = mapEach(
  (wishes: Collection<ObjectRef, PortWish>, _: ListenerName): FirstListener | undefined => {
    const first = firstOf(wishes);
    return first === undefined
      ? undefined
      : { parent: first.parent, section: first.section, protocol: first.protocol };
  },
);

const claimEach = mapEach(
  (wishes: Collection<ObjectRef, PortWish>, name: ListenerName): PortClaim | undefined => {
    const first = firstOf(wishes);
    if (first === undefined) return undefined;
    const all = [...values(wishes)];
    const [oldest] = all.toSorted(byAge);
    const tls = first.protocol === 'HTTPS';
    return definedOnly<PortClaim>({
      field: 'spec.listeners',
      created: oldest?.created,
      listener: {
        name,
        address: first.address.address,
        port: first.address.port,
        transport: 'tcp',
        tlsInspector: tls,
        proxyProtocol: false,
        from: all.map(({ parent }) => parent).sort(),
      },
      http: { statPrefix: tls ? 'ingress_https' : 'ingress_http', trustedHops: 0 },
    });
  },
);
