import {
  HttpConnectionManagerCodecType as CodecType,
  type DownstreamTlsContext,
  type FilterChain,
  type FilterChainMatch,
  type UdpListenerConfig,
} from '../../../proto/envoy.ts';
import type { ChainTls } from '../../ir/filter-chain.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { flowControl } from '../message/flow-control.ts';
import { tlsContext } from './downstream-tls.ts';

/** The codec of connections over QUIC: Envoy takes no other there. */
export const overQuic = { codec_type: CodecType.HTTP3 };

/**
 * What is agreed on with clients: each is given as much room as over HTTP/2.
 *
 * It is the same for everybody. Envoy keeps connections while the chains of a listener are edited; of one that
 * is replaced it resets them at once (measured on 1.40.0), so nothing that can be edited is in a listener's head.
 */
export const quicOptions: UdpListenerConfig = {
  quic_options: {
    quic_protocol_options: {
      max_concurrent_streams: { value: flowControl.concurrentStreams },
      initial_stream_window_size: { value: flowControl.streamWindowBytes },
      initial_connection_window_size: { value: flowControl.connectionWindowBytes },
    },
    crypto_handshake_timeout: duration(10_000),
  },
};

/**
 * What a chain matches and how its handshakes end; absent where handshakes are refused. Envoy 1.40 takes no
 * chain over QUIC without a certificate, nor one whose certificates come on demand. A client whose server
 * name has no chain is turned away; one that a wider chain takes instead is answered 421 for that name.
 *
 * No request is read before its handshake is over: somebody who has heard it could send it again. Nor is a
 * session resumed where a client shows a certificate, which would not be looked at again.
 */
export const quicChain = (
  tls: ChainTls | undefined,
): Pick<FilterChain, 'filter_chain_match' | 'transport_socket'> | undefined =>
  tls?._tag === 'Terminate'
    ? {
        ...(tls.serverNames.length > 0 && { filter_chain_match: namesOf(tls) }),
        transport_socket: quicSocket(tlsContext(tls, ['h3']), tls.settings?.clients === undefined),
      }
    : undefined;

const namesOf = ({ serverNames }: ChainTls): FilterChainMatch => ({ server_names: serverNames });

const quicSocket = (
  context: DownstreamTlsContext,
  resumes: boolean,
): NonNullable<FilterChain['transport_socket']> => ({
  name: 'envoy.transport_sockets.quic',
  typed_config: any('envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport', {
    downstream_tls_context: context,
    enable_early_data: { value: false },
    ...(!resumes && { enable_resumption: { value: false } }),
  }),
});
