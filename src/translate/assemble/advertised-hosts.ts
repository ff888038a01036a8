import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { mapGiven, type MappedGiven } from '../../collection/operator/map-given.ts';
import { get, values } from '../../collection/collection.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { Listener, ListenerName } from '../../ir/listener.ts';
import type { Port } from '../../ir/port.ts';
import { virtualHostKey, type VirtualHost, type VirtualHostKey } from '../../ir/virtual-host.ts';
import { listenerName, listenerOfTable, sharedTlsTable } from '../contribution/table-names.ts';

/** The virtual hosts, of which those over TLS tell their clients where they are served over HTTP/3. */
export interface AdvertisedHosts {
  /** The listeners over QUIC that are told of. */
  readonly told: Mapped<ListenerName, Listener, Told>;
  /** The virtual hosts that are served there. */
  readonly overQuic: MappedGiven<VirtualHostKey, VirtualHost, Collection<ListenerName, Told>, Twin>;
  readonly twins: Grouped<VirtualHostKey, Twin, VirtualHostKey, Port>;
  readonly advertised: Joined<
    VirtualHostKey,
    Collection<VirtualHostKey, Port>,
    HostTables,
    VirtualHost
  >;
  readonly all: United<VirtualHostKey, VirtualHost>;
}

/** Where the same is served over TCP, and the port to tell of there. */
interface Told {
  readonly overTcp: ListenerName;
  readonly port: Port;
}

/** The keys that the virtual host of the same domain can have over TCP, with TLS. */
interface Twin {
  readonly keys: readonly VirtualHostKey[];
  readonly port: Port;
}

interface HostTables {
  readonly hosts: VirtualHost;
}

/**
 * Has a virtual host over TLS tell of HTTP/3 where the same domain is served over QUIC on the same port. In
 * cleartext nobody is told: the answer could be anybody's.
 */
export function* advertisedHosts(
  previous: AdvertisedHosts | undefined,
  listeners: Collection<ListenerName, Listener>,
  hosts: Collection<VirtualHostKey, VirtualHost>,
): Work<AdvertisedHosts> {
  const told = yield* toldEach(previous?.told, listeners);
  const given = told.output.size === 0 ? undefined : told.output;
  const overQuic = yield* twinEach(previous?.overQuic, hosts, given);
  const twins = yield* byKey(previous?.twins, overQuic.output);
  const advertised = yield* advertisedEach(previous?.advertised, twins.output, { hosts });
  const all = yield* union(previous?.all, advertised.output, hosts);
  return { told, overQuic, twins, advertised, all };
}

const toldEach = mapEach(({ port, quic }: Listener, _: ListenerName): Told | undefined =>
  quic?.advertisedPort === undefined
    ? undefined
    : { overTcp: listenerName(port), port: quic.advertisedPort },
);

const twinEach = mapGiven(
  (
    { table, domain }: VirtualHost,
    _: VirtualHostKey,
    told: Collection<ListenerName, Told>,
  ): Twin | undefined => {
    const listener = listenerOfTable(table);
    const found = get(told, listener);
    if (found === undefined) return undefined;
    const { overTcp, port } = found;
    const ofOwn = `${overTcp}${table.slice(listener.length)}`;
    return {
      keys: [ofOwn, sharedTlsTable(overTcp)].map((one) => virtualHostKey(one, domain)),
      port,
    };
  },
);

const byKey = groupBy(({ keys, port }: Twin, _: VirtualHostKey) =>
  keys.map((key) => [key, port] as const),
);

const advertisedEach = joinEach(
  (
    ports: Collection<VirtualHostKey, Port>,
    key: VirtualHostKey,
    read: Read<HostTables>,
  ): VirtualHost | undefined => {
    const [host, [http3Port]] = [read('hosts', key), values(ports)];
    return host && http3Port && { ...host, http3Port };
  },
);
