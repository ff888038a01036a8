import { values, type Collection } from '../../collection/collection.ts';
import { groupBy } from '../../collection/operator/group-by.ts';
import { joinEach, type Read } from '../../collection/operator/join-each.ts';
import {
  filtersOf,
  secretsOfChain,
  type FilterChain,
  type FilterChainKey,
} from '../../ir/filter-chain.ts';
import type { Listener, ListenerName } from '../../ir/listener.ts';
import { listedFilter, type ListedFilter } from '../filter/http-filters.ts';
import type { Resource } from '../resource.ts';
import { closed, filterChain } from './filter-chain.ts';
import type { EncodedChain } from './listener.ts';
import { reachable } from './reachable.ts';
import { proxyName, tcpProxyConfig } from './tcp-proxy.ts';

/** What the filters of a chain are encoded with: the secrets are those that Envoys can be sent. */
export interface ProxyTables {
  readonly listeners: Listener;
  readonly secrets: true;
}

/** What a chain is encoded with. */
export interface ChainTables extends ProxyTables {
  readonly filters: ListedFilter;
  readonly clusters: Resource;
}

/** An encoded chain, and whose it is. */
export interface ChainOfListener extends EncodedChain {
  readonly listener: ListenerName;
}

/** Encodes chains. One whose certificate or trust bundle is not there closes its connections. */
export const eachChain = joinEach<FilterChainKey, FilterChain, ChainTables, ChainOfListener>(
  (chain, _, read) => {
    const owner = read('listeners', chain.listener);
    if (owner === undefined || (chain.carries._tag === 'Udp') !== passesDatagrams(owner))
      return undefined;
    const secrets = secretsOfChain(chain);
    const isWhole = areThere(secrets, read);
    const listed = filtersOf(chain).map(
      (name) => read('filters', name) ?? listedFilter(name, { _tag: 'Missing' }),
    );
    const served = isWhole
      ? reachable(chain, (name) => read('clusters', name) !== undefined)
      : closed(chain);
    const encoded = filterChain(owner, served, listed);
    return (
      encoded && { listener: chain.listener, ...encoded, secrets: isWhole ? secrets : noSecrets }
    );
  },
);

/** The chains that pass connections on, each under the name of the filter that says where to. */
export const byProxy = groupBy(
  (chain: FilterChain, key: FilterChainKey): readonly (readonly [string, FilterChain])[] =>
    chain.carries._tag === 'Tcp' && chain.tls?._tag !== 'Refuse' ? [[proxyName(key), chain]] : [],
);

/** Encodes where the connections of chains go. */
export const eachProxy = joinEach(
  (
    chains: Collection<FilterChainKey, FilterChain>,
    name: string,
    read: Read<ProxyTables>,
  ): Resource | undefined => {
    const [chain] = values(chains);
    if (chain?.carries._tag !== 'Tcp') return undefined;
    const owner = read('listeners', chain.listener);
    if (owner?.transport !== 'tcp' || !areThere(secretsOfChain(chain), read)) return undefined;
    return tcpProxyConfig(name, chain.carries, owner.accessLog);
  },
);

const passesDatagrams = ({ transport, quic }: Listener): boolean =>
  transport === 'udp' && quic === undefined;

const areThere = (secrets: readonly string[], read: Read<ProxyTables>): boolean =>
  secrets.every((name) => read('secrets', name) === true);

const noSecrets: readonly string[] = [];
