import { values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { union, unionOf, type United, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { AccessLog } from '../../ir/access-log/access-log.ts';
import {
  filterChainKey,
  type FilterChain,
  type FilterChainKey,
  type Http,
} from '../../ir/filter-chain.ts';
import type { HttpOptions } from '../../ir/http-options.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import type { Listener, ListenerName } from '../../ir/listener.ts';
import { hasTable, type ServedName } from '../../ir/server-name.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';
import type { PortClaim, Ports, ServerNameClaims } from '../contribution/contribution.ts';
import {
  cleartextTable,
  listenerOf,
  refusedTable,
  sharedTlsTable,
  tlsChain,
  tlsTable,
} from '../contribution/table-names.ts';
import type { ListenerLayout } from '../contribution/tls-layout.ts';
import { sharedFilters } from './filters.ts';
import type { ServerNameGraph } from './server-names.ts';

/** The listeners that open, with the chains that all of a listener share, and those of single names. */
export interface FilterChainGraph {
  readonly cleartext: UnitedAll<ListenerName, unknown>;
  readonly opened: Joined<ListenerName, PortClaim, OpenTables, Opened>;
  readonly listeners: Mapped<ListenerName, Opened, Listener>;
  readonly shared: Grouped<ListenerName, Opened, FilterChainKey, FilterChain>;
  readonly sharedChains: Mapped<FilterChainKey, Collection<ListenerName, FilterChain>, FilterChain>;
  readonly ownChains: Joined<FilterChainKey, ServedName, OwnChainTables, FilterChain>;
  readonly filterChains: United<FilterChainKey, FilterChain>;
}

interface LayoutTables {
  readonly layouts: ListenerLayout;
}

interface ChainTables extends LayoutTables {
  readonly filters: readonly FilterName[];
}

interface OwnChainTables extends ChainTables {
  readonly ports: PortClaim;
}

interface OpenTables extends ChainTables {
  readonly cleartext: unknown;
  readonly serverNames: Collection<FilterChainKey, true>;
}

interface Opened {
  readonly listener: Listener;
  readonly chains: readonly FilterChain[];
}

/** Opens each address on which anything is served, and makes the chains that lead to it. */
export const filterChainGraph = (accessLog: AccessLog | 'off') => {
  const listenerEach = loggedEach(accessLog);
  return function* (
    previous: FilterChainGraph | undefined,
    ports: Ports,
    claimed: readonly ServerNameClaims[],
    { claims, ofListener, layouts }: Pick<ServerNameGraph, 'claims' | 'ofListener' | 'layouts'>,
    filters: Collection<ListenerName, readonly FilterName[]>,
  ): Work<FilterChainGraph> {
    const cleartext = yield* unionOf(
      previous?.cleartext,
      claimed.map((one) => one.cleartext),
    );
    const opened = yield* openEach(previous?.opened, ports, {
      cleartext: cleartext.output,
      serverNames: ofListener.output,
      layouts: layouts.output,
      filters,
    });
    const shared = yield* chainsOf(previous?.shared, opened.output);
    const sharedChains = yield* chainEach(previous?.sharedChains, shared.output);
    const ownChains = yield* ownChainEach(previous?.ownChains, claims.settled.output, {
      layouts: layouts.output,
      ports,
      filters,
    });
    return {
      cleartext,
      opened,
      listeners: yield* listenerEach(previous?.listeners, opened.output),
      shared,
      sharedChains,
      ownChains,
      filterChains: yield* union(previous?.filterChains, ownChains.output, sharedChains.output),
    };
  };
};

/**
 * Envoy refuses a listener without a chain, and finds server names only with the TLS inspector.
 * Chains that many objects share name none of them as their origin.
 */
const openEach = joinEach<ListenerName, PortClaim, OpenTables, Opened>((claim, name, read) => {
  const { listener, http, bare } = claim;
  const { transport, quic } = listener;
  const takesTls = transport === 'tcp' || quic !== undefined;
  const hasServerNames = takesTls && read('serverNames', name) !== undefined;
  const isOnDemand = hasServerNames && read('layouts', name)?.layout === 'on-demand';
  const filters = read('filters', name);
  const chains = [
    ...(passesOn(bare) || (quic === undefined && read('cleartext', name) !== undefined)
      ? [cleartext(name, claim, filters)]
      : []),
    ...(isOnDemand ? [onDemand(name, http, filters)] : []),
  ];
  if (chains.length === 0 && !hasServerNames) return undefined;
  return {
    listener:
      hasServerNames && quic === undefined && !listener.tlsInspector
        ? { ...listener, tlsInspector: true }
        : listener,
    chains,
  };
});

/** Connections without a backend are closed, with a chain or without. */
const passesOn = (bare: PortClaim['bare']): boolean =>
  bare?.carries._tag === 'Tcp' ? bare.carries.backends.length > 0 : bare !== undefined;

const cleartext = (
  listener: ListenerName,
  { http, bare }: PortClaim,
  filters: readonly FilterName[] | undefined,
): FilterChain => ({
  listener,
  name: 'cleartext',
  ...(bare ?? { carries: requests(cleartextTable(listener), http, filters), from: [] }),
});

const onDemand = (
  listener: ListenerName,
  http: HttpOptions,
  filters: readonly FilterName[] | undefined,
): FilterChain => ({
  listener,
  name: 'tls',
  tls: { _tag: 'OnDemand', serverNames: [] },
  carries: requests(sharedTlsTable(listener), http, filters),
  from: [],
});

const requests = (
  table: RouteTableName,
  options: HttpOptions,
  filters: readonly FilterName[] = sharedFilters,
): Http => ({ _tag: 'Http', table, options, filters });

/** What a language says of a listener counts. Datagrams are no requests, and Envoy writes down nothing of them. */
const loggedEach = (accessLog: AccessLog | 'off') =>
  mapEach(({ listener }: Opened, _: ListenerName) =>
    accessLog === 'off' || (listener.transport === 'udp' && listener.quic === undefined)
      ? listener
      : { ...listener, accessLog: listener.accessLog ?? accessLog },
  );

const chainsOf = groupBy(({ chains }: Opened, _: ListenerName) =>
  chains.map((chain) => [filterChainKey(chain.listener, chain.name), chain] as const),
);

const chainEach = mapEach(
  (chains: Collection<ListenerName, FilterChain>, _: FilterChainKey): FilterChain | undefined => {
    const [only] = values(chains);
    return only;
  },
);

/**
 * A chain for server names that have one of their own. Names whose certificate cannot be used have
 * a chain too, which refuses handshakes: without it, the chain of a wildcard would serve them, with
 * less than was asked for.
 *
 * On demand all share a chain, with the settings of all: a listener has names with settings of their own
 * only where it has chains.
 */
const ownChainEach = joinEach<FilterChainKey, ServedName, OwnChainTables, FilterChain>(
  (served, key, read) => {
    const listener = listenerOf(key);
    // The layout is read first: on demand no name depends on what is edited of the listener.
    if (read('layouts', listener)?.layout === 'on-demand') return undefined;
    const port = read('ports', listener);
    if (port === undefined) return undefined;
    const { names, from, tcp, ...handshake } = served;
    const table = hasTable(served) ? tlsTable(listener, names) : refusedTable(listener);
    return {
      listener,
      name: tlsChain(names),
      tls: { serverNames: names === '*' ? [] : [names], ...handshake },
      carries: tcp ?? requests(table, port.http, read('filters', listener)),
      from,
    };
  },
);
