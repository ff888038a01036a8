import type { TransportSocket } from '../../../proto/envoy.ts';
import type { UpstreamProtocol, UpstreamTls } from '../../ir/cluster.ts';
import { peerVerification } from '../message/peer-verification.ts';
import { adsSource } from '../message/ads-source.ts';
import { any } from '../message/encode.ts';

/**
 * TLS towards an upstream. Nothing is verified unless the cluster says against what: that is what
 * `https://` in a Mapping means when no TLSContext says whom to trust. Where no protocol is named for
 * ALPN, Envoy names those of the connection it needs.
 */
export const upstreamTls = (
  { sni, verify, clientCertificate }: UpstreamTls,
  protocol: UpstreamProtocol,
): TransportSocket => ({
  name: 'envoy.transport_sockets.tls',
  typed_config: any('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    common_tls_context: {
      ...(protocol === 'http2' && { alpn_protocols: ['h2'] }),
      ...(clientCertificate !== undefined && {
        tls_certificate_sds_secret_configs: [{ name: clientCertificate, sds_config: adsSource }],
      }),
      ...(verify !== undefined && peerVerification(verify)),
    },
    ...(sni !== undefined && { sni }),
  }),
});
