import type { TransportSocket } from '../../../proto/envoy.ts';
import type { UpstreamProtocol, UpstreamTls } from '../../ir/cluster.ts';
import { adsSource } from '../message/ads-source.ts';
import { any } from '../message/encode.ts';
import { peerVerification } from '../message/peer-verification.ts';
import { tlsParameters } from '../message/tls-parameters.ts';

/**
 * TLS towards an upstream. Nothing is verified unless the cluster says against what: that is what
 * `https://` in a Mapping means when no TLSContext says whom to trust. Where no protocol is offered,
 * Envoy offers those of the connection it is about to make.
 */
export const upstreamTls = (
  { sni, verify, clientCertificate, parameters, alpn }: UpstreamTls,
  protocol: UpstreamProtocol,
): TransportSocket => {
  const offered = alpn ?? (protocol === 'http2' ? ['h2'] : []);
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: any('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
      common_tls_context: {
        ...(parameters !== undefined && { tls_params: tlsParameters(parameters) }),
        alpn_protocols: offered,
        ...(clientCertificate !== undefined && {
          tls_certificate_sds_secret_configs: [{ name: clientCertificate, sds_config: adsSource }],
        }),
        ...(verify !== undefined && peerVerification(verify)),
      },
      ...(sni !== undefined && { sni }),
    }),
  };
};
