import {
  CertificateValidationContextTrustChainVerification as TrustChainVerification,
  type DownstreamTlsContext,
  type FilterChain,
} from '../../../proto/envoy.ts';
import type { ClientVerification, Terminate } from '../../ir/tls-handshake.ts';
import { noServerName } from '../certificate/served-certificate.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { peerVerification } from '../message/peer-verification.ts';
import { tlsParameters } from '../message/tls-parameters.ts';

/** Takes TLS off, and bounds how long a handshake takes. */
type TlsEnd = Pick<FilterChain, 'transport_socket' | 'transport_socket_connect_timeout'>;

/** TLS with these certificates, and with the protocols unless it has its own. */
export const terminated = (tls: Terminate, protocols: readonly string[]): TlsEnd =>
  ended(tlsContext(tls, tls.settings?.alpn ?? protocols));

/**
 * What is agreed on in handshakes. Of several certificates, Envoy would take the first for a client whose
 * server name is in none of them, be it one that cannot verify it.
 */
export const tlsContext = (
  { certificates, settings: { parameters, clients } = {} }: Terminate,
  alpn: readonly string[],
): DownstreamTlsContext => ({
  common_tls_context: {
    ...(parameters !== undefined && { tls_params: tlsParameters(parameters) }),
    alpn_protocols: alpn,
    tls_certificate_sds_secret_configs: certificates.map((name) => ({
      name,
      sds_config: adsSource,
    })),
    ...(clients !== undefined && clientVerification(clients)),
  },
  ...(clients?.admits === 'Verified' && { require_client_certificate: { value: true } }),
  ...(certificates.length > 1 && { full_scan_certs_on_sni_mismatch: { value: true } }),
});

/**
 * TLS with the certificate of the server name. Envoy refuses to resume sessions where certificates come
 * on demand, and bounds neither in number.
 */
export const terminatedOnDemand = (protocols: readonly string[]): TlsEnd =>
  ended({
    common_tls_context: {
      alpn_protocols: protocols,
      custom_tls_certificate_selector: {
        name: 'envoy.tls.certificate_selectors.on_demand_secret',
        typed_config: any(
          'envoy.extensions.transport_sockets.tls.cert_selectors.on_demand_secret.v3.Config',
          {
            config_source: adsSource,
            certificate_mapper: {
              name: 'envoy.tls.certificate_mappers.sni',
              typed_config: any('envoy.extensions.transport_sockets.tls.cert_mappers.sni.v3.SNI', {
                default_value: noServerName,
              }),
            },
          },
        ),
      },
    },
    disable_stateless_session_resumption: true,
    disable_stateful_session_resumption: true,
  });

const clientVerification = ({ admits, ...verification }: ClientVerification) => {
  const { combined_validation_context: validation } = peerVerification(verification);
  return {
    combined_validation_context: {
      ...validation,
      default_validation_context: {
        ...validation.default_validation_context,
        ...(admits === 'Anybody' && {
          trust_chain_verification: TrustChainVerification.ACCEPT_UNTRUSTED,
        }),
      },
    },
  };
};

const ended = (context: DownstreamTlsContext): TlsEnd => ({
  transport_socket: {
    name: 'envoy.transport_sockets.tls',
    typed_config: any('envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', context),
  },
  transport_socket_connect_timeout: duration(10_000),
});
