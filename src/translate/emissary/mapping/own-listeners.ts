import { keys, values, type Collection } from '../../../collection/collection.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import { isPort, type Port } from '../../../ir/port.ts';
import { specialUse } from '../../../ir/address/special-address.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { PortClaim, Ports } from '../../contribution/contribution.ts';
import { listenerName } from '../../contribution/table-names.ts';

/** A cluster that is a port of the machine that Envoy is on, and the Mappings that use it. */
interface LocalCluster {
  readonly port: Port;
  readonly users: Collection<ObjectKey, Cluster>;
}

/** From clusters to notes for Mappings that lead to a Listener of this gateway. */
export interface OwnListenerGraph {
  readonly local: Mapped<ClusterName, Collection<ObjectKey, Cluster>, LocalCluster>;
  readonly notes: Joined<
    ClusterName,
    LocalCluster,
    { readonly ports: PortClaim },
    readonly Problem[]
  >;
}

/**
 * Finds the Mappings whose requests come back to this gateway by an address of this machine. Some rely
 * on that, so it is only noted.
 */
export function* ownListeners(
  previous: OwnListenerGraph | undefined,
  clusters: Collection<ClusterName, Collection<ObjectKey, Cluster>>,
  ports: Ports,
): Work<OwnListenerGraph> {
  const local = yield* localEach(previous?.local, clusters);
  const notes = yield* notesEach(previous?.notes, local.output, { ports });
  return { local, notes };
}

const localEach = mapEach(
  (users: Collection<ObjectKey, Cluster>, _: ClusterName): LocalCluster | undefined => {
    const [first] = values(users);
    if (first === undefined || first.discovery._tag === 'Eds') return undefined;
    const { discovery } = first;
    const host = discovery._tag === 'Static' ? discovery.address : discovery.host;
    if (specialUse(host) !== 'loopback' || !isPort(discovery.port)) return undefined;
    return { port: discovery.port, users };
  },
);

const notesEach = joinEach<
  ClusterName,
  LocalCluster,
  { readonly ports: PortClaim },
  readonly Problem[]
>(({ port, users }, _, read) => {
  const claim = read('ports', listenerName(port));
  if (claim === undefined) return undefined;
  const note =
    `port ${port} of this machine is that of ${claim.listener.from.join(' and ')}: ` +
    'a request comes back to this gateway, as often as it matches again';
  return [...keys(users)].map((key): Problem => {
    const object = objectRef('Mapping', key);
    return { _tag: 'Note', object, field: 'spec.service', note };
  });
});
