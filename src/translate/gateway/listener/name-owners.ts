import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import { patternsAround } from '../../../ir/server-name.ts';
import { byRank, isServed, type CompiledParent, type Rank } from './compiled-parent.ts';

/** Which listener has a hostname on an address, of those that speak one protocol there. */
export interface NameOwners {
  readonly byName: Grouped<ObjectRef, CompiledParent, NameKey, Wanted>;
  readonly owners: Mapped<NameKey, Collection<ObjectRef, Wanted>, NameOwner>;
  /** The hostnames over TLS, by each wider one. */
  readonly within: Grouped<NameKey, NameOwner, NameKey, true>;
}

/** A protocol and a hostname on an address. */
export type NameKey = `${ListenerName} ${string}`;

/** The listener that has a hostname. */
export interface NameOwner {
  readonly parent: ObjectRef;
  readonly section: string;
}

interface Wanted {
  readonly rank: Rank;
  readonly section: string;
}

/** Joins an address, a protocol and a hostname; none of them holds a space. */
export const nameKey = (listener: ListenerName, protocol: string, hostname: Hostname): NameKey =>
  `${listener} ${protocol} ${hostname}`;

/** Settles which listener has each hostname. */
export function* nameOwners(
  previous: NameOwners | undefined,
  parents: Collection<ObjectRef, CompiledParent>,
): Work<NameOwners> {
  const byName = yield* wantedBy(previous?.byName, parents);
  const owners = yield* ownerEach(previous?.owners, byName.output);
  return { byName, owners, within: yield* withinOf(previous?.within, owners.output) };
}

/** The keys of all wider hostnames on the same address. */
export const widerKeys = (key: NameKey): readonly NameKey[] => {
  const [listener = '', protocol = '', hostname = ''] = key.split(' ');
  return patternsAround(hostname)
    .filter((pattern) => pattern !== hostname)
    .map((pattern) => nameKey(listener, protocol, pattern));
};

const withinOf = groupBy((_: NameOwner, key: NameKey) =>
  key.includes(' HTTPS ') ? widerKeys(key).map((wider) => [wider, true as const] as const) : [],
);

/** Of one object the listener that is listed first. */
const wantedBy = groupBy(({ rank, entries }: CompiledParent, _: ObjectRef) => {
  const wanted = new Map<NameKey, Wanted>();
  for (const { addresses, protocol, hostname, section } of entries) {
    if (!isServed(protocol)) continue;
    for (const { name } of addresses) {
      const key = nameKey(name, protocol, hostname);
      if (!wanted.has(key)) wanted.set(key, { rank, section });
    }
  }
  return wanted;
});

const ownerEach = mapEach(
  (all: Collection<ObjectRef, Wanted>, _: NameKey): NameOwner | undefined => {
    const [head, ...others] = [...values(all)];
    if (head === undefined) return undefined;
    const { rank, section } = others.reduce(
      (best, one) => (byRank(one.rank, best.rank) < 0 ? one : best),
      head,
    );
    return { parent: (rank.set ?? rank.gateway).ref, section };
  },
);
