import type {
  Filter,
  FilterChainMatch,
  Listener as ListenerMessage,
} from '../../../proto/envoy.ts';
import { filterChainKey, type ChainTls, type FilterChain } from '../../ir/filter-chain.ts';
import type { Listener } from '../../ir/listener.ts';
import type { ListedFilter } from '../filter/http-filters.ts';
import { encode } from '../message/encode.ts';
import { part, type Part } from '../message/part.ts';
import { accessLog } from './access-log.ts';
import { terminated, terminatedOnDemand } from './downstream-tls.ts';
import { httpConnectionManager } from './http-connection-manager.ts';
import { overQuic, quicChain } from './quic.ts';
import { routingOf } from './routing.ts';
import { serverNameMatcher } from './server-name-matcher.ts';
import { tcpProxy } from './tcp-proxy.ts';
import { udpProxy } from './udp-proxy.ts';

/**
 * A filter chain, as a part of a listener. The one chain for all TLS Hosts also brings the
 * listener's filter chain matcher: beside it there is at most the chain for cleartext. For
 * datagrams it is a filter of the listener. Absent where a listener over QUIC does without.
 */
export const filterChain = (
  listener: Listener,
  chain: FilterChain,
  listed: readonly ListedFilter[],
): Part | undefined => {
  const { name, tls, carries } = chain;
  if (carries._tag === 'Udp') return partOf({ listener_filters: [udpProxy(carries)] });
  const ends = endsOf(listener, chain);
  return (
    ends &&
    partOf({
      filter_chains: [{ name, ...ends, filters: filtersOf(listener, chain, listed) }],
      ...(tls?._tag === 'OnDemand' && { filter_chain_matcher: serverNameMatcher() }),
    })
  );
};

const partOf = (listener: ListenerMessage): Part =>
  part(encode('envoy.config.listener.v3.Listener', listener));

const endsOf = (listener: Listener, { tls, carries }: FilterChain) => {
  if (listener.quic !== undefined) return carries._tag === 'Http' ? quicChain(tls) : undefined;
  return tls === undefined ? bare(listener, carries._tag) : overTls(tls, carries._tag);
};

/** A chain that closes its connections, in place of one that cannot serve them as it is asked to. */
export const closed = (chain: FilterChain): FilterChain => ({
  ...chain,
  ...(chain.tls !== undefined && {
    tls: { _tag: 'Refuse', serverNames: chain.tls.serverNames } as const,
  }),
  carries: { _tag: 'Tcp', statPrefix: '', backends: [] },
});

type Carried = FilterChain['carries']['_tag'];

/**
 * If the listener inspects TLS, a TLS connection never matches a chain of requests in cleartext. One that
 * passes connections on as they are takes every connection that no other chain is for.
 */
const bare = (
  { tlsInspector }: Listener,
  carried: Carried,
): { readonly filter_chain_match?: FilterChainMatch } =>
  tlsInspector && carried === 'Http'
    ? { filter_chain_match: { transport_protocol: 'raw_buffer' } }
    : {};

const overTls = (tls: ChainTls, carried: Carried) => ({
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
  { accessLog: log, quic }: Listener,
  chain: FilterChain,
  listed: readonly ListedFilter[],
): readonly Filter[] => {
  const { tls, carries } = chain;
  switch (carries._tag) {
    case 'Http': {
      const codec = quic === undefined ? {} : overQuic;
      const routing = routingOf(chain, carries);
      return [httpConnectionManager(carries.options, routing, listed, accessLog(log), codec)];
    }
    case 'Tcp':
      return tls?._tag === 'Refuse'
        ? []
        : tcpProxy(filterChainKey(chain.listener, chain.name), carries);
    case 'Udp':
      return [];
  }
};
