import type {
  Any,
  CommonTlsContext,
  SdsSecretConfig,
  TransportSocket,
} from '../../../proto/envoy.ts';
import { any, decode } from '../message/encode.ts';

const downstream = 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext';
const quic = 'envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport';
const upstream = 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';

/** TLS towards clients, be it over QUIC, with secrets that stand in the same configuration. */
export const staticDownstreamTls = (socket: TransportSocket): TransportSocket => {
  if (socket.typed_config?.type_url?.endsWith(`/${quic}`) === true) return staticQuic(socket);
  const context = decode(downstream, bytesOf(socket.typed_config));
  return { ...socket, typed_config: any(downstream, { ...context, ...withoutSources(context) }) };
};

const staticQuic = (socket: TransportSocket): TransportSocket => {
  const { downstream_tls_context: context = {}, ...others } = decode(
    quic,
    bytesOf(socket.typed_config),
  );
  const own = { ...context, ...withoutSources(context) };
  return { ...socket, typed_config: any(quic, { ...others, downstream_tls_context: own }) };
};

/** TLS towards an upstream, with secrets that stand in the same configuration. */
export const staticUpstreamTls = (socket: TransportSocket): TransportSocket => {
  const context = decode(upstream, bytesOf(socket.typed_config));
  return { ...socket, typed_config: any(upstream, { ...context, ...withoutSources(context) }) };
};

/** Without a source, a secret is looked up by its name among the static ones. */
const withoutSources = ({
  common_tls_context: common = {},
}: {
  readonly common_tls_context?: CommonTlsContext;
}): { readonly common_tls_context: CommonTlsContext } => {
  const { tls_certificate_sds_secret_configs: certificates = [] } = common;
  const own = { ...common, tls_certificate_sds_secret_configs: certificates.map(named) };
  const { combined_validation_context: validation } = own;
  if (validation === undefined) return { common_tls_context: own };
  const { validation_context_sds_secret_config: trust = {} } = validation;
  return {
    common_tls_context: {
      ...own,
      combined_validation_context: {
        ...validation,
        validation_context_sds_secret_config: named(trust),
      },
    },
  };
};

const named = ({ name }: SdsSecretConfig): SdsSecretConfig => (name === undefined ? {} : { name });

const bytesOf = (packed: Any | undefined): Uint8Array => packed?.value ?? new Uint8Array();
