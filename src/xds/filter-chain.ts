import type { FilterChainMatch, TransportSocket } from '../../proto/envoy.ts';
import type { FilterChain, Listener } from '../ir/listener.ts';
import { adsSource } from './ads-source.ts';
import { duration } from './duration.ts';
import { any, encode } from './encode.ts';
import { httpConnectionManager } from './http-connection-manager.ts';
import { part, type Part } from './part.ts';
import { routingOf } from './routing.ts';

/** One way into a listener, as a part of it. */
export const filterChain = (listener: Listener, chain: FilterChain): Part => {
  const { name, tls } = chain;
  return part(
    encode('envoy.config.listener.v3.Listener', {
      filter_chains: [
        {
          name,
          ...(tls === undefined ? cleartext(listener) : overTls(tls)),
          filters: [httpConnectionManager(listener, routingOf(chain))],
        },
      ],
    }),
  );
};

/** Where TLS is looked for, a connection that speaks it never falls through to a cleartext chain. */
const cleartext = ({
  tlsInspector,
}: Listener): { readonly filter_chain_match?: FilterChainMatch } =>
  tlsInspector ? { filter_chain_match: { transport_protocol: 'raw_buffer' } } : {};

/** Without a certificate the handshake is read as a request, which it is not: it ends there. */
const overTls = ({ serverNames, secret }: NonNullable<FilterChain['tls']>) => ({
  filter_chain_match: {
    transport_protocol: 'tls',
    ...(serverNames.length > 0 && { server_names: serverNames }),
  },
  ...(secret !== undefined && {
    transport_socket: downstreamTls(secret),
    transport_socket_connect_timeout: duration(10_000),
  }),
});

const downstreamTls = (secret: string): TransportSocket => ({
  name: 'envoy.transport_sockets.tls',
  typed_config: any('envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
    common_tls_context: {
      tls_certificate_sds_secret_configs: [{ name: secret, sds_config: adsSource }],
      alpn_protocols: ['h2', 'http/1.1'],
    },
  }),
});
