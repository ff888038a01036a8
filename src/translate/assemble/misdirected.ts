import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import type { Work } from '../../collection/work.ts';
import type { Hostname } from '../../ir/hostname.ts';
import { noMutation } from '../../ir/no-mutation.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { NamedMatch, Route } from '../../ir/route.ts';
import { serverNameHeader } from '../../ir/server-certificate.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { BoundHost } from '../emissary/host/binding.ts';

/** What answers requests that came on a connection for another server name (RFC 9110 §15.5.20). */
export interface MisdirectedGraph {
  readonly wanted: Grouped<ObjectKey, BoundHost, VirtualHostKey, true>;
  readonly virtualHosts: Joined<VirtualHostKey, Wanted, ServedTables, VirtualHost>;
}

type Wanted = Collection<ObjectKey, true>;

interface ServedTables {
  readonly served: VirtualHost;
}

/**
 * A virtual host `*` that answers 421 in each table for TLS connections that has none: a client that
 * uses a connection for hosts that were not asked for in its handshake tries again on another one.
 */
export function* misdirectedGraph(
  previous: MisdirectedGraph | undefined,
  hosts: Collection<ObjectKey, BoundHost>,
  served: Collection<VirtualHostKey, VirtualHost>,
): Work<MisdirectedGraph> {
  const wanted = yield* catchAllsOf(previous?.wanted, hosts);
  return {
    wanted,
    virtualHosts: yield* catchAllEach(previous?.virtualHosts, wanted.output, { served }),
  };
}

/** Answers every request so. */
export const misdirectedRoutes = (): readonly Route[] => [respond([])];

/** In a table of all TLS Hosts: takes requests on connections for names outside of a Host's. */
export const misdirectedRoute = (hostname: Hostname): readonly Route[] =>
  hostname === '*' ? [] : [respond([isOutside(hostname)])];

const isOutside = (hostname: Hostname): NamedMatch => ({
  name: serverNameHeader,
  match: hostname.startsWith('*')
    ? { _tag: 'Suffix', value: hostname.slice(1) }
    : { _tag: 'Exact', value: hostname },
  inverted: true,
});

const catchAllsOf = groupBy((host: BoundHost, _: ObjectKey) =>
  host.tables
    .filter(({ tls }) => tls !== undefined)
    .map(({ table }): readonly [VirtualHostKey, true] => [`${table} *`, true]),
);

const catchAllEach = joinEach(
  (_: Wanted, key: VirtualHostKey, read: Read<ServedTables>): VirtualHost | undefined =>
    read('served', key) === undefined
      ? { table: key.slice(0, -' *'.length), domain: '*', routes: [respond([])], from: [] }
      : undefined,
);

const respond = (headers: readonly NamedMatch[]): Route => ({
  match: {
    path: { _tag: 'Prefix', value: '/', caseSensitive: true },
    headers,
    queryParameters: [],
  },
  action: { _tag: 'Respond', status: 421 },
  requestHeaders: noMutation,
  responseHeaders: noMutation,
  from: [],
});
