import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import { isPart, writtenField } from '../ingress/ingress-part.ts';
import type { AttachedHost } from './attachment.ts';
import { settleName } from './host-precedence.ts';

/** From attached Hosts to Hosts of which no two have one hostname on one Listener. */
export interface NameOwners {
  readonly byHostname: Grouped<ObjectKey, AttachedHost, Hostname, AttachedHost>;
  /** The Hosts that lose their name on a Listener, without these Listeners. */
  readonly losers: Mapped<Hostname, Collection<ObjectKey, AttachedHost>, readonly AttachedHost[]>;
  readonly byLoser: Grouped<Hostname, readonly AttachedHost[], ObjectKey, AttachedHost>;
  readonly reduced: Mapped<ObjectKey, Collection<Hostname, AttachedHost>, AttachedHost>;
  /** All Hosts, each with the Listeners on which it has its name. */
  readonly hosts: United<ObjectKey, AttachedHost>;
}

/**
 * Settles which Host has a hostname on each Listener, in cleartext and over TLS alike. A Host that lost
 * its name on a Listener is no longer attached to it, and says who has the name.
 */
export function* nameOwners(
  previous: NameOwners | undefined,
  attached: Collection<ObjectKey, AttachedHost>,
): Work<NameOwners> {
  const byHostname = yield* groupByHostname(previous?.byHostname, attached);
  const losers = yield* losersEach(previous?.losers, byHostname.output);
  const byLoser = yield* groupByLoser(previous?.byLoser, losers.output);
  const reduced = yield* onlyEach(previous?.reduced, byLoser.output);
  const hosts = yield* union(previous?.hosts, reduced.output, attached);
  return { byHostname, losers, byLoser, reduced, hosts };
}

const groupByHostname = groupBy((host: AttachedHost, _: ObjectKey) => [
  [host.hostname, host] as const,
]);

const losersEach = mapEach((hosts: Collection<ObjectKey, AttachedHost>, _: Hostname) =>
  hosts.size === 1 ? undefined : losersOf([...values(hosts)]),
);

const groupByLoser = groupBy((losers: readonly AttachedHost[], _: Hostname) =>
  losers.map((host) => [host.key, host] as const),
);

/** A Host has one hostname, so it is in one group. */
const onlyEach = mapEach((hosts: Collection<Hostname, AttachedHost>, _: ObjectKey) => {
  const [only] = values(hosts);
  return only;
});

/** Ingresses of one host with one certificate lose nothing to each other: whoever has it serves it for all. */
const isLoss = ({ loser, winner }: ReturnType<typeof settleName<AttachedHost>>[number]): boolean =>
  !isPart(loser.key) || loser.certificate.secret !== winner.certificate.secret;

const losersOf = (rivals: readonly AttachedHost[]): readonly AttachedHost[] => {
  const taken = rivals.flatMap((host) =>
    host.listeners.map(({ ref }) => ({ host, listener: ref })),
  );
  const losses = [...Map.groupBy(taken, ({ listener }) => listener)].flatMap(([listener, takers]) =>
    settleName(takers.map(({ host }) => host)).map((lost) => ({ ...lost, listener })),
  );
  return [...Map.groupBy(losses, ({ loser }) => loser)].map(([host, lost]) => ({
    ...host,
    listeners: host.listeners.filter(({ ref }) => lost.every(({ listener }) => listener !== ref)),
    problems: host.problems.concat(
      lost.filter(isLoss).map(({ listener, winner, reason }) => ({
        _tag: 'Conflict',
        object: host.ref,
        field: writtenField(host.key, 'spec.hostname'),
        other: winner.ref,
        reason: `${host.hostname} on ${listener} is claimed by another Host, ${reason}`,
      })),
    ),
  }));
};
