import { filterChainKey, type FilterChainKey } from '../../ir/filter-chain.ts';
import type { ListenerName, Transport } from '../../ir/listener.ts';
import type { Port } from '../../ir/port.ts';
import type { ServerNames } from '../../ir/server-name.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';

/** Names the listener of a port on all addresses. */
export const listenerName = (port: Port, transport: Transport = 'tcp'): ListenerName =>
  transport === 'tcp' ? `listener-${port}` : `listener-${port}-${transport}`;

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

/** The listener of a chain. */
export const listenerOf = (key: FilterChainKey): ListenerName => key.slice(0, key.indexOf(' '));
