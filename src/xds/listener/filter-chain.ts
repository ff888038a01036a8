import type { AccessLog, Filter, FilterChainMatch } from '../../../proto/envoy.ts';
import { filterChainKey, type ChainTls, type FilterChain } from '../../ir/filter-chain.ts';
import type { Listener } from '../../ir/listener.ts';
import type { ListedFilter } from '../filter/http-filters.ts';
import { encode } from '../message/encode.ts';
import { part, type Part } from '../message/part.ts';
import { accessLog } from './access-log.ts';
import { terminated, terminatedOnDemand } from './downstream-tls.ts';
import { httpConnectionManager } from './http-connection-manager.ts';
import { routingOf } from './routing.ts';
import { serverNameMatcher } from './server-name-matcher.ts';
import { tcpProxy } from './tcp-proxy.ts';
import { udpProxy } from './udp-proxy.ts';

/**
 * A filter chain, as a part of a listener. The one chain for all TLS Hosts also brings the
 * listener's filter chain matcher: beside it there is at most the chain for cleartext. For
 * datagrams it is a filter of the listener.
 */
export const filterChain = (
  listener: Listener,
  chain: FilterChain,
  listed: readonly ListedFilter[],
): Part => {
  const { name, tls, carries } = chain;
  return part(
    encode(
      'envoy.config.listener.v3.Listener',
      carries._tag === 'Udp'
        ? { listener_filters: [udpProxy(carries)] }
        : {
            filter_chains: [
              {
                name,
                ...(tls === undefined ? bare(listener, carries._tag) : overTls(tls, carries._tag)),
                filters: filtersOf(chain, listed, accessLog(listener.accessLog)),
              },
            ],
            ...(tls?._tag === 'OnDemand' && { filter_chain_matcher: serverNameMatcher() }),
          },
    ),
  );
};

/** A chain that closes its connections, in place of one that cannot serve them as it is asked to. */
export const closed = (chain: FilterChain): FilterChain => ({
  ...chain,
  ...(chain.tls !== undefined && {
    tls: { _tag: 'Refuse', serverNames: chain.tls.serverNames } as const,
  }),
  carries: { _tag: 'Tcp', statPrefix: '', backends: [] },
});

/**
 * If the listener inspects TLS, a TLS connection never matches a chain of requests in cleartext. One that
 * passes connections on as they are takes every connection that no other chain is for.
 */
const bare = (
  { tlsInspector }: Listener,
  carried: 'Http' | 'Tcp',
): { readonly filter_chain_match?: FilterChainMatch } =>
  tlsInspector && carried === 'Http'
    ? { filter_chain_match: { transport_protocol: 'raw_buffer' } }
    : {};

const overTls = (tls: ChainTls, carried: 'Http' | 'Tcp') => ({
  filter_chain_match: {
    transport_protocol: 'tls',
    ...(tls.serverNames.length > 0 && { server_names: tls.serverNames }),
  },
  ...endOf(tls, carried === 'Http' ? ['h2', 'http/1.1'] : []),
});

const endOf = (tls: ChainTls, protocols: readonly string[]) => {
  switch (tls._tag) {
    case 'Terminate':
      return terminated(tls, protocols);
    case 'OnDemand':
      return terminatedOnDemand(protocols);
    case 'PassThrough':
    case 'Refuse':
      return {};
  }
};

/**
 * What a connection goes through. A handshake that is refused is read as a request, which it is not: it
 * ends there. It never gets to a backend.
 */
const filtersOf = (
  chain: FilterChain,
  listed: readonly ListedFilter[],
  log: readonly AccessLog[],
): readonly Filter[] => {
  const { tls, carries } = chain;
  switch (carries._tag) {
    case 'Http':
      return [httpConnectionManager(carries.options, routingOf(chain, carries), listed, log)];
    case 'Tcp':
      return tls?._tag === 'Refuse'
        ? []
        : tcpProxy(filterChainKey(chain.listener, chain.name), carries);
    case 'Udp':
      return [];
  }
};
