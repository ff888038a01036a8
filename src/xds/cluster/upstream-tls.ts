import type { TransportSocket } from '../../../proto/envoy.ts';
import type { Cluster } from '../../ir/cluster.ts';
import { any } from '../message/encode.ts';

/**
 * TLS towards an upstream. The certificate of the upstream is not verified: that is what `https://`
 * in a Mapping means when no TLSContext says whom to trust.
 */
export const upstreamTls = (
  { sni }: NonNullable<Cluster['tls']>,
  http2: boolean,
): TransportSocket => ({
  name: 'envoy.transport_sockets.tls',
  typed_config: any('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    common_tls_context: http2 ? { alpn_protocols: ['h2'] } : {},
    ...(sni !== undefined && { sni }),
  }),
});
