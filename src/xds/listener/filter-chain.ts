import type { DownstreamTlsContext, FilterChainMatch } from '../../../proto/envoy.ts';
import type { FilterChain, Listener } from '../../ir/listener.ts';
import { noServerName } from '../certificate/served-certificate.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { any, encode } from '../message/encode.ts';
import { part, type Part } from '../message/part.ts';
import { httpConnectionManager } from './http-connection-manager.ts';
import { routingOf } from './routing.ts';
import { serverNameMatcher } from './server-name-matcher.ts';

/**
 * One way into a listener, as a part of it. That for all TLS Hosts brings with it what the listener
 * chooses chains by: it is alone with the one for cleartext.
 */
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
      ...(tls?.onDemand === true && { filter_chain_matcher: serverNameMatcher() }),
    }),
  );
};

/** Where TLS is looked for, a connection that speaks it never falls through to a cleartext chain. */
const cleartext = ({
  tlsInspector,
}: Listener): { readonly filter_chain_match?: FilterChainMatch } =>
  tlsInspector ? { filter_chain_match: { transport_protocol: 'raw_buffer' } } : {};

/** Without a certificate the handshake is read as a request, which it is not: it ends there. */
const overTls = ({ serverNames, secret, onDemand }: NonNullable<FilterChain['tls']>) => ({
  filter_chain_match: {
    transport_protocol: 'tls',
    ...(serverNames.length > 0 && { server_names: serverNames }),
  },
  ...(secret !== undefined && terminated(withCertificate(secret))),
  ...(onDemand === true && terminated(certificatesOnDemand)),
});

const terminated = (tls: DownstreamTlsContext) => ({
  transport_socket: {
    name: 'envoy.transport_sockets.tls',
    typed_config: any('envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
      ...tls,
      common_tls_context: { ...tls.common_tls_context, alpn_protocols: ['h2', 'http/1.1'] },
    }),
  },
  transport_socket_connect_timeout: duration(10_000),
});

const withCertificate = (secret: string): DownstreamTlsContext => ({
  common_tls_context: {
    tls_certificate_sds_secret_configs: [{ name: secret, sds_config: adsSource }],
  },
});

/** Envoy refuses to resume sessions where certificates come on demand, and bounds neither in number. */
const certificatesOnDemand: DownstreamTlsContext = {
  common_tls_context: {
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
};
