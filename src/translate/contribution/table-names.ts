import { filterChainKey, type FilterChainKey } from '../../ir/filter-chain.ts';
import { canonicalAddress } from '../../ir/address/ip-address.ts';
import { allAddresses, type ListenerName, type Transport } from '../../ir/listener.ts';
import type { Port } from '../../ir/port.ts';
import type { ServerNames } from '../../ir/server-name.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';

/**
 * Names the listener of a port on all addresses, or on one: `listener-8080`, `listener-8080-udp`,
 * `listener-192.0.2.7-8080`, `listener-2001:db8::7-8080`. However an address is written, it has one name.
 */
export const listenerName = (
  port: Port,
  transport: Transport = 'tcp',
  address: string = allAddresses,
): ListenerName => {
  const of = address === allAddresses ? '' : `-${canonicalAddress(address)}`;
  return transport === 'tcp' ? `listener${of}-${port}` : `listener${of}-${port}-${transport}`;
};

/** Names the table of a listener's connections in cleartext. */
export const cleartextTable = (listener: ListenerName): RouteTableName => `${listener}/cleartext`;

/** Names the table of a listener's TLS connections, where one chain serves all server names. */
export const sharedTlsTable = (listener: ListenerName): RouteTableName => `${listener}/tls`;

/** Names the table of chains that refuse their handshakes; no request ever uses it. */
export const refusedTable = (listener: ListenerName): RouteTableName => `${listener}/refused`;

/** Names the table of TLS connections for server names that have a chain of their own. */
export const tlsTable = (listener: ListenerName, names: ServerNames): RouteTableName =>
  `${listener}/${tlsChain(names)}`;

/** The key of the chain that is for these server names alone; it is also that of a claim to them. */
export const tlsChainKey = (listener: ListenerName, names: ServerNames): FilterChainKey =>
  filterChainKey(listener, tlsChain(names));

/** Names the chain that is for these server names alone. */
export const tlsChain = (names: ServerNames): string => `tls/${names}`;

/** The listener of a table. */
export const listenerOfTable = (table: RouteTableName): ListenerName =>
  table.slice(0, table.indexOf('/'));

/** The listener of a chain. */
export const listenerOf = (key: FilterChainKey): ListenerName => key.slice(0, key.indexOf(' '));
