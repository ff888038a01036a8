import { SocketAddressProtocol, type ListenerFilter } from '../../../proto/envoy.ts';
import type { Collection } from '../../collection/collection.ts';
import { fold } from '../../collection/operator/fold.ts';
import type { FilterChainKey } from '../../ir/filter-chain.ts';
import type { Listener } from '../../ir/listener.ts';
import { contentVersion } from '../content-version.ts';
import { any, encode } from '../message/encode.ts';
import { flowControl } from '../message/flow-control.ts';
import { bytesOf, join, part, type Part } from '../message/part.ts';
import type { Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';
import { refusedConnections } from './access-log.ts';
import { quicOptions } from './quic.ts';

/** An encoded filter chain and the secrets it waits for. */
export interface EncodedChain extends Part {
  readonly secrets: readonly string[];
}

/**
 * LDS: an address Envoy listens on, with its filter chains. Its version is made like that of a
 * route table.
 */
export const listener = (
  source: Listener,
  chains: Collection<FilterChainKey, EncodedChain>,
): Resource => {
  const whole = join([part(head(source)), joined(chains)]);
  return {
    typeUrl: TypeUrl.Listener,
    name: source.name,
    version: contentVersion(whole.digest),
    bytes: bytesOf(whole),
    warmedBy: secretsOf(chains).map((name) => ({ typeUrl: TypeUrl.Secret, name })),
  };
};

const joined = fold<FilterChainKey, EncodedChain, Part>((chain) => chain, join);

/**
 * SO_REUSEPORT is off, so a port has one owner. With it, a second Envoy on the port would silently
 * take some of the connections; without it, that Envoy refuses the listener, and the problem names
 * the object. For datagrams Envoy wants it: each worker has a socket of its own, and the kernel
 * keeps a client with one of them.
 */
const head = (listener: Listener): Buffer => {
  const { name, address, port, transport, quic, accessLog, bufferLimit, ...source } = listener;
  const filters = listenerFilters(source);
  const refused = refusedConnections(accessLog);
  const isUdp = transport === 'udp';
  return encode('envoy.config.listener.v3.Listener', {
    name,
    address: {
      socket_address: {
        address,
        port_value: port,
        ...(isUdp && { protocol: SocketAddressProtocol.UDP }),
      },
    },
    per_connection_buffer_limit_bytes: {
      value: bufferLimit ?? flowControl.connectionBufferBytes,
    },
    enable_reuse_port: { value: isUdp },
    ...(isUdp && { udp_listener_config: quic === undefined ? {} : quicOptions }),
    ...(filters.length > 0 && { listener_filters: filters }),
    ...(refused.length > 0 && !isUdp && { access_log: refused }),
  });
};

/** A PROXY header comes before the TLS handshake, so its filter is first. */
const listenerFilters = ({
  proxyProtocol,
  tlsInspector,
}: Pick<Listener, 'proxyProtocol' | 'tlsInspector'>): readonly ListenerFilter[] => [
  ...(proxyProtocol ? [proxyProtocolFilter] : []),
  ...(tlsInspector ? [tlsInspectorFilter] : []),
];

const proxyProtocolFilter: ListenerFilter = {
  name: 'envoy.filters.listener.proxy_protocol',
  typed_config: any('envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol', {}),
};

const tlsInspectorFilter: ListenerFilter = {
  name: 'envoy.filters.listener.tls_inspector',
  typed_config: any('envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector', {}),
};

const secretsOf = (chains: Collection<FilterChainKey, EncodedChain>): readonly string[] => [
  ...new Set(secretsJoined(chains)),
];

const secretsJoined = fold<FilterChainKey, EncodedChain, readonly string[]>(
  ({ secrets }) => secrets,
  (names) => names.flat(),
);
