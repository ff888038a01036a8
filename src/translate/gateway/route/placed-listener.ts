import { values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ServedName } from '../../../ir/server-name.ts';
import type { RouteTableName } from '../../../ir/virtual-host.ts';
import {
  cleartextTable,
  sharedTlsTable,
  tlsChainKey,
  tlsTable,
} from '../../contribution/table-names.ts';
import type { ListenerLayout } from '../../contribution/tls-layout.ts';
import type { SettledListener } from '../listener/settled-listener.ts';
import type { ListenerKey } from './listener-key.ts';

/** A Gateway listener with the table in which its routes are. */
export interface PlacedListener {
  readonly key: ListenerKey;
  readonly parent: ObjectRef;
  readonly scope: Scope;
  readonly hostname: Hostname;
  readonly port: number;
  readonly protocol: SettledListener['protocol'];
  /** Absent: no connection is for it; its handshakes are refused, or another object lets in anybody. */
  readonly table?: RouteTableName;
  /** In a table of all TLS connections: only those for its hostname are for it. */
  readonly serverName?: Hostname;
  /** In such a table: it has no certificate that can be served, so no request can be for it (421). */
  readonly misdirected?: true;
}

/** Where a hostname belongs to one Gateway listener alone: an address, for cleartext or for TLS. */
export type Scope = `${string} ${SettledListener['protocol']}`;

/** What decides the table of a listener. */
export interface PlacingTables {
  readonly layouts: ListenerLayout;
  /** Who serves each server name on each address, of all languages. */
  readonly serverNames: ServedName;
}

/**
 * Finds the table of a Gateway listener: that of cleartext connections, of its server name, or of all TLS
 * connections where certificates come on demand. One that is neither served nor keeps others from serving
 * its hostname has no place.
 */
export const placeListener = (
  group: Collection<ObjectRef, SettledListener>,
  key: ListenerKey,
  read: Read<PlacingTables>,
): PlacedListener | undefined => {
  const [settled] = values(group);
  if (settled === undefined) return undefined;
  const { parent, hostname, port, protocol, listener, isUncertified } = settled;
  const isServed = settled.unserved === undefined;
  if (!isServed && isUncertified === undefined) return undefined;
  const place = { key, parent, scope: scopeOf(settled), hostname, port, protocol };
  if (protocol === 'HTTP') return { ...place, table: cleartextTable(listener) };
  if (settled.asksClients === true && isServedByOther(settled, read)) return place;
  if (read('layouts', listener)?.layout !== 'on-demand')
    return isServed ? { ...place, table: tlsTable(listener, hostname) } : place;
  return {
    ...place,
    table: sharedTlsTable(listener),
    serverName: hostname,
    ...(!isServed && { misdirected: true as const }),
  };
};

/** Whether somebody else lets in who asks for the name: without the certificate that this listener asks for. */
const isServedByOther = (
  { listener, hostname, parent }: SettledListener,
  read: Read<PlacingTables>,
): boolean => read('serverNames', tlsChainKey(listener, hostname))?.from.includes(parent) === false;

const scopeOf = ({ listener, protocol }: SettledListener): Scope => `${listener} ${protocol}`;

/** The listener that has a hostname, of all that want it: one that is served; of these, the first by name. */
export const ownerIn = (
  group: Collection<ListenerKey, PlacedListener>,
): PlacedListener | undefined => {
  let owner: PlacedListener | undefined;
  for (const one of values(group)) if (owner === undefined || comesBefore(one, owner)) owner = one;
  return owner;
};

const comesBefore = (a: PlacedListener, b: PlacedListener): boolean =>
  isServed(a) === isServed(b) ? a.key < b.key : isServed(a);

const isServed = ({ table, misdirected }: PlacedListener): boolean =>
  table !== undefined && misdirected === undefined;
