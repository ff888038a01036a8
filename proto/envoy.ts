// Generated from the .proto files of this folder by `node proto/generate.ts`. Do not edit.
/** envoy.extensions.access_loggers.file.v3.FileAccessLog */
export interface FileAccessLog {
  readonly path?: string;
  readonly log_format?: SubstitutionFormatString;
}
/** envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter */
export interface ExpressionFilter {
  readonly expression?: string;
}
/** envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig */
export interface CommonGrpcAccessLogConfig {
  readonly log_name?: string;
  readonly grpc_service?: GrpcService;
  readonly buffer_flush_interval?: Duration;
  readonly buffer_size_bytes?: UInt32Value;
  readonly transport_api_version?: ApiVersion;
}
/** envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig */
export interface HttpGrpcAccessLogConfig {
  readonly common_config?: CommonGrpcAccessLogConfig;
  readonly additional_request_headers_to_log?: readonly string[];
  readonly additional_response_headers_to_log?: readonly string[];
  readonly additional_response_trailers_to_log?: readonly string[];
}
/** envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig */
export interface TcpGrpcAccessLogConfig {
  readonly common_config?: CommonGrpcAccessLogConfig;
}
/** envoy.extensions.access_loggers.stream.v3.StdoutAccessLog */
export interface StdoutAccessLog {
  readonly log_format?: SubstitutionFormatString;
}
/** envoy.extensions.filters.http.buffer.v3.Buffer */
export interface Buffer {
  readonly max_request_bytes?: UInt32Value;
}
/** envoy.extensions.filters.http.buffer.v3.BufferPerRoute */
export type BufferPerRoute =
  | { readonly disabled?: boolean; readonly buffer?: never }
  | { readonly disabled?: never; readonly buffer?: Buffer };
/** envoy.extensions.filters.http.compressor.v3.Compressor */
export interface Compressor {
  readonly compressor_library?: TypedExtensionConfig;
  readonly response_direction_config?: CompressorResponseDirectionConfig;
}
/** envoy.extensions.filters.http.compressor.v3.Compressor.CommonDirectionConfig */
export interface CompressorCommonDirectionConfig {
  readonly min_content_length?: UInt32Value;
  readonly content_type?: readonly string[];
}
/** envoy.extensions.filters.http.compressor.v3.Compressor.ResponseDirectionConfig */
export interface CompressorResponseDirectionConfig {
  readonly common_config?: CompressorCommonDirectionConfig;
  readonly disable_on_etag_header?: boolean;
  readonly remove_accept_encoding_header?: boolean;
}
/** envoy.extensions.filters.http.compressor.v3.CompressorPerRoute */
export interface CompressorPerRoute {
  readonly disabled?: boolean;
}
/** envoy.extensions.filters.http.cors.v3.Cors */
export interface Cors {}
/** envoy.extensions.filters.http.cors.v3.CorsPolicy */
export interface CorsPolicy {
  readonly allow_origin_string_match?: readonly StringMatcher[];
  readonly allow_methods?: string;
  readonly allow_headers?: string;
  readonly expose_headers?: string;
  readonly max_age?: string;
  readonly allow_credentials?: BoolValue;
  readonly forward_not_matching_preflights?: BoolValue;
}
/** envoy.extensions.filters.http.custom_response.v3.CustomResponse */
export interface CustomResponse {
  readonly custom_response_matcher?: XdsMatcher;
}
/** envoy.extensions.filters.http.ext_authz.v3.ExtAuthz */
export type ExtAuthz = {
  readonly failure_mode_allow?: boolean;
  readonly with_request_body?: BufferSettings;
  readonly clear_route_cache?: boolean;
  readonly status_on_error?: HttpStatus;
  readonly transport_api_version?: ApiVersion;
  readonly allowed_headers?: ListStringMatcher;
  readonly validate_mutations?: boolean;
  readonly decoder_header_mutation_rules?: HeaderMutationRules;
} & (
  | { readonly grpc_service?: GrpcService; readonly http_service?: never }
  | { readonly grpc_service?: never; readonly http_service?: Ext_authzHttpService }
);
/** envoy.extensions.filters.http.ext_authz.v3.BufferSettings */
export interface BufferSettings {
  readonly max_request_bytes?: number;
  readonly allow_partial_message?: boolean;
}
/** envoy.extensions.filters.http.ext_authz.v3.HttpService */
export interface Ext_authzHttpService {
  readonly server_uri?: HttpUri;
  readonly path_prefix?: string;
  readonly authorization_request?: AuthorizationRequest;
  readonly authorization_response?: AuthorizationResponse;
}
/** envoy.extensions.filters.http.ext_authz.v3.AuthorizationRequest */
export interface AuthorizationRequest {
  readonly headers_to_add?: readonly HeaderValue[];
}
/** envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse */
export interface AuthorizationResponse {
  readonly allowed_upstream_headers?: ListStringMatcher;
  readonly allowed_client_headers?: ListStringMatcher;
}
/** envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute */
export type ExtAuthzPerRoute =
  | { readonly disabled?: boolean; readonly check_settings?: never }
  | { readonly disabled?: never; readonly check_settings?: CheckSettings };
/** envoy.extensions.filters.http.ext_authz.v3.CheckSettings */
export interface CheckSettings {
  readonly context_extensions?: { readonly [key: string]: string };
}
/** envoy.extensions.filters.http.grpc_http1_bridge.v3.Config */
export interface Grpc_http1_bridgeConfig {}
/** envoy.extensions.filters.http.grpc_stats.v3.FilterConfig */
export type Grpc_statsFilterConfig = { readonly enable_upstream_stats?: boolean } & (
  | {
      readonly individual_method_stats_allowlist?: GrpcMethodList;
      readonly stats_for_all_methods?: never;
    }
  | {
      readonly individual_method_stats_allowlist?: never;
      readonly stats_for_all_methods?: BoolValue;
    }
);
/** envoy.extensions.filters.http.grpc_web.v3.GrpcWeb */
export interface GrpcWeb {}
/** envoy.extensions.filters.http.health_check.v3.HealthCheck */
export interface Health_checkHealthCheck {
  readonly pass_through_mode?: BoolValue;
  readonly headers?: readonly HeaderMatcher[];
}
/** envoy.extensions.filters.http.lua.v3.Lua */
export interface Lua {
  readonly default_source_code?: DataSource;
}
/** envoy.extensions.filters.http.lua.v3.LuaPerRoute */
export type LuaPerRoute =
  | { readonly disabled?: boolean; readonly source_code?: never }
  | { readonly disabled?: never; readonly source_code?: DataSource };
/** envoy.extensions.filters.http.ratelimit.v3.RateLimit */
export interface RatelimitRateLimit {
  readonly domain?: string;
  readonly timeout?: Duration;
  readonly failure_mode_deny?: boolean;
  readonly rate_limited_as_resource_exhausted?: boolean;
  readonly rate_limit_service?: RateLimitServiceConfig;
}
/** envoy.extensions.filters.http.ratelimit.v3.RateLimitPerRoute */
export interface RateLimitPerRoute {
  readonly rate_limits?: readonly RouteRateLimit[];
  readonly domain?: string;
}
/** envoy.extensions.filters.http.rbac.v3.RBAC */
export interface RbacRBAC {
  readonly rules?: RbacRBAC;
}
/** envoy.extensions.filters.http.rbac.v3.RBACPerRoute */
export interface RBACPerRoute {
  readonly rbac?: RbacRBAC;
}
/** envoy.extensions.filters.http.router.v3.Router */
export interface Router {
  readonly suppress_envoy_headers?: boolean;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager */
export type HttpConnectionManager = {
  readonly codec_type?: HttpConnectionManagerCodecType;
  readonly stat_prefix?: string;
  readonly http_filters?: readonly HttpFilter[];
  readonly tracing?: HttpConnectionManagerTracing;
  readonly http_protocol_options?: Http1ProtocolOptions;
  readonly http2_protocol_options?: Http2ProtocolOptions;
  readonly server_name?: string;
  readonly access_log?: readonly AccessLog[];
  readonly use_remote_address?: BoolValue;
  readonly forward_client_cert_details?: HttpConnectionManagerForwardClientCertDetails;
  readonly set_current_client_cert_details?: HttpConnectionManagerSetCurrentClientCertDetails;
  readonly xff_num_trusted_hops?: number;
  readonly stream_idle_timeout?: Duration;
  readonly max_request_headers_kb?: UInt32Value;
  readonly normalize_path?: BoolValue;
  readonly preserve_external_request_id?: boolean;
  readonly merge_slashes?: boolean;
  readonly common_http_protocol_options?: CoreHttpProtocolOptions;
  readonly local_reply_config?: LocalReplyConfig;
  readonly strip_matching_host_port?: boolean;
  readonly request_headers_timeout?: Duration;
  readonly path_with_escaped_slashes_action?: HttpConnectionManagerPathWithEscapedSlashesAction;
  readonly strip_trailing_host_dot?: boolean;
  readonly early_header_mutation_extensions?: readonly TypedExtensionConfig[];
} & (
  | { readonly rds?: Rds; readonly route_config?: never; readonly scoped_routes?: never }
  | {
      readonly rds?: never;
      readonly route_config?: RouteConfiguration;
      readonly scoped_routes?: never;
    }
  | { readonly rds?: never; readonly route_config?: never; readonly scoped_routes?: ScopedRoutes }
);
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType */
export const HttpConnectionManagerCodecType = { AUTO: 0, HTTP1: 1, HTTP2: 2, HTTP3: 3 } as const;
export type HttpConnectionManagerCodecType =
  (typeof HttpConnectionManagerCodecType)[keyof typeof HttpConnectionManagerCodecType];
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails */
export const HttpConnectionManagerForwardClientCertDetails = {
  SANITIZE: 0,
  FORWARD_ONLY: 1,
  APPEND_FORWARD: 2,
  SANITIZE_SET: 3,
  ALWAYS_FORWARD_ONLY: 4,
} as const;
export type HttpConnectionManagerForwardClientCertDetails =
  (typeof HttpConnectionManagerForwardClientCertDetails)[keyof typeof HttpConnectionManagerForwardClientCertDetails];
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction */
export const HttpConnectionManagerPathWithEscapedSlashesAction = {
  IMPLEMENTATION_SPECIFIC_DEFAULT: 0,
  KEEP_UNCHANGED: 1,
  REJECT_REQUEST: 2,
} as const;
export type HttpConnectionManagerPathWithEscapedSlashesAction =
  (typeof HttpConnectionManagerPathWithEscapedSlashesAction)[keyof typeof HttpConnectionManagerPathWithEscapedSlashesAction];
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails */
export interface HttpConnectionManagerSetCurrentClientCertDetails {
  readonly subject?: BoolValue;
  readonly cert?: boolean;
  readonly dns?: boolean;
  readonly uri?: boolean;
  readonly chain?: boolean;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing */
export interface HttpConnectionManagerTracing {
  readonly client_sampling?: Percent;
  readonly random_sampling?: Percent;
  readonly overall_sampling?: Percent;
  readonly custom_tags?: readonly CustomTag[];
  readonly provider?: TracingHttp;
  readonly spawn_upstream_span?: BoolValue;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig */
export interface LocalReplyConfig {
  readonly mappers?: readonly ResponseMapper[];
}
/** envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper */
export interface ResponseMapper {
  readonly filter?: AccessLogFilter;
  readonly status_code?: UInt32Value;
  readonly body?: DataSource;
  readonly body_format_override?: SubstitutionFormatString;
  readonly headers_to_add?: readonly HeaderValueOption[];
}
/** envoy.extensions.filters.network.http_connection_manager.v3.Rds */
export interface Rds {
  readonly config_source?: ConfigSource;
  readonly route_config_name?: string;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter */
export type HttpFilter = { readonly name?: string; readonly disabled?: boolean } & (
  | { readonly typed_config?: Any; readonly config_discovery?: never }
  | { readonly typed_config?: never; readonly config_discovery?: ExtensionConfigSource }
);
/** envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes */
export interface ScopedRoutes {
  readonly name?: string;
  readonly scope_key_builder?: ScopedRoutesScopeKeyBuilder;
  readonly scoped_rds?: ScopedRds;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder */
export interface ScopedRoutesScopeKeyBuilder {
  readonly fragments?: readonly ScopedRoutesScopeKeyBuilderFragmentBuilder[];
}
/** envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder.FragmentBuilder */
export interface ScopedRoutesScopeKeyBuilderFragmentBuilder {
  readonly header_value_extractor?: ScopedRoutesScopeKeyBuilderFragmentBuilderHeaderValueExtractor;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder.FragmentBuilder.HeaderValueExtractor */
export interface ScopedRoutesScopeKeyBuilderFragmentBuilderHeaderValueExtractor {
  readonly name?: string;
  readonly index?: number;
}
/** envoy.extensions.filters.network.http_connection_manager.v3.ScopedRds */
export interface ScopedRds {
  readonly scoped_rds_config_source?: ConfigSource;
}
/** envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy */
export type TcpProxy = {
  readonly stat_prefix?: string;
  readonly access_log?: readonly AccessLog[];
  readonly idle_timeout?: Duration;
} & (
  | { readonly cluster?: string; readonly weighted_clusters?: never }
  | { readonly cluster?: never; readonly weighted_clusters?: TcpProxyWeightedCluster }
);
/** envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster */
export interface TcpProxyWeightedCluster {
  readonly clusters?: readonly TcpProxyWeightedClusterClusterWeight[];
}
/** envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight */
export interface TcpProxyWeightedClusterClusterWeight {
  readonly name?: string;
  readonly weight?: number;
}
/** envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol */
export interface ProxyProtocol {}
/** envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector */
export interface TlsInspector {}
/** envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig */
export interface UdpProxyConfig {
  readonly stat_prefix?: string;
  readonly idle_timeout?: Duration;
  readonly matcher?: XdsMatcher;
}
/** envoy.extensions.filters.udp.udp_proxy.v3.Route */
export interface Udp_proxyRoute {
  readonly cluster?: string;
}
/** envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig */
export interface DownstreamConnectionsConfig {
  readonly max_active_downstream_connections?: number;
}
/** envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig */
export interface FixedHeapConfig {
  readonly max_heap_size_bytes?: number;
}
/** envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation */
export interface Header_mutationHeaderMutation {
  readonly mutations?: readonly Mutation_rulesHeaderMutation[];
}
/** envoy.extensions.http.custom_response.local_response_policy.v3.LocalResponsePolicy */
export interface LocalResponsePolicy {
  readonly body_format?: SubstitutionFormatString;
  readonly response_headers_to_add?: readonly HeaderValueOption[];
}
/** envoy.extensions.compression.gzip.compressor.v3.Gzip */
export interface Gzip {
  readonly memory_level?: UInt32Value;
  readonly compression_level?: GzipCompressionLevel;
  readonly compression_strategy?: GzipCompressionStrategy;
  readonly window_bits?: UInt32Value;
}
/** envoy.extensions.compression.gzip.compressor.v3.Gzip.CompressionStrategy */
export const GzipCompressionStrategy = {
  DEFAULT_STRATEGY: 0,
  FILTERED: 1,
  HUFFMAN_ONLY: 2,
  RLE: 3,
  FIXED: 4,
} as const;
export type GzipCompressionStrategy =
  (typeof GzipCompressionStrategy)[keyof typeof GzipCompressionStrategy];
/** envoy.extensions.compression.gzip.compressor.v3.Gzip.CompressionLevel */
export const GzipCompressionLevel = {
  DEFAULT_COMPRESSION: 0,
  BEST_SPEED: 1,
  COMPRESSION_LEVEL_1: 1,
  COMPRESSION_LEVEL_2: 2,
  COMPRESSION_LEVEL_3: 3,
  COMPRESSION_LEVEL_4: 4,
  COMPRESSION_LEVEL_5: 5,
  COMPRESSION_LEVEL_6: 6,
  COMPRESSION_LEVEL_7: 7,
  COMPRESSION_LEVEL_8: 8,
  COMPRESSION_LEVEL_9: 9,
  BEST_COMPRESSION: 9,
} as const;
export type GzipCompressionLevel = (typeof GzipCompressionLevel)[keyof typeof GzipCompressionLevel];
/** envoy.extensions.matching.common_inputs.network.v3.ServerNameInput */
export interface ServerNameInput {}
/** envoy.extensions.matching.common_inputs.network.v3.TransportProtocolInput */
export interface TransportProtocolInput {}
/** envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport */
export interface QuicDownstreamTransport {
  readonly downstream_tls_context?: DownstreamTlsContext;
  readonly enable_early_data?: BoolValue;
  readonly enable_resumption?: BoolValue;
}
/** envoy.extensions.transport_sockets.tls.cert_selectors.on_demand_secret.v3.Config */
export interface On_demand_secretConfig {
  readonly config_source?: ConfigSource;
  readonly certificate_mapper?: TypedExtensionConfig;
}
/** envoy.extensions.transport_sockets.tls.cert_mappers.sni.v3.SNI */
export interface SNI {
  readonly default_value?: string;
}
/** envoy.extensions.transport_sockets.tls.v3.TlsParameters */
export interface TlsParameters {
  readonly tls_minimum_protocol_version?: TlsParametersTlsProtocol;
  readonly tls_maximum_protocol_version?: TlsParametersTlsProtocol;
  readonly cipher_suites?: readonly string[];
  readonly ecdh_curves?: readonly string[];
}
/** envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol */
export const TlsParametersTlsProtocol = {
  TLS_AUTO: 0,
  TLSv1_0: 1,
  TLSv1_1: 2,
  TLSv1_2: 3,
  TLSv1_3: 4,
} as const;
export type TlsParametersTlsProtocol =
  (typeof TlsParametersTlsProtocol)[keyof typeof TlsParametersTlsProtocol];
/** envoy.extensions.transport_sockets.tls.v3.TlsCertificate */
export interface TlsCertificate {
  readonly certificate_chain?: DataSource;
  readonly private_key?: DataSource;
  readonly watched_directory?: WatchedDirectory;
}
/** envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher */
export interface SubjectAltNameMatcher {
  readonly san_type?: SubjectAltNameMatcherSanType;
  readonly matcher?: StringMatcher;
}
/** envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType */
export const SubjectAltNameMatcherSanType = {
  SAN_TYPE_UNSPECIFIED: 0,
  DNS: 2,
  URI: 3,
  IP_ADDRESS: 4,
} as const;
export type SubjectAltNameMatcherSanType =
  (typeof SubjectAltNameMatcherSanType)[keyof typeof SubjectAltNameMatcherSanType];
/** envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext */
export interface CertificateValidationContext {
  readonly trusted_ca?: DataSource;
  readonly crl?: DataSource;
  readonly trust_chain_verification?: CertificateValidationContextTrustChainVerification;
  readonly watched_directory?: WatchedDirectory;
  readonly match_typed_subject_alt_names?: readonly SubjectAltNameMatcher[];
}
/** envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification */
export const CertificateValidationContextTrustChainVerification = {
  VERIFY_TRUST_CHAIN: 0,
  ACCEPT_UNTRUSTED: 1,
} as const;
export type CertificateValidationContextTrustChainVerification =
  (typeof CertificateValidationContextTrustChainVerification)[keyof typeof CertificateValidationContextTrustChainVerification];
/** envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig */
export interface SdsSecretConfig {
  readonly name?: string;
  readonly sds_config?: ConfigSource;
}
/** envoy.extensions.transport_sockets.tls.v3.Secret */
export type Secret = { readonly name?: string } & (
  | { readonly tls_certificate?: TlsCertificate; readonly validation_context?: never }
  | { readonly tls_certificate?: never; readonly validation_context?: CertificateValidationContext }
);
/** envoy.extensions.transport_sockets.tls.v3.CommonTlsContext */
export type CommonTlsContext = {
  readonly tls_params?: TlsParameters;
  readonly alpn_protocols?: readonly string[];
  readonly tls_certificate_sds_secret_configs?: readonly SdsSecretConfig[];
  readonly custom_tls_certificate_selector?: TypedExtensionConfig;
} & (
  | {
      readonly validation_context?: CertificateValidationContext;
      readonly validation_context_sds_secret_config?: never;
      readonly combined_validation_context?: never;
    }
  | {
      readonly validation_context?: never;
      readonly validation_context_sds_secret_config?: SdsSecretConfig;
      readonly combined_validation_context?: never;
    }
  | {
      readonly validation_context?: never;
      readonly validation_context_sds_secret_config?: never;
      readonly combined_validation_context?: CommonTlsContextCombinedCertificateValidationContext;
    }
);
/** envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext */
export interface CommonTlsContextCombinedCertificateValidationContext {
  readonly default_validation_context?: CertificateValidationContext;
  readonly validation_context_sds_secret_config?: SdsSecretConfig;
}
/** envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext */
export interface UpstreamTlsContext {
  readonly common_tls_context?: CommonTlsContext;
  readonly sni?: string;
}
/** envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext */
export interface DownstreamTlsContext {
  readonly common_tls_context?: CommonTlsContext;
  readonly require_client_certificate?: BoolValue;
  readonly disable_stateless_session_resumption?: boolean;
  readonly full_scan_certs_on_sni_mismatch?: BoolValue;
  readonly disable_stateful_session_resumption?: boolean;
}
/** envoy.extensions.upstreams.http.v3.HttpProtocolOptions */
export type HttpHttpProtocolOptions = {
  readonly common_http_protocol_options?: CoreHttpProtocolOptions;
} & (
  | {
      readonly explicit_http_config?: HttpProtocolOptionsExplicitHttpConfig;
      readonly use_downstream_protocol_config?: never;
      readonly auto_config?: never;
    }
  | {
      readonly explicit_http_config?: never;
      readonly use_downstream_protocol_config?: HttpProtocolOptionsUseDownstreamHttpConfig;
      readonly auto_config?: never;
    }
  | {
      readonly explicit_http_config?: never;
      readonly use_downstream_protocol_config?: never;
      readonly auto_config?: HttpProtocolOptionsAutoHttpConfig;
    }
);
/** envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig */
export type HttpProtocolOptionsExplicitHttpConfig =
  | {
      readonly http_protocol_options?: Http1ProtocolOptions;
      readonly http2_protocol_options?: never;
    }
  | {
      readonly http_protocol_options?: never;
      readonly http2_protocol_options?: Http2ProtocolOptions;
    };
/** envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig */
export interface HttpProtocolOptionsUseDownstreamHttpConfig {
  readonly http_protocol_options?: Http1ProtocolOptions;
  readonly http2_protocol_options?: Http2ProtocolOptions;
}
/** envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig */
export interface HttpProtocolOptionsAutoHttpConfig {
  readonly http_protocol_options?: Http1ProtocolOptions;
  readonly http2_protocol_options?: Http2ProtocolOptions;
}
/** envoy.config.accesslog.v3.AccessLog */
export interface AccessLog {
  readonly name?: string;
  readonly filter?: AccessLogFilter;
  readonly typed_config?: Any;
}
/** envoy.config.accesslog.v3.AccessLogFilter */
export type AccessLogFilter =
  | {
      readonly or_filter?: OrFilter;
      readonly response_flag_filter?: never;
      readonly extension_filter?: never;
    }
  | {
      readonly or_filter?: never;
      readonly response_flag_filter?: ResponseFlagFilter;
      readonly extension_filter?: never;
    }
  | {
      readonly or_filter?: never;
      readonly response_flag_filter?: never;
      readonly extension_filter?: ExtensionFilter;
    };
/** envoy.config.accesslog.v3.OrFilter */
export interface OrFilter {
  readonly filters?: readonly AccessLogFilter[];
}
/** envoy.config.accesslog.v3.ResponseFlagFilter */
export interface ResponseFlagFilter {
  readonly flags?: readonly string[];
}
/** envoy.config.accesslog.v3.ExtensionFilter */
export interface ExtensionFilter {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** envoy.config.core.v3.HealthCheck */
export type CoreHealthCheck = {
  readonly timeout?: Duration;
  readonly interval?: Duration;
  readonly unhealthy_threshold?: UInt32Value;
  readonly healthy_threshold?: UInt32Value;
  readonly no_traffic_interval?: Duration;
  readonly name?: string;
} & (
  | {
      readonly http_health_check?: HealthCheckHttpHealthCheck;
      readonly tcp_health_check?: never;
      readonly grpc_health_check?: never;
    }
  | {
      readonly http_health_check?: never;
      readonly tcp_health_check?: HealthCheckTcpHealthCheck;
      readonly grpc_health_check?: never;
    }
  | {
      readonly http_health_check?: never;
      readonly tcp_health_check?: never;
      readonly grpc_health_check?: HealthCheckGrpcHealthCheck;
    }
);
/** envoy.config.core.v3.HealthCheck.HttpHealthCheck */
export interface HealthCheckHttpHealthCheck {
  readonly host?: string;
  readonly path?: string;
  readonly request_headers_to_add?: readonly HeaderValueOption[];
  readonly request_headers_to_remove?: readonly string[];
  readonly expected_statuses?: readonly Int64Range[];
  readonly codec_client_type?: CodecClientType;
}
/** envoy.config.core.v3.HealthCheck.TcpHealthCheck */
export interface HealthCheckTcpHealthCheck {}
/** envoy.config.core.v3.HealthCheck.GrpcHealthCheck */
export interface HealthCheckGrpcHealthCheck {
  readonly service_name?: string;
  readonly authority?: string;
}
/** envoy.config.core.v3.CidrRange */
export interface CidrRange {
  readonly address_prefix?: string;
  readonly prefix_len?: UInt32Value;
}
/** envoy.config.core.v3.ApiVersion */
export const ApiVersion = { AUTO: 0, V3: 2 } as const;
export type ApiVersion = (typeof ApiVersion)[keyof typeof ApiVersion];
/** envoy.config.core.v3.RoutingPriority */
export const RoutingPriority = { DEFAULT: 0, HIGH: 1 } as const;
export type RoutingPriority = (typeof RoutingPriority)[keyof typeof RoutingPriority];
/** envoy.config.core.v3.Node */
export interface Node {
  readonly id?: string;
  readonly cluster?: string;
  readonly user_agent_name?: string;
}
/** envoy.config.core.v3.Pipe */
export interface Pipe {
  readonly path?: string;
}
/** envoy.config.core.v3.SocketAddress */
export interface SocketAddress {
  readonly protocol?: SocketAddressProtocol;
  readonly address?: string;
  readonly port_value?: number;
}
/** envoy.config.core.v3.SocketAddress.Protocol */
export const SocketAddressProtocol = { TCP: 0, UDP: 1 } as const;
export type SocketAddressProtocol =
  (typeof SocketAddressProtocol)[keyof typeof SocketAddressProtocol];
/** envoy.config.core.v3.Address */
export type Address =
  | { readonly socket_address?: SocketAddress; readonly pipe?: never }
  | { readonly socket_address?: never; readonly pipe?: Pipe };
/** envoy.config.core.v3.TcpKeepalive */
export interface TcpKeepalive {
  readonly keepalive_probes?: UInt32Value;
  readonly keepalive_time?: UInt32Value;
  readonly keepalive_interval?: UInt32Value;
}
/** envoy.config.core.v3.AggregatedConfigSource */
export interface AggregatedConfigSource {}
/** envoy.config.core.v3.ApiConfigSource */
export interface ApiConfigSource {
  readonly api_type?: ApiConfigSourceApiType;
  readonly grpc_services?: readonly GrpcService[];
  readonly set_node_on_first_message_only?: boolean;
  readonly transport_api_version?: ApiVersion;
}
/** envoy.config.core.v3.ApiConfigSource.ApiType */
export const ApiConfigSourceApiType = {
  DEPRECATED_AND_UNAVAILABLE_DO_NOT_USE: 0,
  DELTA_GRPC: 3,
} as const;
export type ApiConfigSourceApiType =
  (typeof ApiConfigSourceApiType)[keyof typeof ApiConfigSourceApiType];
/** envoy.config.core.v3.PathConfigSource */
export interface PathConfigSource {
  readonly path?: string;
}
/** envoy.config.core.v3.ConfigSource */
export type ConfigSource = {
  readonly initial_fetch_timeout?: Duration;
  readonly resource_api_version?: ApiVersion;
} & (
  | { readonly ads?: AggregatedConfigSource; readonly path_config_source?: never }
  | { readonly ads?: never; readonly path_config_source?: PathConfigSource }
);
/** envoy.config.core.v3.BackoffStrategy */
export interface BackoffStrategy {
  readonly base_interval?: Duration;
  readonly max_interval?: Duration;
}
/** envoy.config.core.v3.RetryPolicy */
export interface CoreRetryPolicy {
  readonly retry_back_off?: BackoffStrategy;
}
/** envoy.config.core.v3.GrpcService */
export interface GrpcService {
  readonly envoy_grpc?: GrpcServiceEnvoyGrpc;
  readonly timeout?: Duration;
}
/** envoy.config.core.v3.GrpcService.EnvoyGrpc */
export interface GrpcServiceEnvoyGrpc {
  readonly cluster_name?: string;
  readonly retry_policy?: CoreRetryPolicy;
}
/** envoy.config.core.v3.HttpUri */
export interface HttpUri {
  readonly uri?: string;
  readonly cluster?: string;
  readonly timeout?: Duration;
}
/** envoy.config.core.v3.HttpService */
export interface CoreHttpService {
  readonly http_uri?: HttpUri;
}
/** envoy.config.core.v3.WatchedDirectory */
export interface WatchedDirectory {
  readonly path?: string;
}
/** envoy.config.core.v3.ExtensionConfigSource */
export interface ExtensionConfigSource {
  readonly config_source?: ConfigSource;
  readonly default_config?: Any;
  readonly type_urls?: readonly string[];
}
/** envoy.config.core.v3.Metadata */
export interface Metadata {
  readonly filter_metadata?: { readonly [key: string]: Struct };
}
/** envoy.config.core.v3.DataSource */
export type DataSource =
  | { readonly filename?: string; readonly inline_string?: never }
  | { readonly filename?: never; readonly inline_string?: string };
/** envoy.config.core.v3.TransportSocket */
export interface TransportSocket {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** envoy.config.core.v3.RuntimeFractionalPercent */
export interface RuntimeFractionalPercent {
  readonly default_value?: FractionalPercent;
}
/** envoy.config.core.v3.HeaderValue */
export interface HeaderValue {
  readonly key?: string;
  readonly value?: string;
}
/** envoy.config.core.v3.HeaderValueOption */
export interface HeaderValueOption {
  readonly header?: HeaderValue;
  readonly append_action?: HeaderValueOptionHeaderAppendAction;
}
/** envoy.config.core.v3.HeaderValueOption.HeaderAppendAction */
export const HeaderValueOptionHeaderAppendAction = {
  APPEND_IF_EXISTS_OR_ADD: 0,
  ADD_IF_ABSENT: 1,
  OVERWRITE_IF_EXISTS_OR_ADD: 2,
} as const;
export type HeaderValueOptionHeaderAppendAction =
  (typeof HeaderValueOptionHeaderAppendAction)[keyof typeof HeaderValueOptionHeaderAppendAction];
/** envoy.config.core.v3.HttpProtocolOptions */
export interface CoreHttpProtocolOptions {
  readonly idle_timeout?: Duration;
  readonly max_connection_duration?: Duration;
  readonly headers_with_underscores_action?: HttpProtocolOptionsHeadersWithUnderscoresAction;
  readonly max_requests_per_connection?: UInt32Value;
}
/** envoy.config.core.v3.HttpProtocolOptions.HeadersWithUnderscoresAction */
export const HttpProtocolOptionsHeadersWithUnderscoresAction = {
  ALLOW: 0,
  REJECT_REQUEST: 1,
  DROP_HEADER: 2,
} as const;
export type HttpProtocolOptionsHeadersWithUnderscoresAction =
  (typeof HttpProtocolOptionsHeadersWithUnderscoresAction)[keyof typeof HttpProtocolOptionsHeadersWithUnderscoresAction];
/** envoy.config.core.v3.Http1ProtocolOptions */
export interface Http1ProtocolOptions {
  readonly accept_http_10?: boolean;
  readonly header_key_format?: Http1ProtocolOptionsHeaderKeyFormat;
  readonly allow_chunked_length?: boolean;
}
/** envoy.config.core.v3.Http1ProtocolOptions.HeaderKeyFormat */
export interface Http1ProtocolOptionsHeaderKeyFormat {
  readonly proper_case_words?: Http1ProtocolOptionsHeaderKeyFormatProperCaseWords;
}
/** envoy.config.core.v3.Http1ProtocolOptions.HeaderKeyFormat.ProperCaseWords */
export interface Http1ProtocolOptionsHeaderKeyFormatProperCaseWords {}
/** envoy.config.core.v3.KeepaliveSettings */
export interface KeepaliveSettings {
  readonly interval?: Duration;
  readonly timeout?: Duration;
}
/** envoy.config.core.v3.QuicProtocolOptions */
export interface CoreQuicProtocolOptions {
  readonly max_concurrent_streams?: UInt32Value;
  readonly initial_stream_window_size?: UInt32Value;
  readonly initial_connection_window_size?: UInt32Value;
}
/** envoy.config.core.v3.Http2ProtocolOptions */
export interface Http2ProtocolOptions {
  readonly max_concurrent_streams?: UInt32Value;
  readonly initial_stream_window_size?: UInt32Value;
  readonly initial_connection_window_size?: UInt32Value;
  readonly connection_keepalive?: KeepaliveSettings;
}
/** envoy.config.core.v3.TypedExtensionConfig */
export interface TypedExtensionConfig {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** envoy.config.core.v3.GrpcMethodList */
export interface GrpcMethodList {
  readonly services?: readonly GrpcMethodListService[];
}
/** envoy.config.core.v3.GrpcMethodList.Service */
export interface GrpcMethodListService {
  readonly name?: string;
  readonly method_names?: readonly string[];
}
/** envoy.config.core.v3.SubstitutionFormatString */
export type SubstitutionFormatString =
  | { readonly json_format?: Struct; readonly text_format_source?: never }
  | { readonly json_format?: never; readonly text_format_source?: DataSource };
/** envoy.config.bootstrap.v3.Bootstrap */
export interface Bootstrap {
  readonly node?: Node;
  readonly static_resources?: BootstrapStaticResources;
  readonly dynamic_resources?: BootstrapDynamicResources;
  readonly admin?: Admin;
  readonly stats_config?: StatsConfig;
  readonly overload_manager?: OverloadManager;
  readonly layered_runtime?: LayeredRuntime;
  readonly deferred_stat_options?: BootstrapDeferredStatOptions;
}
/** envoy.config.bootstrap.v3.Bootstrap.StaticResources */
export interface BootstrapStaticResources {
  readonly listeners?: readonly Listener[];
  readonly clusters?: readonly Cluster[];
  readonly secrets?: readonly Secret[];
}
/** envoy.config.bootstrap.v3.Bootstrap.DeferredStatOptions */
export interface BootstrapDeferredStatOptions {
  readonly enable_deferred_creation_stats?: boolean;
}
/** envoy.config.bootstrap.v3.Bootstrap.DynamicResources */
export interface BootstrapDynamicResources {
  readonly lds_config?: ConfigSource;
  readonly cds_config?: ConfigSource;
  readonly ads_config?: ApiConfigSource;
}
/** envoy.config.bootstrap.v3.Admin */
export interface Admin {
  readonly address?: Address;
  readonly ignore_global_conn_limit?: boolean;
}
/** envoy.config.bootstrap.v3.LayeredRuntime */
export interface LayeredRuntime {
  readonly layers?: readonly RuntimeLayer[];
}
/** envoy.config.bootstrap.v3.RuntimeLayer */
export type RuntimeLayer = { readonly name?: string } & (
  | { readonly static_layer?: Struct; readonly rtds_layer?: never }
  | { readonly static_layer?: never; readonly rtds_layer?: RuntimeLayerRtdsLayer }
);
/** envoy.config.bootstrap.v3.RuntimeLayer.RtdsLayer */
export interface RuntimeLayerRtdsLayer {
  readonly name?: string;
  readonly rtds_config?: ConfigSource;
}
/** envoy.config.cluster.v3.Cluster */
export type Cluster = {
  readonly name?: string;
  readonly type?: ClusterDiscoveryType;
  readonly eds_cluster_config?: ClusterEdsClusterConfig;
  readonly connect_timeout?: Duration;
  readonly per_connection_buffer_limit_bytes?: UInt32Value;
  readonly lb_policy?: ClusterLbPolicy;
  readonly health_checks?: readonly CoreHealthCheck[];
  readonly circuit_breakers?: CircuitBreakers;
  readonly dns_lookup_family?: ClusterDnsLookupFamily;
  readonly outlier_detection?: OutlierDetection;
  readonly transport_socket?: TransportSocket;
  readonly alt_stat_name?: string;
  readonly upstream_connection_options?: UpstreamConnectionOptions;
  readonly load_assignment?: ClusterLoadAssignment;
  readonly typed_extension_protocol_options?: { readonly [key: string]: Any };
  readonly respect_dns_ttl?: boolean;
} & (
  | {
      readonly ring_hash_lb_config?: ClusterRingHashLbConfig;
      readonly least_request_lb_config?: never;
      readonly maglev_lb_config?: never;
      readonly round_robin_lb_config?: never;
    }
  | {
      readonly ring_hash_lb_config?: never;
      readonly least_request_lb_config?: ClusterLeastRequestLbConfig;
      readonly maglev_lb_config?: never;
      readonly round_robin_lb_config?: never;
    }
  | {
      readonly ring_hash_lb_config?: never;
      readonly least_request_lb_config?: never;
      readonly maglev_lb_config?: ClusterMaglevLbConfig;
      readonly round_robin_lb_config?: never;
    }
  | {
      readonly ring_hash_lb_config?: never;
      readonly least_request_lb_config?: never;
      readonly maglev_lb_config?: never;
      readonly round_robin_lb_config?: ClusterRoundRobinLbConfig;
    }
);
/** envoy.config.cluster.v3.Cluster.DiscoveryType */
export const ClusterDiscoveryType = { STATIC: 0, STRICT_DNS: 1, LOGICAL_DNS: 2, EDS: 3 } as const;
export type ClusterDiscoveryType = (typeof ClusterDiscoveryType)[keyof typeof ClusterDiscoveryType];
/** envoy.config.cluster.v3.Cluster.LbPolicy */
export const ClusterLbPolicy = {
  ROUND_ROBIN: 0,
  LEAST_REQUEST: 1,
  RING_HASH: 2,
  MAGLEV: 5,
} as const;
export type ClusterLbPolicy = (typeof ClusterLbPolicy)[keyof typeof ClusterLbPolicy];
/** envoy.config.cluster.v3.Cluster.DnsLookupFamily */
export const ClusterDnsLookupFamily = { AUTO: 0, V4_ONLY: 1, V6_ONLY: 2 } as const;
export type ClusterDnsLookupFamily =
  (typeof ClusterDnsLookupFamily)[keyof typeof ClusterDnsLookupFamily];
/** envoy.config.cluster.v3.Cluster.SlowStartConfig */
export interface ClusterSlowStartConfig {
  readonly slow_start_window?: Duration;
}
/** envoy.config.cluster.v3.Cluster.RoundRobinLbConfig */
export interface ClusterRoundRobinLbConfig {
  readonly slow_start_config?: ClusterSlowStartConfig;
}
/** envoy.config.cluster.v3.Cluster.LeastRequestLbConfig */
export interface ClusterLeastRequestLbConfig {
  readonly slow_start_config?: ClusterSlowStartConfig;
}
/** envoy.config.cluster.v3.Cluster.RingHashLbConfig */
export interface ClusterRingHashLbConfig {
  readonly minimum_ring_size?: UInt64Value;
}
/** envoy.config.cluster.v3.Cluster.MaglevLbConfig */
export interface ClusterMaglevLbConfig {
  readonly table_size?: UInt64Value;
}
/** envoy.config.cluster.v3.Cluster.EdsClusterConfig */
export interface ClusterEdsClusterConfig {
  readonly eds_config?: ConfigSource;
  readonly service_name?: string;
}
/** envoy.config.cluster.v3.UpstreamConnectionOptions */
export interface UpstreamConnectionOptions {
  readonly tcp_keepalive?: TcpKeepalive;
}
/** envoy.config.cluster.v3.CircuitBreakers */
export interface CircuitBreakers {
  readonly thresholds?: readonly CircuitBreakersThresholds[];
}
/** envoy.config.cluster.v3.CircuitBreakers.Thresholds */
export interface CircuitBreakersThresholds {
  readonly priority?: RoutingPriority;
  readonly max_connections?: UInt32Value;
  readonly max_pending_requests?: UInt32Value;
  readonly max_requests?: UInt32Value;
  readonly max_retries?: UInt32Value;
}
/** envoy.config.cluster.v3.OutlierDetection */
export interface OutlierDetection {
  readonly consecutive_5xx?: UInt32Value;
  readonly interval?: Duration;
  readonly base_ejection_time?: Duration;
  readonly max_ejection_percent?: UInt32Value;
  readonly enforcing_consecutive_5xx?: UInt32Value;
  readonly enforcing_success_rate?: UInt32Value;
  readonly consecutive_gateway_failure?: UInt32Value;
  readonly enforcing_consecutive_gateway_failure?: UInt32Value;
  readonly max_ejection_time?: Duration;
}
/** envoy.config.endpoint.v3.Endpoint */
export interface Endpoint {
  readonly address?: Address;
}
/** envoy.config.endpoint.v3.LbEndpoint */
export interface LbEndpoint {
  readonly endpoint?: Endpoint;
}
/** envoy.config.endpoint.v3.LocalityLbEndpoints */
export interface LocalityLbEndpoints {
  readonly lb_endpoints?: readonly LbEndpoint[];
}
/** envoy.config.endpoint.v3.ClusterLoadAssignment */
export interface ClusterLoadAssignment {
  readonly cluster_name?: string;
  readonly endpoints?: readonly LocalityLbEndpoints[];
}
/** envoy.config.route.v3.FilterConfig */
export interface RouteFilterConfig {
  readonly disabled?: boolean;
}
/** envoy.config.route.v3.RouteConfiguration */
export interface RouteConfiguration {
  readonly name?: string;
  readonly virtual_hosts?: readonly VirtualHost[];
  readonly validate_clusters?: BoolValue;
  readonly request_headers_to_remove?: readonly string[];
  readonly ignore_port_in_host_matching?: boolean;
}
/** envoy.config.route.v3.VirtualHost */
export interface VirtualHost {
  readonly name?: string;
  readonly domains?: readonly string[];
  readonly routes?: readonly RouteRoute[];
  readonly response_headers_to_add?: readonly HeaderValueOption[];
  readonly matcher?: XdsMatcher;
}
/** envoy.config.route.v3.RouteList */
export interface RouteList {
  readonly routes?: readonly RouteRoute[];
}
/** envoy.config.route.v3.Route */
export type RouteRoute = {
  readonly match?: RouteMatch;
  readonly metadata?: Metadata;
  readonly request_headers_to_add?: readonly HeaderValueOption[];
  readonly response_headers_to_add?: readonly HeaderValueOption[];
  readonly response_headers_to_remove?: readonly string[];
  readonly request_headers_to_remove?: readonly string[];
  readonly typed_per_filter_config?: { readonly [key: string]: Any };
  readonly name?: string;
  readonly stat_prefix?: string;
} & (
  | { readonly route?: RouteAction; readonly redirect?: never; readonly direct_response?: never }
  | { readonly route?: never; readonly redirect?: RedirectAction; readonly direct_response?: never }
  | {
      readonly route?: never;
      readonly redirect?: never;
      readonly direct_response?: DirectResponseAction;
    }
);
/** envoy.config.route.v3.DirectResponseAction */
export interface DirectResponseAction {
  readonly status?: number;
}
/** envoy.config.route.v3.RouteMatch */
export type RouteMatch = {
  readonly case_sensitive?: BoolValue;
  readonly headers?: readonly HeaderMatcher[];
  readonly query_parameters?: readonly QueryParameterMatcher[];
  readonly runtime_fraction?: RuntimeFractionalPercent;
} & (
  | {
      readonly prefix?: string;
      readonly path?: never;
      readonly safe_regex?: never;
      readonly path_separated_prefix?: never;
    }
  | {
      readonly prefix?: never;
      readonly path?: string;
      readonly safe_regex?: never;
      readonly path_separated_prefix?: never;
    }
  | {
      readonly prefix?: never;
      readonly path?: never;
      readonly safe_regex?: RegexMatcher;
      readonly path_separated_prefix?: never;
    }
  | {
      readonly prefix?: never;
      readonly path?: never;
      readonly safe_regex?: never;
      readonly path_separated_prefix?: string;
    }
);
/** envoy.config.route.v3.HeaderMatcher */
export type HeaderMatcher = { readonly name?: string; readonly invert_match?: boolean } & (
  | { readonly present_match?: boolean; readonly string_match?: never }
  | { readonly present_match?: never; readonly string_match?: StringMatcher }
);
/** envoy.config.route.v3.QueryParameterMatcher */
export type QueryParameterMatcher = { readonly name?: string } & (
  | { readonly string_match?: StringMatcher; readonly present_match?: never }
  | { readonly string_match?: never; readonly present_match?: boolean }
);
/** envoy.config.route.v3.WeightedCluster */
export interface WeightedCluster {
  readonly clusters?: readonly WeightedClusterClusterWeight[];
}
/** envoy.config.route.v3.WeightedCluster.ClusterWeight */
export interface WeightedClusterClusterWeight {
  readonly name?: string;
  readonly weight?: UInt32Value;
  readonly request_headers_to_add?: readonly HeaderValueOption[];
  readonly response_headers_to_add?: readonly HeaderValueOption[];
  readonly response_headers_to_remove?: readonly string[];
  readonly request_headers_to_remove?: readonly string[];
  readonly typed_per_filter_config?: { readonly [key: string]: Any };
}
/** envoy.config.route.v3.RouteAction */
export type RouteAction = {
  readonly prefix_rewrite?: string;
  readonly timeout?: Duration;
  readonly retry_policy?: RouteRetryPolicy;
  readonly priority?: RoutingPriority;
  readonly hash_policy?: readonly RouteActionHashPolicy[];
  readonly cluster_not_found_response_code?: RouteActionClusterNotFoundResponseCode;
  readonly idle_timeout?: Duration;
  readonly upgrade_configs?: readonly RouteActionUpgradeConfig[];
  readonly request_mirror_policies?: readonly RouteActionRequestMirrorPolicy[];
  readonly regex_rewrite?: RegexMatchAndSubstitute;
  readonly path_rewrite?: string;
} & (
  | { readonly cluster?: string; readonly weighted_clusters?: never }
  | { readonly cluster?: never; readonly weighted_clusters?: WeightedCluster }
) &
  (
    | { readonly host_rewrite_literal?: string; readonly auto_host_rewrite?: never }
    | { readonly host_rewrite_literal?: never; readonly auto_host_rewrite?: BoolValue }
  );
/** envoy.config.route.v3.RouteAction.ClusterNotFoundResponseCode */
export const RouteActionClusterNotFoundResponseCode = {
  SERVICE_UNAVAILABLE: 0,
  NOT_FOUND: 1,
  INTERNAL_SERVER_ERROR: 2,
} as const;
export type RouteActionClusterNotFoundResponseCode =
  (typeof RouteActionClusterNotFoundResponseCode)[keyof typeof RouteActionClusterNotFoundResponseCode];
/** envoy.config.route.v3.RouteAction.RequestMirrorPolicy */
export interface RouteActionRequestMirrorPolicy {
  readonly cluster?: string;
  readonly runtime_fraction?: RuntimeFractionalPercent;
  readonly request_headers_mutations?: readonly Mutation_rulesHeaderMutation[];
}
/** envoy.config.route.v3.RouteAction.HashPolicy */
export type RouteActionHashPolicy =
  | {
      readonly header?: RouteActionHashPolicyHeader;
      readonly cookie?: never;
      readonly connection_properties?: never;
    }
  | {
      readonly header?: never;
      readonly cookie?: RouteActionHashPolicyCookie;
      readonly connection_properties?: never;
    }
  | {
      readonly header?: never;
      readonly cookie?: never;
      readonly connection_properties?: RouteActionHashPolicyConnectionProperties;
    };
/** envoy.config.route.v3.RouteAction.HashPolicy.Header */
export interface RouteActionHashPolicyHeader {
  readonly header_name?: string;
}
/** envoy.config.route.v3.RouteAction.HashPolicy.Cookie */
export interface RouteActionHashPolicyCookie {
  readonly name?: string;
  readonly ttl?: Duration;
  readonly path?: string;
}
/** envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties */
export interface RouteActionHashPolicyConnectionProperties {
  readonly source_ip?: boolean;
}
/** envoy.config.route.v3.RouteAction.UpgradeConfig */
export interface RouteActionUpgradeConfig {
  readonly upgrade_type?: string;
}
/** envoy.config.route.v3.RetryPolicy */
export interface RouteRetryPolicy {
  readonly retry_on?: string;
  readonly num_retries?: UInt32Value;
  readonly per_try_timeout?: Duration;
  readonly retriable_status_codes?: readonly number[];
  readonly retry_back_off?: RetryPolicyRetryBackOff;
}
/** envoy.config.route.v3.RetryPolicy.RetryBackOff */
export interface RetryPolicyRetryBackOff {
  readonly base_interval?: Duration;
  readonly max_interval?: Duration;
}
/** envoy.config.route.v3.RedirectAction */
export type RedirectAction = {
  readonly host_redirect?: string;
  readonly response_code?: RedirectActionRedirectResponseCode;
  readonly port_redirect?: number;
} & (
  | {
      readonly path_redirect?: string;
      readonly prefix_rewrite?: never;
      readonly regex_rewrite?: never;
    }
  | {
      readonly path_redirect?: never;
      readonly prefix_rewrite?: string;
      readonly regex_rewrite?: never;
    }
  | {
      readonly path_redirect?: never;
      readonly prefix_rewrite?: never;
      readonly regex_rewrite?: RegexMatchAndSubstitute;
    }
) &
  (
    | { readonly https_redirect?: boolean; readonly scheme_redirect?: never }
    | { readonly https_redirect?: never; readonly scheme_redirect?: string }
  );
/** envoy.config.route.v3.RedirectAction.RedirectResponseCode */
export const RedirectActionRedirectResponseCode = {
  MOVED_PERMANENTLY: 0,
  FOUND: 1,
  SEE_OTHER: 2,
  TEMPORARY_REDIRECT: 3,
  PERMANENT_REDIRECT: 4,
} as const;
export type RedirectActionRedirectResponseCode =
  (typeof RedirectActionRedirectResponseCode)[keyof typeof RedirectActionRedirectResponseCode];
/** envoy.config.route.v3.RateLimit */
export interface RouteRateLimit {
  readonly actions?: readonly RateLimitAction[];
}
/** envoy.config.route.v3.RateLimit.Action */
export type RateLimitAction =
  | {
      readonly source_cluster?: RateLimitActionSourceCluster;
      readonly destination_cluster?: never;
      readonly request_headers?: never;
      readonly remote_address?: never;
      readonly generic_key?: never;
    }
  | {
      readonly source_cluster?: never;
      readonly destination_cluster?: RateLimitActionDestinationCluster;
      readonly request_headers?: never;
      readonly remote_address?: never;
      readonly generic_key?: never;
    }
  | {
      readonly source_cluster?: never;
      readonly destination_cluster?: never;
      readonly request_headers?: RateLimitActionRequestHeaders;
      readonly remote_address?: never;
      readonly generic_key?: never;
    }
  | {
      readonly source_cluster?: never;
      readonly destination_cluster?: never;
      readonly request_headers?: never;
      readonly remote_address?: RateLimitActionRemoteAddress;
      readonly generic_key?: never;
    }
  | {
      readonly source_cluster?: never;
      readonly destination_cluster?: never;
      readonly request_headers?: never;
      readonly remote_address?: never;
      readonly generic_key?: RateLimitActionGenericKey;
    };
/** envoy.config.route.v3.RateLimit.Action.SourceCluster */
export interface RateLimitActionSourceCluster {}
/** envoy.config.route.v3.RateLimit.Action.DestinationCluster */
export interface RateLimitActionDestinationCluster {}
/** envoy.config.route.v3.RateLimit.Action.RequestHeaders */
export interface RateLimitActionRequestHeaders {
  readonly header_name?: string;
  readonly descriptor_key?: string;
  readonly skip_if_absent?: boolean;
}
/** envoy.config.route.v3.RateLimit.Action.RemoteAddress */
export interface RateLimitActionRemoteAddress {}
/** envoy.config.route.v3.RateLimit.Action.GenericKey */
export interface RateLimitActionGenericKey {
  readonly descriptor_value?: string;
  readonly descriptor_key?: string;
}
/** envoy.config.route.v3.ScopedRouteConfiguration */
export interface ScopedRouteConfiguration {
  readonly name?: string;
  readonly route_configuration_name?: string;
  readonly key?: ScopedRouteConfigurationKey;
  readonly route_configuration?: RouteConfiguration;
}
/** envoy.config.route.v3.ScopedRouteConfiguration.Key */
export interface ScopedRouteConfigurationKey {
  readonly fragments?: readonly ScopedRouteConfigurationKeyFragment[];
}
/** envoy.config.route.v3.ScopedRouteConfiguration.Key.Fragment */
export interface ScopedRouteConfigurationKeyFragment {
  readonly string_key?: string;
}
/** envoy.config.listener.v3.Listener */
export interface Listener {
  readonly name?: string;
  readonly address?: Address;
  readonly filter_chains?: readonly FilterChain[];
  readonly per_connection_buffer_limit_bytes?: UInt32Value;
  readonly listener_filters?: readonly ListenerFilter[];
  readonly udp_listener_config?: UdpListenerConfig;
  readonly access_log?: readonly AccessLog[];
  readonly enable_reuse_port?: BoolValue;
  readonly ignore_global_conn_limit?: boolean;
  readonly filter_chain_matcher?: XdsMatcher;
}
/** envoy.config.listener.v3.UdpListenerConfig */
export interface UdpListenerConfig {
  readonly quic_options?: ListenerQuicProtocolOptions;
}
/** envoy.config.listener.v3.QuicProtocolOptions */
export interface ListenerQuicProtocolOptions {
  readonly quic_protocol_options?: CoreQuicProtocolOptions;
  readonly crypto_handshake_timeout?: Duration;
}
/** envoy.config.listener.v3.Filter */
export type Filter = { readonly name?: string } & (
  | { readonly typed_config?: Any; readonly config_discovery?: never }
  | { readonly typed_config?: never; readonly config_discovery?: ExtensionConfigSource }
);
/** envoy.config.listener.v3.FilterChainMatch */
export interface FilterChainMatch {
  readonly transport_protocol?: string;
  readonly server_names?: readonly string[];
}
/** envoy.config.listener.v3.FilterChain */
export interface FilterChain {
  readonly filter_chain_match?: FilterChainMatch;
  readonly filters?: readonly Filter[];
  readonly transport_socket?: TransportSocket;
  readonly name?: string;
  readonly transport_socket_connect_timeout?: Duration;
}
/** envoy.config.listener.v3.ListenerFilter */
export interface ListenerFilter {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** envoy.config.common.mutation_rules.v3.HeaderMutationRules */
export interface HeaderMutationRules {
  readonly allow_all_routing?: BoolValue;
  readonly allow_envoy?: BoolValue;
  readonly disallow_expression?: RegexMatcher;
}
/** envoy.config.common.mutation_rules.v3.HeaderMutation */
export type Mutation_rulesHeaderMutation =
  | { readonly remove?: string; readonly append?: never; readonly remove_on_match?: never }
  | {
      readonly remove?: never;
      readonly append?: HeaderValueOption;
      readonly remove_on_match?: never;
    }
  | {
      readonly remove?: never;
      readonly append?: never;
      readonly remove_on_match?: HeaderMutationRemoveOnMatch;
    };
/** envoy.config.common.mutation_rules.v3.HeaderMutation.RemoveOnMatch */
export interface HeaderMutationRemoveOnMatch {
  readonly key_matcher?: StringMatcher;
}
/** envoy.config.overload.v3.ResourceMonitor */
export interface ResourceMonitor {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** envoy.config.overload.v3.ThresholdTrigger */
export interface ThresholdTrigger {
  readonly value?: number;
}
/** envoy.config.overload.v3.Trigger */
export interface Trigger {
  readonly name?: string;
  readonly threshold?: ThresholdTrigger;
}
/** envoy.config.overload.v3.OverloadAction */
export interface OverloadAction {
  readonly name?: string;
  readonly triggers?: readonly Trigger[];
}
/** envoy.config.overload.v3.OverloadManager */
export interface OverloadManager {
  readonly refresh_interval?: Duration;
  readonly resource_monitors?: readonly ResourceMonitor[];
  readonly actions?: readonly OverloadAction[];
}
/** envoy.config.ratelimit.v3.RateLimitServiceConfig */
export interface RateLimitServiceConfig {
  readonly grpc_service?: GrpcService;
  readonly transport_api_version?: ApiVersion;
}
/** envoy.config.rbac.v3.RBAC */
export interface RbacRBAC {
  readonly action?: RBACAction;
  readonly policies?: { readonly [key: string]: Policy };
}
/** envoy.config.rbac.v3.RBAC.Action */
export const RBACAction = { ALLOW: 0, DENY: 1 } as const;
export type RBACAction = (typeof RBACAction)[keyof typeof RBACAction];
/** envoy.config.rbac.v3.Policy */
export interface Policy {
  readonly permissions?: readonly Permission[];
  readonly principals?: readonly Principal[];
}
/** envoy.config.rbac.v3.Permission */
export interface Permission {
  readonly any?: boolean;
}
/** envoy.config.rbac.v3.Principal */
export type Principal =
  | { readonly direct_remote_ip?: CidrRange; readonly remote_ip?: never }
  | { readonly direct_remote_ip?: never; readonly remote_ip?: CidrRange };
/** envoy.config.metrics.v3.StatsConfig */
export interface StatsConfig {
  readonly stats_tags?: readonly TagSpecifier[];
  readonly use_all_default_tags?: BoolValue;
  readonly stats_matcher?: StatsMatcher;
}
/** envoy.config.metrics.v3.StatsMatcher */
export interface StatsMatcher {
  readonly exclusion_list?: ListStringMatcher;
}
/** envoy.config.metrics.v3.TagSpecifier */
export interface TagSpecifier {
  readonly tag_name?: string;
  readonly regex?: string;
}
/** envoy.config.trace.v3.Tracing */
export interface Tracing {}
/** envoy.config.trace.v3.Tracing.Http */
export interface TracingHttp {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** envoy.config.trace.v3.ZipkinConfig */
export interface ZipkinConfig {
  readonly collector_cluster?: string;
  readonly collector_endpoint?: string;
  readonly trace_id_128bit?: boolean;
  readonly shared_span_context?: BoolValue;
  readonly collector_endpoint_version?: ZipkinConfigCollectorEndpointVersion;
  readonly collector_hostname?: string;
  readonly trace_context_option?: ZipkinConfigTraceContextOption;
}
/** envoy.config.trace.v3.ZipkinConfig.TraceContextOption */
export const ZipkinConfigTraceContextOption = {
  USE_B3: 0,
  USE_B3_WITH_W3C_PROPAGATION: 1,
} as const;
export type ZipkinConfigTraceContextOption =
  (typeof ZipkinConfigTraceContextOption)[keyof typeof ZipkinConfigTraceContextOption];
/** envoy.config.trace.v3.ZipkinConfig.CollectorEndpointVersion */
export const ZipkinConfigCollectorEndpointVersion = {
  DEPRECATED_AND_UNAVAILABLE_DO_NOT_USE: 0,
  HTTP_JSON: 1,
  HTTP_PROTO: 2,
} as const;
export type ZipkinConfigCollectorEndpointVersion =
  (typeof ZipkinConfigCollectorEndpointVersion)[keyof typeof ZipkinConfigCollectorEndpointVersion];
/** envoy.config.trace.v3.DatadogConfig */
export interface DatadogConfig {
  readonly collector_cluster?: string;
  readonly service_name?: string;
  readonly collector_hostname?: string;
}
/** envoy.config.trace.v3.OpenTelemetryConfig */
export interface OpenTelemetryConfig {
  readonly grpc_service?: GrpcService;
  readonly service_name?: string;
  readonly http_service?: CoreHttpService;
}
/** envoy.service.discovery.v3.DeltaDiscoveryRequest */
export interface DeltaDiscoveryRequest {
  readonly node?: Node;
  readonly type_url?: string;
  readonly resource_names_subscribe?: readonly string[];
  readonly resource_names_unsubscribe?: readonly string[];
  readonly initial_resource_versions?: { readonly [key: string]: string };
  readonly response_nonce?: string;
  readonly error_detail?: Status;
}
/** envoy.service.discovery.v3.DeltaDiscoveryResponse */
export interface DeltaDiscoveryResponse {
  readonly system_version_info?: string;
  readonly resources?: readonly Resource[];
  readonly type_url?: string;
  readonly nonce?: string;
  readonly removed_resources?: readonly string[];
}
/** envoy.service.discovery.v3.Resource */
export interface Resource {
  readonly version?: string;
  readonly resource?: Any;
  readonly name?: string;
}
/** envoy.service.discovery.v3.DiscoveryRequest */
export interface DiscoveryRequest {
  readonly version_info?: string;
  readonly node?: Node;
  readonly resource_names?: readonly string[];
  readonly type_url?: string;
  readonly response_nonce?: string;
  readonly error_detail?: Status;
}
/** envoy.service.discovery.v3.DiscoveryResponse */
export interface DiscoveryResponse {
  readonly version_info?: string;
  readonly resources?: readonly Any[];
  readonly type_url?: string;
  readonly nonce?: string;
}
/** envoy.service.runtime.v3.Runtime */
export interface Runtime {
  readonly name?: string;
  readonly layer?: Struct;
}
/** envoy.type.matcher.v3.HttpRequestHeaderMatchInput */
export interface HttpRequestHeaderMatchInput {
  readonly header_name?: string;
}
/** envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput */
export interface HttpResponseStatusCodeMatchInput {}
/** envoy.type.matcher.v3.StringMatcher */
export type StringMatcher = { readonly ignore_case?: boolean } & (
  | {
      readonly exact?: string;
      readonly prefix?: never;
      readonly suffix?: never;
      readonly safe_regex?: never;
    }
  | {
      readonly exact?: never;
      readonly prefix?: string;
      readonly suffix?: never;
      readonly safe_regex?: never;
    }
  | {
      readonly exact?: never;
      readonly prefix?: never;
      readonly suffix?: string;
      readonly safe_regex?: never;
    }
  | {
      readonly exact?: never;
      readonly prefix?: never;
      readonly suffix?: never;
      readonly safe_regex?: RegexMatcher;
    }
);
/** envoy.type.matcher.v3.ListStringMatcher */
export interface ListStringMatcher {
  readonly patterns?: readonly StringMatcher[];
}
/** envoy.type.matcher.v3.RegexMatcher */
export interface RegexMatcher {
  readonly regex?: string;
}
/** envoy.type.matcher.v3.RegexMatchAndSubstitute */
export interface RegexMatchAndSubstitute {
  readonly pattern?: RegexMatcher;
  readonly substitution?: string;
}
/** envoy.type.tracing.v3.CustomTag */
export type CustomTag = { readonly tag?: string } & (
  | {
      readonly literal?: CustomTagLiteral;
      readonly environment?: never;
      readonly request_header?: never;
    }
  | {
      readonly literal?: never;
      readonly environment?: CustomTagEnvironment;
      readonly request_header?: never;
    }
  | {
      readonly literal?: never;
      readonly environment?: never;
      readonly request_header?: CustomTagHeader;
    }
);
/** envoy.type.tracing.v3.CustomTag.Literal */
export interface CustomTagLiteral {
  readonly value?: string;
}
/** envoy.type.tracing.v3.CustomTag.Environment */
export interface CustomTagEnvironment {
  readonly name?: string;
  readonly default_value?: string;
}
/** envoy.type.tracing.v3.CustomTag.Header */
export interface CustomTagHeader {
  readonly name?: string;
  readonly default_value?: string;
}
/** envoy.type.v3.CodecClientType */
export const CodecClientType = { HTTP1: 0, HTTP2: 1 } as const;
export type CodecClientType = (typeof CodecClientType)[keyof typeof CodecClientType];
/** envoy.type.v3.FractionalPercent */
export interface FractionalPercent {
  readonly numerator?: number;
  readonly denominator?: FractionalPercentDenominatorType;
}
/** envoy.type.v3.FractionalPercent.DenominatorType */
export const FractionalPercentDenominatorType = {
  HUNDRED: 0,
  TEN_THOUSAND: 1,
  MILLION: 2,
} as const;
export type FractionalPercentDenominatorType =
  (typeof FractionalPercentDenominatorType)[keyof typeof FractionalPercentDenominatorType];
/** envoy.type.v3.Percent */
export interface Percent {
  readonly value?: number;
}
/** envoy.type.v3.Int64Range */
export interface Int64Range {
  readonly start?: number;
  readonly end?: number;
}
/** envoy.type.v3.StatusCode */
export const StatusCode = {
  Empty: 0,
  Continue: 100,
  OK: 200,
  Created: 201,
  Accepted: 202,
  NonAuthoritativeInformation: 203,
  NoContent: 204,
  ResetContent: 205,
  PartialContent: 206,
  MultiStatus: 207,
  AlreadyReported: 208,
  IMUsed: 226,
  MultipleChoices: 300,
  MovedPermanently: 301,
  Found: 302,
  SeeOther: 303,
  NotModified: 304,
  UseProxy: 305,
  TemporaryRedirect: 307,
  PermanentRedirect: 308,
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  ProxyAuthenticationRequired: 407,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  LengthRequired: 411,
  PreconditionFailed: 412,
  PayloadTooLarge: 413,
  URITooLong: 414,
  UnsupportedMediaType: 415,
  RangeNotSatisfiable: 416,
  ExpectationFailed: 417,
  MisdirectedRequest: 421,
  UnprocessableEntity: 422,
  Locked: 423,
  FailedDependency: 424,
  UpgradeRequired: 426,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  RequestHeaderFieldsTooLarge: 431,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
  HTTPVersionNotSupported: 505,
  VariantAlsoNegotiates: 506,
  InsufficientStorage: 507,
  LoopDetected: 508,
  NotExtended: 510,
  NetworkAuthenticationRequired: 511,
} as const;
export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];
/** envoy.type.v3.HttpStatus */
export interface HttpStatus {
  readonly code?: StatusCode;
}
/** xds.type.matcher.v3.StringMatcher */
export type XdsStringMatcher =
  | { readonly exact?: string; readonly safe_regex?: never }
  | { readonly exact?: never; readonly safe_regex?: XdsRegexMatcher };
/** xds.type.matcher.v3.RegexMatcher */
export interface XdsRegexMatcher {
  readonly google_re2?: XdsRegexMatcherGoogleRE2;
  readonly regex?: string;
}
/** xds.type.matcher.v3.RegexMatcher.GoogleRE2 */
export interface XdsRegexMatcherGoogleRE2 {}
/** xds.type.matcher.v3.Matcher */
export type XdsMatcher = { readonly on_no_match?: XdsMatcherOnMatch } & (
  | { readonly matcher_list?: XdsMatcherMatcherList; readonly matcher_tree?: never }
  | { readonly matcher_list?: never; readonly matcher_tree?: XdsMatcherMatcherTree }
);
/** xds.type.matcher.v3.Matcher.OnMatch */
export interface XdsMatcherOnMatch {
  readonly action?: XdsTypedExtensionConfig;
}
/** xds.type.matcher.v3.Matcher.MatcherList */
export interface XdsMatcherMatcherList {
  readonly matchers?: readonly XdsMatcherMatcherListFieldMatcher[];
}
/** xds.type.matcher.v3.Matcher.MatcherList.Predicate */
export type XdsMatcherMatcherListPredicate =
  | {
      readonly single_predicate?: XdsMatcherMatcherListPredicateSinglePredicate;
      readonly and_matcher?: never;
      readonly not_matcher?: never;
    }
  | {
      readonly single_predicate?: never;
      readonly and_matcher?: XdsMatcherMatcherListPredicatePredicateList;
      readonly not_matcher?: never;
    }
  | {
      readonly single_predicate?: never;
      readonly and_matcher?: never;
      readonly not_matcher?: XdsMatcherMatcherListPredicate;
    };
/** xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate */
export interface XdsMatcherMatcherListPredicateSinglePredicate {
  readonly input?: XdsTypedExtensionConfig;
  readonly value_match?: XdsStringMatcher;
}
/** xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList */
export interface XdsMatcherMatcherListPredicatePredicateList {
  readonly predicate?: readonly XdsMatcherMatcherListPredicate[];
}
/** xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher */
export interface XdsMatcherMatcherListFieldMatcher {
  readonly predicate?: XdsMatcherMatcherListPredicate;
  readonly on_match?: XdsMatcherOnMatch;
}
/** xds.type.matcher.v3.Matcher.MatcherTree */
export interface XdsMatcherMatcherTree {
  readonly input?: XdsTypedExtensionConfig;
  readonly prefix_match_map?: XdsMatcherMatcherTreeMatchMap;
}
/** xds.type.matcher.v3.Matcher.MatcherTree.MatchMap */
export interface XdsMatcherMatcherTreeMatchMap {
  readonly map?: { readonly [key: string]: XdsMatcherOnMatch };
}
/** xds.core.v3.TypedExtensionConfig */
export interface XdsTypedExtensionConfig {
  readonly name?: string;
  readonly typed_config?: Any;
}
/** google.protobuf.Any */
export interface Any {
  readonly type_url?: string;
  readonly value?: Uint8Array;
}
/** google.protobuf.Duration */
export interface Duration {
  readonly seconds?: number;
  readonly nanos?: number;
}
/** google.protobuf.Struct */
export interface Struct {
  readonly fields?: { readonly [key: string]: Value };
}
/** google.protobuf.Value */
export type Value =
  | {
      readonly nullValue?: NullValue;
      readonly numberValue?: never;
      readonly stringValue?: never;
      readonly boolValue?: never;
      readonly structValue?: never;
      readonly listValue?: never;
    }
  | {
      readonly nullValue?: never;
      readonly numberValue?: number;
      readonly stringValue?: never;
      readonly boolValue?: never;
      readonly structValue?: never;
      readonly listValue?: never;
    }
  | {
      readonly nullValue?: never;
      readonly numberValue?: never;
      readonly stringValue?: string;
      readonly boolValue?: never;
      readonly structValue?: never;
      readonly listValue?: never;
    }
  | {
      readonly nullValue?: never;
      readonly numberValue?: never;
      readonly stringValue?: never;
      readonly boolValue?: boolean;
      readonly structValue?: never;
      readonly listValue?: never;
    }
  | {
      readonly nullValue?: never;
      readonly numberValue?: never;
      readonly stringValue?: never;
      readonly boolValue?: never;
      readonly structValue?: Struct;
      readonly listValue?: never;
    }
  | {
      readonly nullValue?: never;
      readonly numberValue?: never;
      readonly stringValue?: never;
      readonly boolValue?: never;
      readonly structValue?: never;
      readonly listValue?: ListValue;
    };
/** google.protobuf.NullValue */
export const NullValue = { NULL_VALUE: 0 } as const;
export type NullValue = (typeof NullValue)[keyof typeof NullValue];
/** google.protobuf.ListValue */
export interface ListValue {
  readonly values?: readonly Value[];
}
/** google.protobuf.DoubleValue */
export interface DoubleValue {
  readonly value?: number;
}
/** google.protobuf.FloatValue */
export interface FloatValue {
  readonly value?: number;
}
/** google.protobuf.Int64Value */
export interface Int64Value {
  readonly value?: number;
}
/** google.protobuf.UInt64Value */
export interface UInt64Value {
  readonly value?: number;
}
/** google.protobuf.Int32Value */
export interface Int32Value {
  readonly value?: number;
}
/** google.protobuf.UInt32Value */
export interface UInt32Value {
  readonly value?: number;
}
/** google.protobuf.BoolValue */
export interface BoolValue {
  readonly value?: boolean;
}
/** google.protobuf.StringValue */
export interface StringValue {
  readonly value?: string;
}
/** google.protobuf.BytesValue */
export interface BytesValue {
  readonly value?: Uint8Array;
}
/** google.rpc.Status */
export interface Status {
  readonly code?: number;
  readonly message?: string;
}
/** Every message by its full name. */
export interface Messages {
  readonly 'envoy.extensions.access_loggers.file.v3.FileAccessLog': FileAccessLog;
  readonly 'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter': ExpressionFilter;
  readonly 'envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig': CommonGrpcAccessLogConfig;
  readonly 'envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig': HttpGrpcAccessLogConfig;
  readonly 'envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig': TcpGrpcAccessLogConfig;
  readonly 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog': StdoutAccessLog;
  readonly 'envoy.extensions.filters.http.buffer.v3.Buffer': Buffer;
  readonly 'envoy.extensions.filters.http.buffer.v3.BufferPerRoute': BufferPerRoute;
  readonly 'envoy.extensions.filters.http.compressor.v3.Compressor': Compressor;
  readonly 'envoy.extensions.filters.http.compressor.v3.Compressor.CommonDirectionConfig': CompressorCommonDirectionConfig;
  readonly 'envoy.extensions.filters.http.compressor.v3.Compressor.ResponseDirectionConfig': CompressorResponseDirectionConfig;
  readonly 'envoy.extensions.filters.http.compressor.v3.CompressorPerRoute': CompressorPerRoute;
  readonly 'envoy.extensions.filters.http.cors.v3.Cors': Cors;
  readonly 'envoy.extensions.filters.http.cors.v3.CorsPolicy': CorsPolicy;
  readonly 'envoy.extensions.filters.http.custom_response.v3.CustomResponse': CustomResponse;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz': ExtAuthz;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.BufferSettings': BufferSettings;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.HttpService': Ext_authzHttpService;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.AuthorizationRequest': AuthorizationRequest;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse': AuthorizationResponse;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute': ExtAuthzPerRoute;
  readonly 'envoy.extensions.filters.http.ext_authz.v3.CheckSettings': CheckSettings;
  readonly 'envoy.extensions.filters.http.grpc_http1_bridge.v3.Config': Grpc_http1_bridgeConfig;
  readonly 'envoy.extensions.filters.http.grpc_stats.v3.FilterConfig': Grpc_statsFilterConfig;
  readonly 'envoy.extensions.filters.http.grpc_web.v3.GrpcWeb': GrpcWeb;
  readonly 'envoy.extensions.filters.http.health_check.v3.HealthCheck': Health_checkHealthCheck;
  readonly 'envoy.extensions.filters.http.lua.v3.Lua': Lua;
  readonly 'envoy.extensions.filters.http.lua.v3.LuaPerRoute': LuaPerRoute;
  readonly 'envoy.extensions.filters.http.ratelimit.v3.RateLimit': RatelimitRateLimit;
  readonly 'envoy.extensions.filters.http.ratelimit.v3.RateLimitPerRoute': RateLimitPerRoute;
  readonly 'envoy.extensions.filters.http.rbac.v3.RBAC': RbacRBAC;
  readonly 'envoy.extensions.filters.http.rbac.v3.RBACPerRoute': RBACPerRoute;
  readonly 'envoy.extensions.filters.http.router.v3.Router': Router;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager': HttpConnectionManager;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails': HttpConnectionManagerSetCurrentClientCertDetails;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.Tracing': HttpConnectionManagerTracing;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig': LocalReplyConfig;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper': ResponseMapper;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.Rds': Rds;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter': HttpFilter;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes': ScopedRoutes;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder': ScopedRoutesScopeKeyBuilder;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder.FragmentBuilder': ScopedRoutesScopeKeyBuilderFragmentBuilder;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.ScopedRoutes.ScopeKeyBuilder.FragmentBuilder.HeaderValueExtractor': ScopedRoutesScopeKeyBuilderFragmentBuilderHeaderValueExtractor;
  readonly 'envoy.extensions.filters.network.http_connection_manager.v3.ScopedRds': ScopedRds;
  readonly 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy': TcpProxy;
  readonly 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster': TcpProxyWeightedCluster;
  readonly 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight': TcpProxyWeightedClusterClusterWeight;
  readonly 'envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol': ProxyProtocol;
  readonly 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector': TlsInspector;
  readonly 'envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig': UdpProxyConfig;
  readonly 'envoy.extensions.filters.udp.udp_proxy.v3.Route': Udp_proxyRoute;
  readonly 'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig': DownstreamConnectionsConfig;
  readonly 'envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig': FixedHeapConfig;
  readonly 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation': Header_mutationHeaderMutation;
  readonly 'envoy.extensions.http.custom_response.local_response_policy.v3.LocalResponsePolicy': LocalResponsePolicy;
  readonly 'envoy.extensions.compression.gzip.compressor.v3.Gzip': Gzip;
  readonly 'envoy.extensions.matching.common_inputs.network.v3.ServerNameInput': ServerNameInput;
  readonly 'envoy.extensions.matching.common_inputs.network.v3.TransportProtocolInput': TransportProtocolInput;
  readonly 'envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport': QuicDownstreamTransport;
  readonly 'envoy.extensions.transport_sockets.tls.cert_selectors.on_demand_secret.v3.Config': On_demand_secretConfig;
  readonly 'envoy.extensions.transport_sockets.tls.cert_mappers.sni.v3.SNI': SNI;
  readonly 'envoy.extensions.transport_sockets.tls.v3.TlsParameters': TlsParameters;
  readonly 'envoy.extensions.transport_sockets.tls.v3.TlsCertificate': TlsCertificate;
  readonly 'envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher': SubjectAltNameMatcher;
  readonly 'envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext': CertificateValidationContext;
  readonly 'envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig': SdsSecretConfig;
  readonly 'envoy.extensions.transport_sockets.tls.v3.Secret': Secret;
  readonly 'envoy.extensions.transport_sockets.tls.v3.CommonTlsContext': CommonTlsContext;
  readonly 'envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext': CommonTlsContextCombinedCertificateValidationContext;
  readonly 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext': UpstreamTlsContext;
  readonly 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext': DownstreamTlsContext;
  readonly 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': HttpHttpProtocolOptions;
  readonly 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig': HttpProtocolOptionsExplicitHttpConfig;
  readonly 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig': HttpProtocolOptionsUseDownstreamHttpConfig;
  readonly 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig': HttpProtocolOptionsAutoHttpConfig;
  readonly 'envoy.config.accesslog.v3.AccessLog': AccessLog;
  readonly 'envoy.config.accesslog.v3.AccessLogFilter': AccessLogFilter;
  readonly 'envoy.config.accesslog.v3.OrFilter': OrFilter;
  readonly 'envoy.config.accesslog.v3.ResponseFlagFilter': ResponseFlagFilter;
  readonly 'envoy.config.accesslog.v3.ExtensionFilter': ExtensionFilter;
  readonly 'envoy.config.core.v3.HealthCheck': CoreHealthCheck;
  readonly 'envoy.config.core.v3.HealthCheck.HttpHealthCheck': HealthCheckHttpHealthCheck;
  readonly 'envoy.config.core.v3.HealthCheck.TcpHealthCheck': HealthCheckTcpHealthCheck;
  readonly 'envoy.config.core.v3.HealthCheck.GrpcHealthCheck': HealthCheckGrpcHealthCheck;
  readonly 'envoy.config.core.v3.CidrRange': CidrRange;
  readonly 'envoy.config.core.v3.Node': Node;
  readonly 'envoy.config.core.v3.Pipe': Pipe;
  readonly 'envoy.config.core.v3.SocketAddress': SocketAddress;
  readonly 'envoy.config.core.v3.Address': Address;
  readonly 'envoy.config.core.v3.TcpKeepalive': TcpKeepalive;
  readonly 'envoy.config.core.v3.AggregatedConfigSource': AggregatedConfigSource;
  readonly 'envoy.config.core.v3.ApiConfigSource': ApiConfigSource;
  readonly 'envoy.config.core.v3.PathConfigSource': PathConfigSource;
  readonly 'envoy.config.core.v3.ConfigSource': ConfigSource;
  readonly 'envoy.config.core.v3.BackoffStrategy': BackoffStrategy;
  readonly 'envoy.config.core.v3.RetryPolicy': CoreRetryPolicy;
  readonly 'envoy.config.core.v3.GrpcService': GrpcService;
  readonly 'envoy.config.core.v3.GrpcService.EnvoyGrpc': GrpcServiceEnvoyGrpc;
  readonly 'envoy.config.core.v3.HttpUri': HttpUri;
  readonly 'envoy.config.core.v3.HttpService': CoreHttpService;
  readonly 'envoy.config.core.v3.WatchedDirectory': WatchedDirectory;
  readonly 'envoy.config.core.v3.ExtensionConfigSource': ExtensionConfigSource;
  readonly 'envoy.config.core.v3.Metadata': Metadata;
  readonly 'envoy.config.core.v3.DataSource': DataSource;
  readonly 'envoy.config.core.v3.TransportSocket': TransportSocket;
  readonly 'envoy.config.core.v3.RuntimeFractionalPercent': RuntimeFractionalPercent;
  readonly 'envoy.config.core.v3.HeaderValue': HeaderValue;
  readonly 'envoy.config.core.v3.HeaderValueOption': HeaderValueOption;
  readonly 'envoy.config.core.v3.HttpProtocolOptions': CoreHttpProtocolOptions;
  readonly 'envoy.config.core.v3.Http1ProtocolOptions': Http1ProtocolOptions;
  readonly 'envoy.config.core.v3.Http1ProtocolOptions.HeaderKeyFormat': Http1ProtocolOptionsHeaderKeyFormat;
  readonly 'envoy.config.core.v3.Http1ProtocolOptions.HeaderKeyFormat.ProperCaseWords': Http1ProtocolOptionsHeaderKeyFormatProperCaseWords;
  readonly 'envoy.config.core.v3.KeepaliveSettings': KeepaliveSettings;
  readonly 'envoy.config.core.v3.QuicProtocolOptions': CoreQuicProtocolOptions;
  readonly 'envoy.config.core.v3.Http2ProtocolOptions': Http2ProtocolOptions;
  readonly 'envoy.config.core.v3.TypedExtensionConfig': TypedExtensionConfig;
  readonly 'envoy.config.core.v3.GrpcMethodList': GrpcMethodList;
  readonly 'envoy.config.core.v3.GrpcMethodList.Service': GrpcMethodListService;
  readonly 'envoy.config.core.v3.SubstitutionFormatString': SubstitutionFormatString;
  readonly 'envoy.config.bootstrap.v3.Bootstrap': Bootstrap;
  readonly 'envoy.config.bootstrap.v3.Bootstrap.StaticResources': BootstrapStaticResources;
  readonly 'envoy.config.bootstrap.v3.Bootstrap.DeferredStatOptions': BootstrapDeferredStatOptions;
  readonly 'envoy.config.bootstrap.v3.Bootstrap.DynamicResources': BootstrapDynamicResources;
  readonly 'envoy.config.bootstrap.v3.Admin': Admin;
  readonly 'envoy.config.bootstrap.v3.LayeredRuntime': LayeredRuntime;
  readonly 'envoy.config.bootstrap.v3.RuntimeLayer': RuntimeLayer;
  readonly 'envoy.config.bootstrap.v3.RuntimeLayer.RtdsLayer': RuntimeLayerRtdsLayer;
  readonly 'envoy.config.cluster.v3.Cluster': Cluster;
  readonly 'envoy.config.cluster.v3.Cluster.SlowStartConfig': ClusterSlowStartConfig;
  readonly 'envoy.config.cluster.v3.Cluster.RoundRobinLbConfig': ClusterRoundRobinLbConfig;
  readonly 'envoy.config.cluster.v3.Cluster.LeastRequestLbConfig': ClusterLeastRequestLbConfig;
  readonly 'envoy.config.cluster.v3.Cluster.RingHashLbConfig': ClusterRingHashLbConfig;
  readonly 'envoy.config.cluster.v3.Cluster.MaglevLbConfig': ClusterMaglevLbConfig;
  readonly 'envoy.config.cluster.v3.Cluster.EdsClusterConfig': ClusterEdsClusterConfig;
  readonly 'envoy.config.cluster.v3.UpstreamConnectionOptions': UpstreamConnectionOptions;
  readonly 'envoy.config.cluster.v3.CircuitBreakers': CircuitBreakers;
  readonly 'envoy.config.cluster.v3.CircuitBreakers.Thresholds': CircuitBreakersThresholds;
  readonly 'envoy.config.cluster.v3.OutlierDetection': OutlierDetection;
  readonly 'envoy.config.endpoint.v3.Endpoint': Endpoint;
  readonly 'envoy.config.endpoint.v3.LbEndpoint': LbEndpoint;
  readonly 'envoy.config.endpoint.v3.LocalityLbEndpoints': LocalityLbEndpoints;
  readonly 'envoy.config.endpoint.v3.ClusterLoadAssignment': ClusterLoadAssignment;
  readonly 'envoy.config.route.v3.FilterConfig': RouteFilterConfig;
  readonly 'envoy.config.route.v3.RouteConfiguration': RouteConfiguration;
  readonly 'envoy.config.route.v3.VirtualHost': VirtualHost;
  readonly 'envoy.config.route.v3.RouteList': RouteList;
  readonly 'envoy.config.route.v3.Route': RouteRoute;
  readonly 'envoy.config.route.v3.DirectResponseAction': DirectResponseAction;
  readonly 'envoy.config.route.v3.RouteMatch': RouteMatch;
  readonly 'envoy.config.route.v3.HeaderMatcher': HeaderMatcher;
  readonly 'envoy.config.route.v3.QueryParameterMatcher': QueryParameterMatcher;
  readonly 'envoy.config.route.v3.WeightedCluster': WeightedCluster;
  readonly 'envoy.config.route.v3.WeightedCluster.ClusterWeight': WeightedClusterClusterWeight;
  readonly 'envoy.config.route.v3.RouteAction': RouteAction;
  readonly 'envoy.config.route.v3.RouteAction.RequestMirrorPolicy': RouteActionRequestMirrorPolicy;
  readonly 'envoy.config.route.v3.RouteAction.HashPolicy': RouteActionHashPolicy;
  readonly 'envoy.config.route.v3.RouteAction.HashPolicy.Header': RouteActionHashPolicyHeader;
  readonly 'envoy.config.route.v3.RouteAction.HashPolicy.Cookie': RouteActionHashPolicyCookie;
  readonly 'envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties': RouteActionHashPolicyConnectionProperties;
  readonly 'envoy.config.route.v3.RouteAction.UpgradeConfig': RouteActionUpgradeConfig;
  readonly 'envoy.config.route.v3.RetryPolicy': RouteRetryPolicy;
  readonly 'envoy.config.route.v3.RetryPolicy.RetryBackOff': RetryPolicyRetryBackOff;
  readonly 'envoy.config.route.v3.RedirectAction': RedirectAction;
  readonly 'envoy.config.route.v3.RateLimit': RouteRateLimit;
  readonly 'envoy.config.route.v3.RateLimit.Action': RateLimitAction;
  readonly 'envoy.config.route.v3.RateLimit.Action.SourceCluster': RateLimitActionSourceCluster;
  readonly 'envoy.config.route.v3.RateLimit.Action.DestinationCluster': RateLimitActionDestinationCluster;
  readonly 'envoy.config.route.v3.RateLimit.Action.RequestHeaders': RateLimitActionRequestHeaders;
  readonly 'envoy.config.route.v3.RateLimit.Action.RemoteAddress': RateLimitActionRemoteAddress;
  readonly 'envoy.config.route.v3.RateLimit.Action.GenericKey': RateLimitActionGenericKey;
  readonly 'envoy.config.route.v3.ScopedRouteConfiguration': ScopedRouteConfiguration;
  readonly 'envoy.config.route.v3.ScopedRouteConfiguration.Key': ScopedRouteConfigurationKey;
  readonly 'envoy.config.route.v3.ScopedRouteConfiguration.Key.Fragment': ScopedRouteConfigurationKeyFragment;
  readonly 'envoy.config.listener.v3.Listener': Listener;
  readonly 'envoy.config.listener.v3.UdpListenerConfig': UdpListenerConfig;
  readonly 'envoy.config.listener.v3.QuicProtocolOptions': ListenerQuicProtocolOptions;
  readonly 'envoy.config.listener.v3.Filter': Filter;
  readonly 'envoy.config.listener.v3.FilterChainMatch': FilterChainMatch;
  readonly 'envoy.config.listener.v3.FilterChain': FilterChain;
  readonly 'envoy.config.listener.v3.ListenerFilter': ListenerFilter;
  readonly 'envoy.config.common.mutation_rules.v3.HeaderMutationRules': HeaderMutationRules;
  readonly 'envoy.config.common.mutation_rules.v3.HeaderMutation': Mutation_rulesHeaderMutation;
  readonly 'envoy.config.common.mutation_rules.v3.HeaderMutation.RemoveOnMatch': HeaderMutationRemoveOnMatch;
  readonly 'envoy.config.overload.v3.ResourceMonitor': ResourceMonitor;
  readonly 'envoy.config.overload.v3.ThresholdTrigger': ThresholdTrigger;
  readonly 'envoy.config.overload.v3.Trigger': Trigger;
  readonly 'envoy.config.overload.v3.OverloadAction': OverloadAction;
  readonly 'envoy.config.overload.v3.OverloadManager': OverloadManager;
  readonly 'envoy.config.ratelimit.v3.RateLimitServiceConfig': RateLimitServiceConfig;
  readonly 'envoy.config.rbac.v3.RBAC': RbacRBAC;
  readonly 'envoy.config.rbac.v3.Policy': Policy;
  readonly 'envoy.config.rbac.v3.Permission': Permission;
  readonly 'envoy.config.rbac.v3.Principal': Principal;
  readonly 'envoy.config.metrics.v3.StatsConfig': StatsConfig;
  readonly 'envoy.config.metrics.v3.StatsMatcher': StatsMatcher;
  readonly 'envoy.config.metrics.v3.TagSpecifier': TagSpecifier;
  readonly 'envoy.config.trace.v3.Tracing': Tracing;
  readonly 'envoy.config.trace.v3.Tracing.Http': TracingHttp;
  readonly 'envoy.config.trace.v3.ZipkinConfig': ZipkinConfig;
  readonly 'envoy.config.trace.v3.DatadogConfig': DatadogConfig;
  readonly 'envoy.config.trace.v3.OpenTelemetryConfig': OpenTelemetryConfig;
  readonly 'envoy.service.discovery.v3.DeltaDiscoveryRequest': DeltaDiscoveryRequest;
  readonly 'envoy.service.discovery.v3.DeltaDiscoveryResponse': DeltaDiscoveryResponse;
  readonly 'envoy.service.discovery.v3.Resource': Resource;
  readonly 'envoy.service.discovery.v3.DiscoveryRequest': DiscoveryRequest;
  readonly 'envoy.service.discovery.v3.DiscoveryResponse': DiscoveryResponse;
  readonly 'envoy.service.runtime.v3.Runtime': Runtime;
  readonly 'envoy.type.matcher.v3.HttpRequestHeaderMatchInput': HttpRequestHeaderMatchInput;
  readonly 'envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput': HttpResponseStatusCodeMatchInput;
  readonly 'envoy.type.matcher.v3.StringMatcher': StringMatcher;
  readonly 'envoy.type.matcher.v3.ListStringMatcher': ListStringMatcher;
  readonly 'envoy.type.matcher.v3.RegexMatcher': RegexMatcher;
  readonly 'envoy.type.matcher.v3.RegexMatchAndSubstitute': RegexMatchAndSubstitute;
  readonly 'envoy.type.tracing.v3.CustomTag': CustomTag;
  readonly 'envoy.type.tracing.v3.CustomTag.Literal': CustomTagLiteral;
  readonly 'envoy.type.tracing.v3.CustomTag.Environment': CustomTagEnvironment;
  readonly 'envoy.type.tracing.v3.CustomTag.Header': CustomTagHeader;
  readonly 'envoy.type.v3.FractionalPercent': FractionalPercent;
  readonly 'envoy.type.v3.Percent': Percent;
  readonly 'envoy.type.v3.Int64Range': Int64Range;
  readonly 'envoy.type.v3.HttpStatus': HttpStatus;
  readonly 'xds.type.matcher.v3.StringMatcher': XdsStringMatcher;
  readonly 'xds.type.matcher.v3.RegexMatcher': XdsRegexMatcher;
  readonly 'xds.type.matcher.v3.RegexMatcher.GoogleRE2': XdsRegexMatcherGoogleRE2;
  readonly 'xds.type.matcher.v3.Matcher': XdsMatcher;
  readonly 'xds.type.matcher.v3.Matcher.OnMatch': XdsMatcherOnMatch;
  readonly 'xds.type.matcher.v3.Matcher.MatcherList': XdsMatcherMatcherList;
  readonly 'xds.type.matcher.v3.Matcher.MatcherList.Predicate': XdsMatcherMatcherListPredicate;
  readonly 'xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate': XdsMatcherMatcherListPredicateSinglePredicate;
  readonly 'xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList': XdsMatcherMatcherListPredicatePredicateList;
  readonly 'xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher': XdsMatcherMatcherListFieldMatcher;
  readonly 'xds.type.matcher.v3.Matcher.MatcherTree': XdsMatcherMatcherTree;
  readonly 'xds.type.matcher.v3.Matcher.MatcherTree.MatchMap': XdsMatcherMatcherTreeMatchMap;
  readonly 'xds.core.v3.TypedExtensionConfig': XdsTypedExtensionConfig;
  readonly 'google.protobuf.Any': Any;
  readonly 'google.protobuf.Duration': Duration;
  readonly 'google.protobuf.Struct': Struct;
  readonly 'google.protobuf.Value': Value;
  readonly 'google.protobuf.ListValue': ListValue;
  readonly 'google.protobuf.DoubleValue': DoubleValue;
  readonly 'google.protobuf.FloatValue': FloatValue;
  readonly 'google.protobuf.Int64Value': Int64Value;
  readonly 'google.protobuf.UInt64Value': UInt64Value;
  readonly 'google.protobuf.Int32Value': Int32Value;
  readonly 'google.protobuf.UInt32Value': UInt32Value;
  readonly 'google.protobuf.BoolValue': BoolValue;
  readonly 'google.protobuf.StringValue': StringValue;
  readonly 'google.protobuf.BytesValue': BytesValue;
  readonly 'google.rpc.Status': Status;
}
/** The same definitions as a descriptor that protobufjs reads. */
export const descriptor: object = {
  nested: {
    envoy: {
      nested: {
        extensions: {
          nested: {
            access_loggers: {
              nested: {
                file: {
                  nested: {
                    v3: {
                      nested: {
                        FileAccessLog: {
                          oneofs: { access_log_format: { oneof: ['log_format'] } },
                          fields: {
                            path: { type: 'string', id: 1 },
                            log_format: {
                              type: 'envoy.config.core.v3.SubstitutionFormatString',
                              id: 5,
                              jsonName: 'log_format',
                            },
                          },
                        },
                      },
                    },
                  },
                },
                filters: {
                  nested: {
                    cel: {
                      nested: {
                        v3: {
                          nested: {
                            ExpressionFilter: { fields: { expression: { type: 'string', id: 1 } } },
                          },
                        },
                      },
                    },
                  },
                },
                grpc: {
                  nested: {
                    v3: {
                      nested: {
                        CommonGrpcAccessLogConfig: {
                          fields: {
                            log_name: { type: 'string', id: 1, jsonName: 'log_name' },
                            grpc_service: {
                              type: 'envoy.config.core.v3.GrpcService',
                              id: 2,
                              jsonName: 'grpc_service',
                            },
                            buffer_flush_interval: {
                              type: 'google.protobuf.Duration',
                              id: 3,
                              jsonName: 'buffer_flush_interval',
                            },
                            buffer_size_bytes: {
                              type: 'google.protobuf.UInt32Value',
                              id: 4,
                              jsonName: 'buffer_size_bytes',
                            },
                            transport_api_version: {
                              type: 'envoy.config.core.v3.ApiVersion',
                              id: 6,
                              jsonName: 'transport_api_version',
                            },
                          },
                        },
                        HttpGrpcAccessLogConfig: {
                          fields: {
                            common_config: {
                              type: 'CommonGrpcAccessLogConfig',
                              id: 1,
                              jsonName: 'common_config',
                            },
                            additional_request_headers_to_log: {
                              rule: 'repeated',
                              type: 'string',
                              id: 2,
                              jsonName: 'additional_request_headers_to_log',
                            },
                            additional_response_headers_to_log: {
                              rule: 'repeated',
                              type: 'string',
                              id: 3,
                              jsonName: 'additional_response_headers_to_log',
                            },
                            additional_response_trailers_to_log: {
                              rule: 'repeated',
                              type: 'string',
                              id: 4,
                              jsonName: 'additional_response_trailers_to_log',
                            },
                          },
                        },
                        TcpGrpcAccessLogConfig: {
                          fields: {
                            common_config: {
                              type: 'CommonGrpcAccessLogConfig',
                              id: 1,
                              jsonName: 'common_config',
                            },
                          },
                        },
                      },
                    },
                  },
                },
                stream: {
                  nested: {
                    v3: {
                      nested: {
                        StdoutAccessLog: {
                          oneofs: { access_log_format: { oneof: ['log_format'] } },
                          fields: {
                            log_format: {
                              type: 'envoy.config.core.v3.SubstitutionFormatString',
                              id: 1,
                              jsonName: 'log_format',
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            filters: {
              nested: {
                http: {
                  nested: {
                    buffer: {
                      nested: {
                        v3: {
                          nested: {
                            Buffer: {
                              fields: {
                                max_request_bytes: {
                                  type: 'google.protobuf.UInt32Value',
                                  id: 1,
                                  jsonName: 'max_request_bytes',
                                },
                              },
                            },
                            BufferPerRoute: {
                              oneofs: { override: { oneof: ['disabled', 'buffer'] } },
                              fields: {
                                disabled: { type: 'bool', id: 1 },
                                buffer: { type: 'Buffer', id: 2 },
                              },
                            },
                          },
                        },
                      },
                    },
                    compressor: {
                      nested: {
                        v3: {
                          nested: {
                            Compressor: {
                              fields: {
                                compressor_library: {
                                  type: 'envoy.config.core.v3.TypedExtensionConfig',
                                  id: 6,
                                  jsonName: 'compressor_library',
                                },
                                response_direction_config: {
                                  type: 'Compressor.ResponseDirectionConfig',
                                  id: 8,
                                  jsonName: 'response_direction_config',
                                },
                              },
                              nested: {
                                CommonDirectionConfig: {
                                  fields: {
                                    min_content_length: {
                                      type: 'google.protobuf.UInt32Value',
                                      id: 2,
                                      jsonName: 'min_content_length',
                                    },
                                    content_type: {
                                      rule: 'repeated',
                                      type: 'string',
                                      id: 3,
                                      jsonName: 'content_type',
                                    },
                                  },
                                },
                                ResponseDirectionConfig: {
                                  fields: {
                                    common_config: {
                                      type: 'Compressor.CommonDirectionConfig',
                                      id: 1,
                                      jsonName: 'common_config',
                                    },
                                    disable_on_etag_header: {
                                      type: 'bool',
                                      id: 2,
                                      jsonName: 'disable_on_etag_header',
                                    },
                                    remove_accept_encoding_header: {
                                      type: 'bool',
                                      id: 3,
                                      jsonName: 'remove_accept_encoding_header',
                                    },
                                  },
                                },
                              },
                            },
                            CompressorPerRoute: {
                              oneofs: { override: { oneof: ['disabled'] } },
                              fields: { disabled: { type: 'bool', id: 1 } },
                            },
                          },
                        },
                      },
                    },
                    cors: {
                      nested: {
                        v3: {
                          nested: {
                            Cors: { fields: {} },
                            CorsPolicy: {
                              fields: {
                                allow_origin_string_match: {
                                  rule: 'repeated',
                                  type: 'envoy.type.matcher.v3.StringMatcher',
                                  id: 1,
                                  jsonName: 'allow_origin_string_match',
                                },
                                allow_methods: { type: 'string', id: 2, jsonName: 'allow_methods' },
                                allow_headers: { type: 'string', id: 3, jsonName: 'allow_headers' },
                                expose_headers: {
                                  type: 'string',
                                  id: 4,
                                  jsonName: 'expose_headers',
                                },
                                max_age: { type: 'string', id: 5, jsonName: 'max_age' },
                                allow_credentials: {
                                  type: 'google.protobuf.BoolValue',
                                  id: 6,
                                  jsonName: 'allow_credentials',
                                },
                                forward_not_matching_preflights: {
                                  type: 'google.protobuf.BoolValue',
                                  id: 10,
                                  jsonName: 'forward_not_matching_preflights',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    custom_response: {
                      nested: {
                        v3: {
                          nested: {
                            CustomResponse: {
                              fields: {
                                custom_response_matcher: {
                                  type: 'xds.type.matcher.v3.Matcher',
                                  id: 1,
                                  jsonName: 'custom_response_matcher',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    ext_authz: {
                      nested: {
                        v3: {
                          nested: {
                            ExtAuthz: {
                              oneofs: { services: { oneof: ['grpc_service', 'http_service'] } },
                              fields: {
                                grpc_service: {
                                  type: 'envoy.config.core.v3.GrpcService',
                                  id: 1,
                                  jsonName: 'grpc_service',
                                },
                                http_service: {
                                  type: 'HttpService',
                                  id: 3,
                                  jsonName: 'http_service',
                                },
                                failure_mode_allow: {
                                  type: 'bool',
                                  id: 2,
                                  jsonName: 'failure_mode_allow',
                                },
                                with_request_body: {
                                  type: 'BufferSettings',
                                  id: 5,
                                  jsonName: 'with_request_body',
                                },
                                clear_route_cache: {
                                  type: 'bool',
                                  id: 6,
                                  jsonName: 'clear_route_cache',
                                },
                                status_on_error: {
                                  type: 'envoy.type.v3.HttpStatus',
                                  id: 7,
                                  jsonName: 'status_on_error',
                                },
                                transport_api_version: {
                                  type: 'envoy.config.core.v3.ApiVersion',
                                  id: 12,
                                  jsonName: 'transport_api_version',
                                },
                                allowed_headers: {
                                  type: 'envoy.type.matcher.v3.ListStringMatcher',
                                  id: 17,
                                  jsonName: 'allowed_headers',
                                },
                                validate_mutations: {
                                  type: 'bool',
                                  id: 24,
                                  jsonName: 'validate_mutations',
                                },
                                decoder_header_mutation_rules: {
                                  type: 'envoy.config.common.mutation_rules.v3.HeaderMutationRules',
                                  id: 26,
                                  jsonName: 'decoder_header_mutation_rules',
                                },
                              },
                            },
                            BufferSettings: {
                              fields: {
                                max_request_bytes: {
                                  type: 'uint32',
                                  id: 1,
                                  jsonName: 'max_request_bytes',
                                },
                                allow_partial_message: {
                                  type: 'bool',
                                  id: 2,
                                  jsonName: 'allow_partial_message',
                                },
                              },
                            },
                            HttpService: {
                              fields: {
                                server_uri: {
                                  type: 'envoy.config.core.v3.HttpUri',
                                  id: 1,
                                  jsonName: 'server_uri',
                                },
                                path_prefix: { type: 'string', id: 2, jsonName: 'path_prefix' },
                                authorization_request: {
                                  type: 'AuthorizationRequest',
                                  id: 7,
                                  jsonName: 'authorization_request',
                                },
                                authorization_response: {
                                  type: 'AuthorizationResponse',
                                  id: 8,
                                  jsonName: 'authorization_response',
                                },
                              },
                            },
                            AuthorizationRequest: {
                              fields: {
                                headers_to_add: {
                                  rule: 'repeated',
                                  type: 'envoy.config.core.v3.HeaderValue',
                                  id: 2,
                                  jsonName: 'headers_to_add',
                                },
                              },
                            },
                            AuthorizationResponse: {
                              fields: {
                                allowed_upstream_headers: {
                                  type: 'envoy.type.matcher.v3.ListStringMatcher',
                                  id: 1,
                                  jsonName: 'allowed_upstream_headers',
                                },
                                allowed_client_headers: {
                                  type: 'envoy.type.matcher.v3.ListStringMatcher',
                                  id: 2,
                                  jsonName: 'allowed_client_headers',
                                },
                              },
                            },
                            ExtAuthzPerRoute: {
                              oneofs: { override: { oneof: ['disabled', 'check_settings'] } },
                              fields: {
                                disabled: { type: 'bool', id: 1 },
                                check_settings: {
                                  type: 'CheckSettings',
                                  id: 2,
                                  jsonName: 'check_settings',
                                },
                              },
                            },
                            CheckSettings: {
                              fields: {
                                context_extensions: {
                                  keyType: 'string',
                                  type: 'string',
                                  id: 1,
                                  jsonName: 'context_extensions',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    grpc_http1_bridge: { nested: { v3: { nested: { Config: { fields: {} } } } } },
                    grpc_stats: {
                      nested: {
                        v3: {
                          nested: {
                            FilterConfig: {
                              oneofs: {
                                per_method_stat_specifier: {
                                  oneof: [
                                    'individual_method_stats_allowlist',
                                    'stats_for_all_methods',
                                  ],
                                },
                              },
                              fields: {
                                individual_method_stats_allowlist: {
                                  type: 'envoy.config.core.v3.GrpcMethodList',
                                  id: 2,
                                  jsonName: 'individual_method_stats_allowlist',
                                },
                                stats_for_all_methods: {
                                  type: 'google.protobuf.BoolValue',
                                  id: 3,
                                  jsonName: 'stats_for_all_methods',
                                },
                                enable_upstream_stats: {
                                  type: 'bool',
                                  id: 4,
                                  jsonName: 'enable_upstream_stats',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    grpc_web: { nested: { v3: { nested: { GrpcWeb: { fields: {} } } } } },
                    health_check: {
                      nested: {
                        v3: {
                          nested: {
                            HealthCheck: {
                              fields: {
                                pass_through_mode: {
                                  type: 'google.protobuf.BoolValue',
                                  id: 1,
                                  jsonName: 'pass_through_mode',
                                },
                                headers: {
                                  rule: 'repeated',
                                  type: 'envoy.config.route.v3.HeaderMatcher',
                                  id: 5,
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    lua: {
                      nested: {
                        v3: {
                          nested: {
                            Lua: {
                              fields: {
                                default_source_code: {
                                  type: 'envoy.config.core.v3.DataSource',
                                  id: 3,
                                  jsonName: 'default_source_code',
                                },
                              },
                            },
                            LuaPerRoute: {
                              oneofs: { override: { oneof: ['disabled', 'source_code'] } },
                              fields: {
                                disabled: { type: 'bool', id: 1 },
                                source_code: {
                                  type: 'envoy.config.core.v3.DataSource',
                                  id: 3,
                                  jsonName: 'source_code',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    ratelimit: {
                      nested: {
                        v3: {
                          nested: {
                            RateLimit: {
                              fields: {
                                domain: { type: 'string', id: 1 },
                                timeout: { type: 'google.protobuf.Duration', id: 4 },
                                failure_mode_deny: {
                                  type: 'bool',
                                  id: 5,
                                  jsonName: 'failure_mode_deny',
                                },
                                rate_limited_as_resource_exhausted: {
                                  type: 'bool',
                                  id: 6,
                                  jsonName: 'rate_limited_as_resource_exhausted',
                                },
                                rate_limit_service: {
                                  type: 'envoy.config.ratelimit.v3.RateLimitServiceConfig',
                                  id: 7,
                                  jsonName: 'rate_limit_service',
                                },
                              },
                            },
                            RateLimitPerRoute: {
                              fields: {
                                rate_limits: {
                                  rule: 'repeated',
                                  type: 'envoy.config.route.v3.RateLimit',
                                  id: 3,
                                  jsonName: 'rate_limits',
                                },
                                domain: { type: 'string', id: 4 },
                              },
                            },
                          },
                        },
                      },
                    },
                    rbac: {
                      nested: {
                        v3: {
                          nested: {
                            RBAC: {
                              fields: { rules: { type: 'envoy.config.rbac.v3.RBAC', id: 1 } },
                            },
                            RBACPerRoute: { fields: { rbac: { type: 'RBAC', id: 2 } } },
                          },
                        },
                      },
                    },
                    router: {
                      nested: {
                        v3: {
                          nested: {
                            Router: {
                              fields: {
                                suppress_envoy_headers: {
                                  type: 'bool',
                                  id: 4,
                                  jsonName: 'suppress_envoy_headers',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
                network: {
                  nested: {
                    http_connection_manager: {
                      nested: {
                        v3: {
                          nested: {
                            HttpConnectionManager: {
                              oneofs: {
                                route_specifier: {
                                  oneof: ['rds', 'route_config', 'scoped_routes'],
                                },
                              },
                              fields: {
                                codec_type: {
                                  type: 'HttpConnectionManager.CodecType',
                                  id: 1,
                                  jsonName: 'codec_type',
                                },
                                stat_prefix: { type: 'string', id: 2, jsonName: 'stat_prefix' },
                                rds: { type: 'Rds', id: 3 },
                                route_config: {
                                  type: 'envoy.config.route.v3.RouteConfiguration',
                                  id: 4,
                                  jsonName: 'route_config',
                                },
                                scoped_routes: {
                                  type: 'ScopedRoutes',
                                  id: 31,
                                  jsonName: 'scoped_routes',
                                },
                                http_filters: {
                                  rule: 'repeated',
                                  type: 'HttpFilter',
                                  id: 5,
                                  jsonName: 'http_filters',
                                },
                                tracing: { type: 'HttpConnectionManager.Tracing', id: 7 },
                                http_protocol_options: {
                                  type: 'envoy.config.core.v3.Http1ProtocolOptions',
                                  id: 8,
                                  jsonName: 'http_protocol_options',
                                },
                                http2_protocol_options: {
                                  type: 'envoy.config.core.v3.Http2ProtocolOptions',
                                  id: 9,
                                  jsonName: 'http2_protocol_options',
                                },
                                server_name: { type: 'string', id: 10, jsonName: 'server_name' },
                                access_log: {
                                  rule: 'repeated',
                                  type: 'envoy.config.accesslog.v3.AccessLog',
                                  id: 13,
                                  jsonName: 'access_log',
                                },
                                use_remote_address: {
                                  type: 'google.protobuf.BoolValue',
                                  id: 14,
                                  jsonName: 'use_remote_address',
                                },
                                forward_client_cert_details: {
                                  type: 'HttpConnectionManager.ForwardClientCertDetails',
                                  id: 16,
                                  jsonName: 'forward_client_cert_details',
                                },
                                set_current_client_cert_details: {
                                  type: 'HttpConnectionManager.SetCurrentClientCertDetails',
                                  id: 17,
                                  jsonName: 'set_current_client_cert_details',
                                },
                                xff_num_trusted_hops: {
                                  type: 'uint32',
                                  id: 19,
                                  jsonName: 'xff_num_trusted_hops',
                                },
                                stream_idle_timeout: {
                                  type: 'google.protobuf.Duration',
                                  id: 24,
                                  jsonName: 'stream_idle_timeout',
                                },
                                max_request_headers_kb: {
                                  type: 'google.protobuf.UInt32Value',
                                  id: 29,
                                  jsonName: 'max_request_headers_kb',
                                },
                                normalize_path: {
                                  type: 'google.protobuf.BoolValue',
                                  id: 30,
                                  jsonName: 'normalize_path',
                                },
                                preserve_external_request_id: {
                                  type: 'bool',
                                  id: 32,
                                  jsonName: 'preserve_external_request_id',
                                },
                                merge_slashes: { type: 'bool', id: 33, jsonName: 'merge_slashes' },
                                common_http_protocol_options: {
                                  type: 'envoy.config.core.v3.HttpProtocolOptions',
                                  id: 35,
                                  jsonName: 'common_http_protocol_options',
                                },
                                local_reply_config: {
                                  type: 'LocalReplyConfig',
                                  id: 38,
                                  jsonName: 'local_reply_config',
                                },
                                strip_matching_host_port: {
                                  type: 'bool',
                                  id: 39,
                                  jsonName: 'strip_matching_host_port',
                                },
                                request_headers_timeout: {
                                  type: 'google.protobuf.Duration',
                                  id: 41,
                                  jsonName: 'request_headers_timeout',
                                },
                                path_with_escaped_slashes_action: {
                                  type: 'HttpConnectionManager.PathWithEscapedSlashesAction',
                                  id: 45,
                                  jsonName: 'path_with_escaped_slashes_action',
                                },
                                strip_trailing_host_dot: {
                                  type: 'bool',
                                  id: 47,
                                  jsonName: 'strip_trailing_host_dot',
                                },
                                early_header_mutation_extensions: {
                                  rule: 'repeated',
                                  type: 'envoy.config.core.v3.TypedExtensionConfig',
                                  id: 52,
                                  jsonName: 'early_header_mutation_extensions',
                                },
                              },
                              nested: {
                                CodecType: { values: { AUTO: 0, HTTP1: 1, HTTP2: 2, HTTP3: 3 } },
                                ForwardClientCertDetails: {
                                  values: {
                                    SANITIZE: 0,
                                    FORWARD_ONLY: 1,
                                    APPEND_FORWARD: 2,
                                    SANITIZE_SET: 3,
                                    ALWAYS_FORWARD_ONLY: 4,
                                  },
                                },
                                PathWithEscapedSlashesAction: {
                                  values: {
                                    IMPLEMENTATION_SPECIFIC_DEFAULT: 0,
                                    KEEP_UNCHANGED: 1,
                                    REJECT_REQUEST: 2,
                                  },
                                },
                                SetCurrentClientCertDetails: {
                                  fields: {
                                    subject: { type: 'google.protobuf.BoolValue', id: 1 },
                                    cert: { type: 'bool', id: 3 },
                                    dns: { type: 'bool', id: 4 },
                                    uri: { type: 'bool', id: 5 },
                                    chain: { type: 'bool', id: 6 },
                                  },
                                },
                                Tracing: {
                                  fields: {
                                    client_sampling: {
                                      type: 'envoy.type.v3.Percent',
                                      id: 3,
                                      jsonName: 'client_sampling',
                                    },
                                    random_sampling: {
                                      type: 'envoy.type.v3.Percent',
                                      id: 4,
                                      jsonName: 'random_sampling',
                                    },
                                    overall_sampling: {
                                      type: 'envoy.type.v3.Percent',
                                      id: 5,
                                      jsonName: 'overall_sampling',
                                    },
                                    custom_tags: {
                                      rule: 'repeated',
                                      type: 'envoy.type.tracing.v3.CustomTag',
                                      id: 8,
                                      jsonName: 'custom_tags',
                                    },
                                    provider: { type: 'envoy.config.trace.v3.Tracing.Http', id: 9 },
                                    spawn_upstream_span: {
                                      type: 'google.protobuf.BoolValue',
                                      id: 10,
                                      jsonName: 'spawn_upstream_span',
                                    },
                                  },
                                },
                              },
                            },
                            LocalReplyConfig: {
                              fields: {
                                mappers: { rule: 'repeated', type: 'ResponseMapper', id: 1 },
                              },
                            },
                            ResponseMapper: {
                              fields: {
                                filter: {
                                  type: 'envoy.config.accesslog.v3.AccessLogFilter',
                                  id: 1,
                                },
                                status_code: {
                                  type: 'google.protobuf.UInt32Value',
                                  id: 2,
                                  jsonName: 'status_code',
                                },
                                body: { type: 'envoy.config.core.v3.DataSource', id: 3 },
                                body_format_override: {
                                  type: 'envoy.config.core.v3.SubstitutionFormatString',
                                  id: 4,
                                  jsonName: 'body_format_override',
                                },
                                headers_to_add: {
                                  rule: 'repeated',
                                  type: 'envoy.config.core.v3.HeaderValueOption',
                                  id: 5,
                                  jsonName: 'headers_to_add',
                                },
                              },
                            },
                            Rds: {
                              fields: {
                                config_source: {
                                  type: 'envoy.config.core.v3.ConfigSource',
                                  id: 1,
                                  jsonName: 'config_source',
                                },
                                route_config_name: {
                                  type: 'string',
                                  id: 2,
                                  jsonName: 'route_config_name',
                                },
                              },
                            },
                            HttpFilter: {
                              oneofs: {
                                config_type: { oneof: ['typed_config', 'config_discovery'] },
                              },
                              fields: {
                                name: { type: 'string', id: 1 },
                                typed_config: {
                                  type: 'google.protobuf.Any',
                                  id: 4,
                                  jsonName: 'typed_config',
                                },
                                config_discovery: {
                                  type: 'envoy.config.core.v3.ExtensionConfigSource',
                                  id: 5,
                                  jsonName: 'config_discovery',
                                },
                                disabled: { type: 'bool', id: 7 },
                              },
                            },
                            ScopedRoutes: {
                              oneofs: { config_specifier: { oneof: ['scoped_rds'] } },
                              fields: {
                                name: { type: 'string', id: 1 },
                                scope_key_builder: {
                                  type: 'ScopedRoutes.ScopeKeyBuilder',
                                  id: 2,
                                  jsonName: 'scope_key_builder',
                                },
                                scoped_rds: { type: 'ScopedRds', id: 5, jsonName: 'scoped_rds' },
                              },
                              nested: {
                                ScopeKeyBuilder: {
                                  fields: {
                                    fragments: {
                                      rule: 'repeated',
                                      type: 'ScopedRoutes.ScopeKeyBuilder.FragmentBuilder',
                                      id: 1,
                                    },
                                  },
                                  nested: {
                                    FragmentBuilder: {
                                      oneofs: { type: { oneof: ['header_value_extractor'] } },
                                      fields: {
                                        header_value_extractor: {
                                          type: 'ScopedRoutes.ScopeKeyBuilder.FragmentBuilder.HeaderValueExtractor',
                                          id: 1,
                                          jsonName: 'header_value_extractor',
                                        },
                                      },
                                      nested: {
                                        HeaderValueExtractor: {
                                          oneofs: { extract_type: { oneof: ['index'] } },
                                          fields: {
                                            name: { type: 'string', id: 1 },
                                            index: { type: 'uint32', id: 3 },
                                          },
                                        },
                                      },
                                    },
                                  },
                                },
                              },
                            },
                            ScopedRds: {
                              fields: {
                                scoped_rds_config_source: {
                                  type: 'envoy.config.core.v3.ConfigSource',
                                  id: 1,
                                  jsonName: 'scoped_rds_config_source',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    tcp_proxy: {
                      nested: {
                        v3: {
                          nested: {
                            TcpProxy: {
                              oneofs: {
                                cluster_specifier: { oneof: ['cluster', 'weighted_clusters'] },
                              },
                              fields: {
                                stat_prefix: { type: 'string', id: 1, jsonName: 'stat_prefix' },
                                cluster: { type: 'string', id: 2 },
                                weighted_clusters: {
                                  type: 'TcpProxy.WeightedCluster',
                                  id: 10,
                                  jsonName: 'weighted_clusters',
                                },
                                access_log: {
                                  rule: 'repeated',
                                  type: 'envoy.config.accesslog.v3.AccessLog',
                                  id: 5,
                                  jsonName: 'access_log',
                                },
                                idle_timeout: {
                                  type: 'google.protobuf.Duration',
                                  id: 8,
                                  jsonName: 'idle_timeout',
                                },
                              },
                              nested: {
                                WeightedCluster: {
                                  fields: {
                                    clusters: {
                                      rule: 'repeated',
                                      type: 'TcpProxy.WeightedCluster.ClusterWeight',
                                      id: 1,
                                    },
                                  },
                                  nested: {
                                    ClusterWeight: {
                                      fields: {
                                        name: { type: 'string', id: 1 },
                                        weight: { type: 'uint32', id: 2 },
                                      },
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
                listener: {
                  nested: {
                    proxy_protocol: {
                      nested: { v3: { nested: { ProxyProtocol: { fields: {} } } } },
                    },
                    tls_inspector: { nested: { v3: { nested: { TlsInspector: { fields: {} } } } } },
                  },
                },
                udp: {
                  nested: {
                    udp_proxy: {
                      nested: {
                        v3: {
                          nested: {
                            UdpProxyConfig: {
                              oneofs: { route_specifier: { oneof: ['matcher'] } },
                              fields: {
                                stat_prefix: { type: 'string', id: 1, jsonName: 'stat_prefix' },
                                idle_timeout: {
                                  type: 'google.protobuf.Duration',
                                  id: 3,
                                  jsonName: 'idle_timeout',
                                },
                                matcher: { type: 'xds.type.matcher.v3.Matcher', id: 9 },
                              },
                            },
                            Route: { fields: { cluster: { type: 'string', id: 1 } } },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            resource_monitors: {
              nested: {
                downstream_connections: {
                  nested: {
                    v3: {
                      nested: {
                        DownstreamConnectionsConfig: {
                          fields: {
                            max_active_downstream_connections: {
                              type: 'int64',
                              id: 1,
                              jsonName: 'max_active_downstream_connections',
                            },
                          },
                        },
                      },
                    },
                  },
                },
                fixed_heap: {
                  nested: {
                    v3: {
                      nested: {
                        FixedHeapConfig: {
                          fields: {
                            max_heap_size_bytes: {
                              type: 'uint64',
                              id: 1,
                              jsonName: 'max_heap_size_bytes',
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            http: {
              nested: {
                early_header_mutation: {
                  nested: {
                    header_mutation: {
                      nested: {
                        v3: {
                          nested: {
                            HeaderMutation: {
                              fields: {
                                mutations: {
                                  rule: 'repeated',
                                  type: 'envoy.config.common.mutation_rules.v3.HeaderMutation',
                                  id: 1,
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
                custom_response: {
                  nested: {
                    local_response_policy: {
                      nested: {
                        v3: {
                          nested: {
                            LocalResponsePolicy: {
                              fields: {
                                body_format: {
                                  type: 'envoy.config.core.v3.SubstitutionFormatString',
                                  id: 2,
                                  jsonName: 'body_format',
                                },
                                response_headers_to_add: {
                                  rule: 'repeated',
                                  type: 'envoy.config.core.v3.HeaderValueOption',
                                  id: 4,
                                  jsonName: 'response_headers_to_add',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            compression: {
              nested: {
                gzip: {
                  nested: {
                    compressor: {
                      nested: {
                        v3: {
                          nested: {
                            Gzip: {
                              fields: {
                                memory_level: {
                                  type: 'google.protobuf.UInt32Value',
                                  id: 1,
                                  jsonName: 'memory_level',
                                },
                                compression_level: {
                                  type: 'Gzip.CompressionLevel',
                                  id: 2,
                                  jsonName: 'compression_level',
                                },
                                compression_strategy: {
                                  type: 'Gzip.CompressionStrategy',
                                  id: 3,
                                  jsonName: 'compression_strategy',
                                },
                                window_bits: {
                                  type: 'google.protobuf.UInt32Value',
                                  id: 4,
                                  jsonName: 'window_bits',
                                },
                              },
                              nested: {
                                CompressionStrategy: {
                                  values: {
                                    DEFAULT_STRATEGY: 0,
                                    FILTERED: 1,
                                    HUFFMAN_ONLY: 2,
                                    RLE: 3,
                                    FIXED: 4,
                                  },
                                },
                                CompressionLevel: {
                                  options: { allow_alias: true },
                                  values: {
                                    DEFAULT_COMPRESSION: 0,
                                    BEST_SPEED: 1,
                                    COMPRESSION_LEVEL_1: 1,
                                    COMPRESSION_LEVEL_2: 2,
                                    COMPRESSION_LEVEL_3: 3,
                                    COMPRESSION_LEVEL_4: 4,
                                    COMPRESSION_LEVEL_5: 5,
                                    COMPRESSION_LEVEL_6: 6,
                                    COMPRESSION_LEVEL_7: 7,
                                    COMPRESSION_LEVEL_8: 8,
                                    COMPRESSION_LEVEL_9: 9,
                                    BEST_COMPRESSION: 9,
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            matching: {
              nested: {
                common_inputs: {
                  nested: {
                    network: {
                      nested: {
                        v3: {
                          nested: {
                            ServerNameInput: { fields: {} },
                            TransportProtocolInput: { fields: {} },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            transport_sockets: {
              nested: {
                quic: {
                  nested: {
                    v3: {
                      nested: {
                        QuicDownstreamTransport: {
                          fields: {
                            downstream_tls_context: {
                              type: 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
                              id: 1,
                              jsonName: 'downstream_tls_context',
                            },
                            enable_early_data: {
                              type: 'google.protobuf.BoolValue',
                              id: 2,
                              jsonName: 'enable_early_data',
                            },
                            enable_resumption: {
                              type: 'google.protobuf.BoolValue',
                              id: 3,
                              jsonName: 'enable_resumption',
                            },
                          },
                        },
                      },
                    },
                  },
                },
                tls: {
                  nested: {
                    cert_selectors: {
                      nested: {
                        on_demand_secret: {
                          nested: {
                            v3: {
                              nested: {
                                Config: {
                                  fields: {
                                    config_source: {
                                      type: 'envoy.config.core.v3.ConfigSource',
                                      id: 1,
                                      jsonName: 'config_source',
                                    },
                                    certificate_mapper: {
                                      type: 'envoy.config.core.v3.TypedExtensionConfig',
                                      id: 2,
                                      jsonName: 'certificate_mapper',
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    cert_mappers: {
                      nested: {
                        sni: {
                          nested: {
                            v3: {
                              nested: {
                                SNI: {
                                  fields: {
                                    default_value: {
                                      type: 'string',
                                      id: 1,
                                      jsonName: 'default_value',
                                    },
                                  },
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    v3: {
                      nested: {
                        TlsParameters: {
                          fields: {
                            tls_minimum_protocol_version: {
                              type: 'TlsParameters.TlsProtocol',
                              id: 1,
                              jsonName: 'tls_minimum_protocol_version',
                            },
                            tls_maximum_protocol_version: {
                              type: 'TlsParameters.TlsProtocol',
                              id: 2,
                              jsonName: 'tls_maximum_protocol_version',
                            },
                            cipher_suites: {
                              rule: 'repeated',
                              type: 'string',
                              id: 3,
                              jsonName: 'cipher_suites',
                            },
                            ecdh_curves: {
                              rule: 'repeated',
                              type: 'string',
                              id: 4,
                              jsonName: 'ecdh_curves',
                            },
                          },
                          nested: {
                            TlsProtocol: {
                              values: {
                                TLS_AUTO: 0,
                                TLSv1_0: 1,
                                TLSv1_1: 2,
                                TLSv1_2: 3,
                                TLSv1_3: 4,
                              },
                            },
                          },
                        },
                        TlsCertificate: {
                          fields: {
                            certificate_chain: {
                              type: 'envoy.config.core.v3.DataSource',
                              id: 1,
                              jsonName: 'certificate_chain',
                            },
                            private_key: {
                              type: 'envoy.config.core.v3.DataSource',
                              id: 2,
                              jsonName: 'private_key',
                            },
                            watched_directory: {
                              type: 'envoy.config.core.v3.WatchedDirectory',
                              id: 7,
                              jsonName: 'watched_directory',
                            },
                          },
                        },
                        SubjectAltNameMatcher: {
                          fields: {
                            san_type: {
                              type: 'SubjectAltNameMatcher.SanType',
                              id: 1,
                              jsonName: 'san_type',
                            },
                            matcher: { type: 'envoy.type.matcher.v3.StringMatcher', id: 2 },
                          },
                          nested: {
                            SanType: {
                              values: { SAN_TYPE_UNSPECIFIED: 0, DNS: 2, URI: 3, IP_ADDRESS: 4 },
                            },
                          },
                        },
                        CertificateValidationContext: {
                          fields: {
                            trusted_ca: {
                              type: 'envoy.config.core.v3.DataSource',
                              id: 1,
                              jsonName: 'trusted_ca',
                            },
                            crl: { type: 'envoy.config.core.v3.DataSource', id: 7 },
                            trust_chain_verification: {
                              type: 'CertificateValidationContext.TrustChainVerification',
                              id: 10,
                              jsonName: 'trust_chain_verification',
                            },
                            watched_directory: {
                              type: 'envoy.config.core.v3.WatchedDirectory',
                              id: 11,
                              jsonName: 'watched_directory',
                            },
                            match_typed_subject_alt_names: {
                              rule: 'repeated',
                              type: 'SubjectAltNameMatcher',
                              id: 15,
                              jsonName: 'match_typed_subject_alt_names',
                            },
                          },
                          nested: {
                            TrustChainVerification: {
                              values: { VERIFY_TRUST_CHAIN: 0, ACCEPT_UNTRUSTED: 1 },
                            },
                          },
                        },
                        SdsSecretConfig: {
                          fields: {
                            name: { type: 'string', id: 1 },
                            sds_config: {
                              type: 'envoy.config.core.v3.ConfigSource',
                              id: 2,
                              jsonName: 'sds_config',
                            },
                          },
                        },
                        Secret: {
                          oneofs: { type: { oneof: ['tls_certificate', 'validation_context'] } },
                          fields: {
                            name: { type: 'string', id: 1 },
                            tls_certificate: {
                              type: 'TlsCertificate',
                              id: 2,
                              jsonName: 'tls_certificate',
                            },
                            validation_context: {
                              type: 'CertificateValidationContext',
                              id: 4,
                              jsonName: 'validation_context',
                            },
                          },
                        },
                        CommonTlsContext: {
                          oneofs: {
                            validation_context_type: {
                              oneof: [
                                'validation_context',
                                'validation_context_sds_secret_config',
                                'combined_validation_context',
                              ],
                            },
                          },
                          fields: {
                            tls_params: { type: 'TlsParameters', id: 1, jsonName: 'tls_params' },
                            alpn_protocols: {
                              rule: 'repeated',
                              type: 'string',
                              id: 4,
                              jsonName: 'alpn_protocols',
                            },
                            tls_certificate_sds_secret_configs: {
                              rule: 'repeated',
                              type: 'SdsSecretConfig',
                              id: 6,
                              jsonName: 'tls_certificate_sds_secret_configs',
                            },
                            validation_context: {
                              type: 'CertificateValidationContext',
                              id: 3,
                              jsonName: 'validation_context',
                            },
                            validation_context_sds_secret_config: {
                              type: 'SdsSecretConfig',
                              id: 7,
                              jsonName: 'validation_context_sds_secret_config',
                            },
                            combined_validation_context: {
                              type: 'CommonTlsContext.CombinedCertificateValidationContext',
                              id: 8,
                              jsonName: 'combined_validation_context',
                            },
                            custom_tls_certificate_selector: {
                              type: 'envoy.config.core.v3.TypedExtensionConfig',
                              id: 16,
                              jsonName: 'custom_tls_certificate_selector',
                            },
                          },
                          nested: {
                            CombinedCertificateValidationContext: {
                              fields: {
                                default_validation_context: {
                                  type: 'CertificateValidationContext',
                                  id: 1,
                                  jsonName: 'default_validation_context',
                                },
                                validation_context_sds_secret_config: {
                                  type: 'SdsSecretConfig',
                                  id: 2,
                                  jsonName: 'validation_context_sds_secret_config',
                                },
                              },
                            },
                          },
                        },
                        UpstreamTlsContext: {
                          fields: {
                            common_tls_context: {
                              type: 'CommonTlsContext',
                              id: 1,
                              jsonName: 'common_tls_context',
                            },
                            sni: { type: 'string', id: 2 },
                          },
                        },
                        DownstreamTlsContext: {
                          oneofs: {
                            session_ticket_keys_type: {
                              oneof: ['disable_stateless_session_resumption'],
                            },
                          },
                          fields: {
                            common_tls_context: {
                              type: 'CommonTlsContext',
                              id: 1,
                              jsonName: 'common_tls_context',
                            },
                            require_client_certificate: {
                              type: 'google.protobuf.BoolValue',
                              id: 2,
                              jsonName: 'require_client_certificate',
                            },
                            disable_stateless_session_resumption: {
                              type: 'bool',
                              id: 7,
                              jsonName: 'disable_stateless_session_resumption',
                            },
                            full_scan_certs_on_sni_mismatch: {
                              type: 'google.protobuf.BoolValue',
                              id: 9,
                              jsonName: 'full_scan_certs_on_sni_mismatch',
                            },
                            disable_stateful_session_resumption: {
                              type: 'bool',
                              id: 10,
                              jsonName: 'disable_stateful_session_resumption',
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            upstreams: {
              nested: {
                http: {
                  nested: {
                    v3: {
                      nested: {
                        HttpProtocolOptions: {
                          oneofs: {
                            upstream_protocol_options: {
                              oneof: [
                                'explicit_http_config',
                                'use_downstream_protocol_config',
                                'auto_config',
                              ],
                            },
                          },
                          fields: {
                            common_http_protocol_options: {
                              type: 'envoy.config.core.v3.HttpProtocolOptions',
                              id: 1,
                              jsonName: 'common_http_protocol_options',
                            },
                            explicit_http_config: {
                              type: 'HttpProtocolOptions.ExplicitHttpConfig',
                              id: 3,
                              jsonName: 'explicit_http_config',
                            },
                            use_downstream_protocol_config: {
                              type: 'HttpProtocolOptions.UseDownstreamHttpConfig',
                              id: 4,
                              jsonName: 'use_downstream_protocol_config',
                            },
                            auto_config: {
                              type: 'HttpProtocolOptions.AutoHttpConfig',
                              id: 5,
                              jsonName: 'auto_config',
                            },
                          },
                          nested: {
                            ExplicitHttpConfig: {
                              oneofs: {
                                protocol_config: {
                                  oneof: ['http_protocol_options', 'http2_protocol_options'],
                                },
                              },
                              fields: {
                                http_protocol_options: {
                                  type: 'envoy.config.core.v3.Http1ProtocolOptions',
                                  id: 1,
                                  jsonName: 'http_protocol_options',
                                },
                                http2_protocol_options: {
                                  type: 'envoy.config.core.v3.Http2ProtocolOptions',
                                  id: 2,
                                  jsonName: 'http2_protocol_options',
                                },
                              },
                            },
                            UseDownstreamHttpConfig: {
                              fields: {
                                http_protocol_options: {
                                  type: 'envoy.config.core.v3.Http1ProtocolOptions',
                                  id: 1,
                                  jsonName: 'http_protocol_options',
                                },
                                http2_protocol_options: {
                                  type: 'envoy.config.core.v3.Http2ProtocolOptions',
                                  id: 2,
                                  jsonName: 'http2_protocol_options',
                                },
                              },
                            },
                            AutoHttpConfig: {
                              fields: {
                                http_protocol_options: {
                                  type: 'envoy.config.core.v3.Http1ProtocolOptions',
                                  id: 1,
                                  jsonName: 'http_protocol_options',
                                },
                                http2_protocol_options: {
                                  type: 'envoy.config.core.v3.Http2ProtocolOptions',
                                  id: 2,
                                  jsonName: 'http2_protocol_options',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        config: {
          nested: {
            accesslog: {
              nested: {
                v3: {
                  nested: {
                    AccessLog: {
                      oneofs: { config_type: { oneof: ['typed_config'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        filter: { type: 'AccessLogFilter', id: 2 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 4,
                          jsonName: 'typed_config',
                        },
                      },
                    },
                    AccessLogFilter: {
                      oneofs: {
                        filter_specifier: {
                          oneof: ['or_filter', 'response_flag_filter', 'extension_filter'],
                        },
                      },
                      fields: {
                        or_filter: { type: 'OrFilter', id: 7, jsonName: 'or_filter' },
                        response_flag_filter: {
                          type: 'ResponseFlagFilter',
                          id: 9,
                          jsonName: 'response_flag_filter',
                        },
                        extension_filter: {
                          type: 'ExtensionFilter',
                          id: 11,
                          jsonName: 'extension_filter',
                        },
                      },
                    },
                    OrFilter: {
                      fields: { filters: { rule: 'repeated', type: 'AccessLogFilter', id: 2 } },
                    },
                    ResponseFlagFilter: {
                      fields: { flags: { rule: 'repeated', type: 'string', id: 1 } },
                    },
                    ExtensionFilter: {
                      oneofs: { config_type: { oneof: ['typed_config'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 3,
                          jsonName: 'typed_config',
                        },
                      },
                    },
                  },
                },
              },
            },
            core: {
              nested: {
                v3: {
                  nested: {
                    HealthCheck: {
                      oneofs: {
                        health_checker: {
                          oneof: ['http_health_check', 'tcp_health_check', 'grpc_health_check'],
                        },
                      },
                      fields: {
                        timeout: { type: 'google.protobuf.Duration', id: 1 },
                        interval: { type: 'google.protobuf.Duration', id: 2 },
                        unhealthy_threshold: {
                          type: 'google.protobuf.UInt32Value',
                          id: 4,
                          jsonName: 'unhealthy_threshold',
                        },
                        healthy_threshold: {
                          type: 'google.protobuf.UInt32Value',
                          id: 5,
                          jsonName: 'healthy_threshold',
                        },
                        http_health_check: {
                          type: 'HealthCheck.HttpHealthCheck',
                          id: 8,
                          jsonName: 'http_health_check',
                        },
                        tcp_health_check: {
                          type: 'HealthCheck.TcpHealthCheck',
                          id: 9,
                          jsonName: 'tcp_health_check',
                        },
                        grpc_health_check: {
                          type: 'HealthCheck.GrpcHealthCheck',
                          id: 11,
                          jsonName: 'grpc_health_check',
                        },
                        no_traffic_interval: {
                          type: 'google.protobuf.Duration',
                          id: 12,
                          jsonName: 'no_traffic_interval',
                        },
                        name: { type: 'string', id: 27 },
                      },
                      nested: {
                        HttpHealthCheck: {
                          fields: {
                            host: { type: 'string', id: 1 },
                            path: { type: 'string', id: 2 },
                            request_headers_to_add: {
                              rule: 'repeated',
                              type: 'HeaderValueOption',
                              id: 6,
                              jsonName: 'request_headers_to_add',
                            },
                            request_headers_to_remove: {
                              rule: 'repeated',
                              type: 'string',
                              id: 8,
                              jsonName: 'request_headers_to_remove',
                            },
                            expected_statuses: {
                              rule: 'repeated',
                              type: 'envoy.type.v3.Int64Range',
                              id: 9,
                              jsonName: 'expected_statuses',
                            },
                            codec_client_type: {
                              type: 'envoy.type.v3.CodecClientType',
                              id: 10,
                              jsonName: 'codec_client_type',
                            },
                          },
                        },
                        TcpHealthCheck: { fields: {} },
                        GrpcHealthCheck: {
                          fields: {
                            service_name: { type: 'string', id: 1, jsonName: 'service_name' },
                            authority: { type: 'string', id: 2 },
                          },
                        },
                      },
                    },
                    CidrRange: {
                      fields: {
                        address_prefix: { type: 'string', id: 1, jsonName: 'address_prefix' },
                        prefix_len: {
                          type: 'google.protobuf.UInt32Value',
                          id: 2,
                          jsonName: 'prefix_len',
                        },
                      },
                    },
                    ApiVersion: { values: { AUTO: 0, V3: 2 } },
                    RoutingPriority: { values: { DEFAULT: 0, HIGH: 1 } },
                    Node: {
                      fields: {
                        id: { type: 'string', id: 1 },
                        cluster: { type: 'string', id: 2 },
                        user_agent_name: { type: 'string', id: 6, jsonName: 'user_agent_name' },
                      },
                    },
                    Pipe: { fields: { path: { type: 'string', id: 1 } } },
                    SocketAddress: {
                      oneofs: { port_specifier: { oneof: ['port_value'] } },
                      fields: {
                        protocol: { type: 'SocketAddress.Protocol', id: 1 },
                        address: { type: 'string', id: 2 },
                        port_value: { type: 'uint32', id: 3, jsonName: 'port_value' },
                      },
                      nested: { Protocol: { values: { TCP: 0, UDP: 1 } } },
                    },
                    Address: {
                      oneofs: { address: { oneof: ['socket_address', 'pipe'] } },
                      fields: {
                        socket_address: {
                          type: 'SocketAddress',
                          id: 1,
                          jsonName: 'socket_address',
                        },
                        pipe: { type: 'Pipe', id: 2 },
                      },
                    },
                    TcpKeepalive: {
                      fields: {
                        keepalive_probes: {
                          type: 'google.protobuf.UInt32Value',
                          id: 1,
                          jsonName: 'keepalive_probes',
                        },
                        keepalive_time: {
                          type: 'google.protobuf.UInt32Value',
                          id: 2,
                          jsonName: 'keepalive_time',
                        },
                        keepalive_interval: {
                          type: 'google.protobuf.UInt32Value',
                          id: 3,
                          jsonName: 'keepalive_interval',
                        },
                      },
                    },
                    AggregatedConfigSource: { fields: {} },
                    ApiConfigSource: {
                      fields: {
                        api_type: { type: 'ApiConfigSource.ApiType', id: 1, jsonName: 'api_type' },
                        grpc_services: {
                          rule: 'repeated',
                          type: 'GrpcService',
                          id: 4,
                          jsonName: 'grpc_services',
                        },
                        set_node_on_first_message_only: {
                          type: 'bool',
                          id: 7,
                          jsonName: 'set_node_on_first_message_only',
                        },
                        transport_api_version: {
                          type: 'ApiVersion',
                          id: 8,
                          jsonName: 'transport_api_version',
                        },
                      },
                      nested: {
                        ApiType: {
                          values: { DEPRECATED_AND_UNAVAILABLE_DO_NOT_USE: 0, DELTA_GRPC: 3 },
                        },
                      },
                    },
                    PathConfigSource: { fields: { path: { type: 'string', id: 1 } } },
                    ConfigSource: {
                      oneofs: { config_source_specifier: { oneof: ['ads', 'path_config_source'] } },
                      fields: {
                        ads: { type: 'AggregatedConfigSource', id: 3 },
                        path_config_source: {
                          type: 'PathConfigSource',
                          id: 8,
                          jsonName: 'path_config_source',
                        },
                        initial_fetch_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 4,
                          jsonName: 'initial_fetch_timeout',
                        },
                        resource_api_version: {
                          type: 'ApiVersion',
                          id: 6,
                          jsonName: 'resource_api_version',
                        },
                      },
                    },
                    BackoffStrategy: {
                      fields: {
                        base_interval: {
                          type: 'google.protobuf.Duration',
                          id: 1,
                          jsonName: 'base_interval',
                        },
                        max_interval: {
                          type: 'google.protobuf.Duration',
                          id: 2,
                          jsonName: 'max_interval',
                        },
                      },
                    },
                    RetryPolicy: {
                      fields: {
                        retry_back_off: {
                          type: 'BackoffStrategy',
                          id: 1,
                          jsonName: 'retry_back_off',
                        },
                      },
                    },
                    GrpcService: {
                      oneofs: { target_specifier: { oneof: ['envoy_grpc'] } },
                      fields: {
                        envoy_grpc: {
                          type: 'GrpcService.EnvoyGrpc',
                          id: 1,
                          jsonName: 'envoy_grpc',
                        },
                        timeout: { type: 'google.protobuf.Duration', id: 3 },
                      },
                      nested: {
                        EnvoyGrpc: {
                          fields: {
                            cluster_name: { type: 'string', id: 1, jsonName: 'cluster_name' },
                            retry_policy: { type: 'RetryPolicy', id: 3, jsonName: 'retry_policy' },
                          },
                        },
                      },
                    },
                    HttpUri: {
                      oneofs: { http_upstream_type: { oneof: ['cluster'] } },
                      fields: {
                        uri: { type: 'string', id: 1 },
                        cluster: { type: 'string', id: 2 },
                        timeout: { type: 'google.protobuf.Duration', id: 3 },
                      },
                    },
                    HttpService: {
                      fields: { http_uri: { type: 'HttpUri', id: 1, jsonName: 'http_uri' } },
                    },
                    WatchedDirectory: { fields: { path: { type: 'string', id: 1 } } },
                    ExtensionConfigSource: {
                      fields: {
                        config_source: { type: 'ConfigSource', id: 1, jsonName: 'config_source' },
                        default_config: {
                          type: 'google.protobuf.Any',
                          id: 2,
                          jsonName: 'default_config',
                        },
                        type_urls: {
                          rule: 'repeated',
                          type: 'string',
                          id: 4,
                          jsonName: 'type_urls',
                        },
                      },
                    },
                    Metadata: {
                      fields: {
                        filter_metadata: {
                          keyType: 'string',
                          type: 'google.protobuf.Struct',
                          id: 1,
                          jsonName: 'filter_metadata',
                        },
                      },
                    },
                    DataSource: {
                      oneofs: { specifier: { oneof: ['filename', 'inline_string'] } },
                      fields: {
                        filename: { type: 'string', id: 1 },
                        inline_string: { type: 'string', id: 3, jsonName: 'inline_string' },
                      },
                    },
                    TransportSocket: {
                      oneofs: { config_type: { oneof: ['typed_config'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 3,
                          jsonName: 'typed_config',
                        },
                      },
                    },
                    RuntimeFractionalPercent: {
                      fields: {
                        default_value: {
                          type: 'envoy.type.v3.FractionalPercent',
                          id: 1,
                          jsonName: 'default_value',
                        },
                      },
                    },
                    HeaderValue: {
                      fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } },
                    },
                    HeaderValueOption: {
                      fields: {
                        header: { type: 'HeaderValue', id: 1 },
                        append_action: {
                          type: 'HeaderValueOption.HeaderAppendAction',
                          id: 3,
                          jsonName: 'append_action',
                        },
                      },
                      nested: {
                        HeaderAppendAction: {
                          values: {
                            APPEND_IF_EXISTS_OR_ADD: 0,
                            ADD_IF_ABSENT: 1,
                            OVERWRITE_IF_EXISTS_OR_ADD: 2,
                          },
                        },
                      },
                    },
                    HttpProtocolOptions: {
                      fields: {
                        idle_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 1,
                          jsonName: 'idle_timeout',
                        },
                        max_connection_duration: {
                          type: 'google.protobuf.Duration',
                          id: 3,
                          jsonName: 'max_connection_duration',
                        },
                        headers_with_underscores_action: {
                          type: 'HttpProtocolOptions.HeadersWithUnderscoresAction',
                          id: 5,
                          jsonName: 'headers_with_underscores_action',
                        },
                        max_requests_per_connection: {
                          type: 'google.protobuf.UInt32Value',
                          id: 6,
                          jsonName: 'max_requests_per_connection',
                        },
                      },
                      nested: {
                        HeadersWithUnderscoresAction: {
                          values: { ALLOW: 0, REJECT_REQUEST: 1, DROP_HEADER: 2 },
                        },
                      },
                    },
                    Http1ProtocolOptions: {
                      fields: {
                        accept_http_10: { type: 'bool', id: 2, jsonName: 'accept_http_10' },
                        header_key_format: {
                          type: 'Http1ProtocolOptions.HeaderKeyFormat',
                          id: 4,
                          jsonName: 'header_key_format',
                        },
                        allow_chunked_length: {
                          type: 'bool',
                          id: 6,
                          jsonName: 'allow_chunked_length',
                        },
                      },
                      nested: {
                        HeaderKeyFormat: {
                          oneofs: { header_format: { oneof: ['proper_case_words'] } },
                          fields: {
                            proper_case_words: {
                              type: 'Http1ProtocolOptions.HeaderKeyFormat.ProperCaseWords',
                              id: 1,
                              jsonName: 'proper_case_words',
                            },
                          },
                          nested: { ProperCaseWords: { fields: {} } },
                        },
                      },
                    },
                    KeepaliveSettings: {
                      fields: {
                        interval: { type: 'google.protobuf.Duration', id: 1 },
                        timeout: { type: 'google.protobuf.Duration', id: 2 },
                      },
                    },
                    QuicProtocolOptions: {
                      fields: {
                        max_concurrent_streams: {
                          type: 'google.protobuf.UInt32Value',
                          id: 1,
                          jsonName: 'max_concurrent_streams',
                        },
                        initial_stream_window_size: {
                          type: 'google.protobuf.UInt32Value',
                          id: 2,
                          jsonName: 'initial_stream_window_size',
                        },
                        initial_connection_window_size: {
                          type: 'google.protobuf.UInt32Value',
                          id: 3,
                          jsonName: 'initial_connection_window_size',
                        },
                      },
                    },
                    Http2ProtocolOptions: {
                      fields: {
                        max_concurrent_streams: {
                          type: 'google.protobuf.UInt32Value',
                          id: 2,
                          jsonName: 'max_concurrent_streams',
                        },
                        initial_stream_window_size: {
                          type: 'google.protobuf.UInt32Value',
                          id: 3,
                          jsonName: 'initial_stream_window_size',
                        },
                        initial_connection_window_size: {
                          type: 'google.protobuf.UInt32Value',
                          id: 4,
                          jsonName: 'initial_connection_window_size',
                        },
                        connection_keepalive: {
                          type: 'KeepaliveSettings',
                          id: 15,
                          jsonName: 'connection_keepalive',
                        },
                      },
                    },
                    TypedExtensionConfig: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 2,
                          jsonName: 'typed_config',
                        },
                      },
                    },
                    GrpcMethodList: {
                      fields: {
                        services: { rule: 'repeated', type: 'GrpcMethodList.Service', id: 1 },
                      },
                      nested: {
                        Service: {
                          fields: {
                            name: { type: 'string', id: 1 },
                            method_names: {
                              rule: 'repeated',
                              type: 'string',
                              id: 2,
                              jsonName: 'method_names',
                            },
                          },
                        },
                      },
                    },
                    SubstitutionFormatString: {
                      oneofs: { format: { oneof: ['json_format', 'text_format_source'] } },
                      fields: {
                        json_format: {
                          type: 'google.protobuf.Struct',
                          id: 2,
                          jsonName: 'json_format',
                        },
                        text_format_source: {
                          type: 'DataSource',
                          id: 5,
                          jsonName: 'text_format_source',
                        },
                      },
                    },
                  },
                },
              },
            },
            bootstrap: {
              nested: {
                v3: {
                  nested: {
                    Bootstrap: {
                      fields: {
                        node: { type: 'envoy.config.core.v3.Node', id: 1 },
                        static_resources: {
                          type: 'Bootstrap.StaticResources',
                          id: 2,
                          jsonName: 'static_resources',
                        },
                        dynamic_resources: {
                          type: 'Bootstrap.DynamicResources',
                          id: 3,
                          jsonName: 'dynamic_resources',
                        },
                        admin: { type: 'Admin', id: 12 },
                        stats_config: {
                          type: 'envoy.config.metrics.v3.StatsConfig',
                          id: 13,
                          jsonName: 'stats_config',
                        },
                        overload_manager: {
                          type: 'envoy.config.overload.v3.OverloadManager',
                          id: 15,
                          jsonName: 'overload_manager',
                        },
                        layered_runtime: {
                          type: 'LayeredRuntime',
                          id: 17,
                          jsonName: 'layered_runtime',
                        },
                        deferred_stat_options: {
                          type: 'Bootstrap.DeferredStatOptions',
                          id: 39,
                          jsonName: 'deferred_stat_options',
                        },
                      },
                      nested: {
                        StaticResources: {
                          fields: {
                            listeners: {
                              rule: 'repeated',
                              type: 'envoy.config.listener.v3.Listener',
                              id: 1,
                            },
                            clusters: {
                              rule: 'repeated',
                              type: 'envoy.config.cluster.v3.Cluster',
                              id: 2,
                            },
                            secrets: {
                              rule: 'repeated',
                              type: 'envoy.extensions.transport_sockets.tls.v3.Secret',
                              id: 3,
                            },
                          },
                        },
                        DeferredStatOptions: {
                          fields: {
                            enable_deferred_creation_stats: {
                              type: 'bool',
                              id: 1,
                              jsonName: 'enable_deferred_creation_stats',
                            },
                          },
                        },
                        DynamicResources: {
                          fields: {
                            lds_config: {
                              type: 'envoy.config.core.v3.ConfigSource',
                              id: 1,
                              jsonName: 'lds_config',
                            },
                            cds_config: {
                              type: 'envoy.config.core.v3.ConfigSource',
                              id: 2,
                              jsonName: 'cds_config',
                            },
                            ads_config: {
                              type: 'envoy.config.core.v3.ApiConfigSource',
                              id: 3,
                              jsonName: 'ads_config',
                            },
                          },
                        },
                      },
                    },
                    Admin: {
                      fields: {
                        address: { type: 'envoy.config.core.v3.Address', id: 3 },
                        ignore_global_conn_limit: {
                          type: 'bool',
                          id: 6,
                          jsonName: 'ignore_global_conn_limit',
                        },
                      },
                    },
                    LayeredRuntime: {
                      fields: { layers: { rule: 'repeated', type: 'RuntimeLayer', id: 1 } },
                    },
                    RuntimeLayer: {
                      oneofs: { layer_specifier: { oneof: ['static_layer', 'rtds_layer'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        static_layer: {
                          type: 'google.protobuf.Struct',
                          id: 2,
                          jsonName: 'static_layer',
                        },
                        rtds_layer: {
                          type: 'RuntimeLayer.RtdsLayer',
                          id: 5,
                          jsonName: 'rtds_layer',
                        },
                      },
                      nested: {
                        RtdsLayer: {
                          fields: {
                            name: { type: 'string', id: 1 },
                            rtds_config: {
                              type: 'envoy.config.core.v3.ConfigSource',
                              id: 2,
                              jsonName: 'rtds_config',
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            cluster: {
              nested: {
                v3: {
                  nested: {
                    Cluster: {
                      oneofs: {
                        cluster_discovery_type: { oneof: ['type'] },
                        lb_config: {
                          oneof: [
                            'ring_hash_lb_config',
                            'least_request_lb_config',
                            'maglev_lb_config',
                            'round_robin_lb_config',
                          ],
                        },
                      },
                      fields: {
                        name: { type: 'string', id: 1 },
                        type: { type: 'Cluster.DiscoveryType', id: 2 },
                        eds_cluster_config: {
                          type: 'Cluster.EdsClusterConfig',
                          id: 3,
                          jsonName: 'eds_cluster_config',
                        },
                        connect_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 4,
                          jsonName: 'connect_timeout',
                        },
                        per_connection_buffer_limit_bytes: {
                          type: 'google.protobuf.UInt32Value',
                          id: 5,
                          jsonName: 'per_connection_buffer_limit_bytes',
                        },
                        lb_policy: { type: 'Cluster.LbPolicy', id: 6, jsonName: 'lb_policy' },
                        health_checks: {
                          rule: 'repeated',
                          type: 'envoy.config.core.v3.HealthCheck',
                          id: 8,
                          jsonName: 'health_checks',
                        },
                        circuit_breakers: {
                          type: 'CircuitBreakers',
                          id: 10,
                          jsonName: 'circuit_breakers',
                        },
                        dns_lookup_family: {
                          type: 'Cluster.DnsLookupFamily',
                          id: 17,
                          jsonName: 'dns_lookup_family',
                        },
                        outlier_detection: {
                          type: 'OutlierDetection',
                          id: 19,
                          jsonName: 'outlier_detection',
                        },
                        ring_hash_lb_config: {
                          type: 'Cluster.RingHashLbConfig',
                          id: 23,
                          jsonName: 'ring_hash_lb_config',
                        },
                        least_request_lb_config: {
                          type: 'Cluster.LeastRequestLbConfig',
                          id: 37,
                          jsonName: 'least_request_lb_config',
                        },
                        maglev_lb_config: {
                          type: 'Cluster.MaglevLbConfig',
                          id: 52,
                          jsonName: 'maglev_lb_config',
                        },
                        round_robin_lb_config: {
                          type: 'Cluster.RoundRobinLbConfig',
                          id: 56,
                          jsonName: 'round_robin_lb_config',
                        },
                        transport_socket: {
                          type: 'envoy.config.core.v3.TransportSocket',
                          id: 24,
                          jsonName: 'transport_socket',
                        },
                        alt_stat_name: { type: 'string', id: 28, jsonName: 'alt_stat_name' },
                        upstream_connection_options: {
                          type: 'UpstreamConnectionOptions',
                          id: 30,
                          jsonName: 'upstream_connection_options',
                        },
                        load_assignment: {
                          type: 'envoy.config.endpoint.v3.ClusterLoadAssignment',
                          id: 33,
                          jsonName: 'load_assignment',
                        },
                        typed_extension_protocol_options: {
                          keyType: 'string',
                          type: 'google.protobuf.Any',
                          id: 36,
                          jsonName: 'typed_extension_protocol_options',
                        },
                        respect_dns_ttl: { type: 'bool', id: 39, jsonName: 'respect_dns_ttl' },
                      },
                      nested: {
                        DiscoveryType: {
                          values: { STATIC: 0, STRICT_DNS: 1, LOGICAL_DNS: 2, EDS: 3 },
                        },
                        LbPolicy: {
                          values: { ROUND_ROBIN: 0, LEAST_REQUEST: 1, RING_HASH: 2, MAGLEV: 5 },
                        },
                        DnsLookupFamily: { values: { AUTO: 0, V4_ONLY: 1, V6_ONLY: 2 } },
                        SlowStartConfig: {
                          fields: {
                            slow_start_window: {
                              type: 'google.protobuf.Duration',
                              id: 1,
                              jsonName: 'slow_start_window',
                            },
                          },
                        },
                        RoundRobinLbConfig: {
                          fields: {
                            slow_start_config: {
                              type: 'Cluster.SlowStartConfig',
                              id: 1,
                              jsonName: 'slow_start_config',
                            },
                          },
                        },
                        LeastRequestLbConfig: {
                          fields: {
                            slow_start_config: {
                              type: 'Cluster.SlowStartConfig',
                              id: 3,
                              jsonName: 'slow_start_config',
                            },
                          },
                        },
                        RingHashLbConfig: {
                          fields: {
                            minimum_ring_size: {
                              type: 'google.protobuf.UInt64Value',
                              id: 1,
                              jsonName: 'minimum_ring_size',
                            },
                          },
                        },
                        MaglevLbConfig: {
                          fields: {
                            table_size: {
                              type: 'google.protobuf.UInt64Value',
                              id: 1,
                              jsonName: 'table_size',
                            },
                          },
                        },
                        EdsClusterConfig: {
                          fields: {
                            eds_config: {
                              type: 'envoy.config.core.v3.ConfigSource',
                              id: 1,
                              jsonName: 'eds_config',
                            },
                            service_name: { type: 'string', id: 2, jsonName: 'service_name' },
                          },
                        },
                      },
                    },
                    UpstreamConnectionOptions: {
                      fields: {
                        tcp_keepalive: {
                          type: 'envoy.config.core.v3.TcpKeepalive',
                          id: 1,
                          jsonName: 'tcp_keepalive',
                        },
                      },
                    },
                    CircuitBreakers: {
                      fields: {
                        thresholds: { rule: 'repeated', type: 'CircuitBreakers.Thresholds', id: 1 },
                      },
                      nested: {
                        Thresholds: {
                          fields: {
                            priority: { type: 'envoy.config.core.v3.RoutingPriority', id: 1 },
                            max_connections: {
                              type: 'google.protobuf.UInt32Value',
                              id: 2,
                              jsonName: 'max_connections',
                            },
                            max_pending_requests: {
                              type: 'google.protobuf.UInt32Value',
                              id: 3,
                              jsonName: 'max_pending_requests',
                            },
                            max_requests: {
                              type: 'google.protobuf.UInt32Value',
                              id: 4,
                              jsonName: 'max_requests',
                            },
                            max_retries: {
                              type: 'google.protobuf.UInt32Value',
                              id: 5,
                              jsonName: 'max_retries',
                            },
                          },
                        },
                      },
                    },
                    OutlierDetection: {
                      fields: {
                        consecutive_5xx: {
                          type: 'google.protobuf.UInt32Value',
                          id: 1,
                          jsonName: 'consecutive_5xx',
                        },
                        interval: { type: 'google.protobuf.Duration', id: 2 },
                        base_ejection_time: {
                          type: 'google.protobuf.Duration',
                          id: 3,
                          jsonName: 'base_ejection_time',
                        },
                        max_ejection_percent: {
                          type: 'google.protobuf.UInt32Value',
                          id: 4,
                          jsonName: 'max_ejection_percent',
                        },
                        enforcing_consecutive_5xx: {
                          type: 'google.protobuf.UInt32Value',
                          id: 5,
                          jsonName: 'enforcing_consecutive_5xx',
                        },
                        enforcing_success_rate: {
                          type: 'google.protobuf.UInt32Value',
                          id: 6,
                          jsonName: 'enforcing_success_rate',
                        },
                        consecutive_gateway_failure: {
                          type: 'google.protobuf.UInt32Value',
                          id: 10,
                          jsonName: 'consecutive_gateway_failure',
                        },
                        enforcing_consecutive_gateway_failure: {
                          type: 'google.protobuf.UInt32Value',
                          id: 11,
                          jsonName: 'enforcing_consecutive_gateway_failure',
                        },
                        max_ejection_time: {
                          type: 'google.protobuf.Duration',
                          id: 21,
                          jsonName: 'max_ejection_time',
                        },
                      },
                    },
                  },
                },
              },
            },
            endpoint: {
              nested: {
                v3: {
                  nested: {
                    Endpoint: {
                      fields: { address: { type: 'envoy.config.core.v3.Address', id: 1 } },
                    },
                    LbEndpoint: {
                      oneofs: { host_identifier: { oneof: ['endpoint'] } },
                      fields: { endpoint: { type: 'Endpoint', id: 1 } },
                    },
                    LocalityLbEndpoints: {
                      fields: {
                        lb_endpoints: {
                          rule: 'repeated',
                          type: 'LbEndpoint',
                          id: 2,
                          jsonName: 'lb_endpoints',
                        },
                      },
                    },
                    ClusterLoadAssignment: {
                      fields: {
                        cluster_name: { type: 'string', id: 1, jsonName: 'cluster_name' },
                        endpoints: { rule: 'repeated', type: 'LocalityLbEndpoints', id: 2 },
                      },
                    },
                  },
                },
              },
            },
            route: {
              nested: {
                v3: {
                  nested: {
                    FilterConfig: { fields: { disabled: { type: 'bool', id: 3 } } },
                    RouteConfiguration: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        virtual_hosts: {
                          rule: 'repeated',
                          type: 'VirtualHost',
                          id: 2,
                          jsonName: 'virtual_hosts',
                        },
                        validate_clusters: {
                          type: 'google.protobuf.BoolValue',
                          id: 7,
                          jsonName: 'validate_clusters',
                        },
                        request_headers_to_remove: {
                          rule: 'repeated',
                          type: 'string',
                          id: 8,
                          jsonName: 'request_headers_to_remove',
                        },
                        ignore_port_in_host_matching: {
                          type: 'bool',
                          id: 14,
                          jsonName: 'ignore_port_in_host_matching',
                        },
                      },
                    },
                    VirtualHost: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        domains: { rule: 'repeated', type: 'string', id: 2 },
                        routes: { rule: 'repeated', type: 'Route', id: 3 },
                        response_headers_to_add: {
                          rule: 'repeated',
                          type: 'envoy.config.core.v3.HeaderValueOption',
                          id: 10,
                          jsonName: 'response_headers_to_add',
                        },
                        matcher: { type: 'xds.type.matcher.v3.Matcher', id: 21 },
                      },
                    },
                    RouteList: { fields: { routes: { rule: 'repeated', type: 'Route', id: 1 } } },
                    Route: {
                      oneofs: { action: { oneof: ['route', 'redirect', 'direct_response'] } },
                      fields: {
                        match: { type: 'RouteMatch', id: 1 },
                        route: { type: 'RouteAction', id: 2 },
                        redirect: { type: 'RedirectAction', id: 3 },
                        direct_response: {
                          type: 'DirectResponseAction',
                          id: 7,
                          jsonName: 'direct_response',
                        },
                        metadata: { type: 'envoy.config.core.v3.Metadata', id: 4 },
                        request_headers_to_add: {
                          rule: 'repeated',
                          type: 'envoy.config.core.v3.HeaderValueOption',
                          id: 9,
                          jsonName: 'request_headers_to_add',
                        },
                        response_headers_to_add: {
                          rule: 'repeated',
                          type: 'envoy.config.core.v3.HeaderValueOption',
                          id: 10,
                          jsonName: 'response_headers_to_add',
                        },
                        response_headers_to_remove: {
                          rule: 'repeated',
                          type: 'string',
                          id: 11,
                          jsonName: 'response_headers_to_remove',
                        },
                        request_headers_to_remove: {
                          rule: 'repeated',
                          type: 'string',
                          id: 12,
                          jsonName: 'request_headers_to_remove',
                        },
                        typed_per_filter_config: {
                          keyType: 'string',
                          type: 'google.protobuf.Any',
                          id: 13,
                          jsonName: 'typed_per_filter_config',
                        },
                        name: { type: 'string', id: 14 },
                        stat_prefix: { type: 'string', id: 19, jsonName: 'stat_prefix' },
                      },
                    },
                    DirectResponseAction: { fields: { status: { type: 'uint32', id: 1 } } },
                    RouteMatch: {
                      oneofs: {
                        path_specifier: {
                          oneof: ['prefix', 'path', 'safe_regex', 'path_separated_prefix'],
                        },
                      },
                      fields: {
                        prefix: { type: 'string', id: 1 },
                        path: { type: 'string', id: 2 },
                        safe_regex: {
                          type: 'envoy.type.matcher.v3.RegexMatcher',
                          id: 10,
                          jsonName: 'safe_regex',
                        },
                        path_separated_prefix: {
                          type: 'string',
                          id: 14,
                          jsonName: 'path_separated_prefix',
                        },
                        case_sensitive: {
                          type: 'google.protobuf.BoolValue',
                          id: 4,
                          jsonName: 'case_sensitive',
                        },
                        headers: { rule: 'repeated', type: 'HeaderMatcher', id: 6 },
                        query_parameters: {
                          rule: 'repeated',
                          type: 'QueryParameterMatcher',
                          id: 7,
                          jsonName: 'query_parameters',
                        },
                        runtime_fraction: {
                          type: 'envoy.config.core.v3.RuntimeFractionalPercent',
                          id: 9,
                          jsonName: 'runtime_fraction',
                        },
                      },
                    },
                    HeaderMatcher: {
                      oneofs: {
                        header_match_specifier: { oneof: ['present_match', 'string_match'] },
                      },
                      fields: {
                        name: { type: 'string', id: 1 },
                        present_match: { type: 'bool', id: 7, jsonName: 'present_match' },
                        string_match: {
                          type: 'envoy.type.matcher.v3.StringMatcher',
                          id: 13,
                          jsonName: 'string_match',
                        },
                        invert_match: { type: 'bool', id: 8, jsonName: 'invert_match' },
                      },
                    },
                    QueryParameterMatcher: {
                      oneofs: {
                        query_parameter_match_specifier: {
                          oneof: ['string_match', 'present_match'],
                        },
                      },
                      fields: {
                        name: { type: 'string', id: 1 },
                        string_match: {
                          type: 'envoy.type.matcher.v3.StringMatcher',
                          id: 5,
                          jsonName: 'string_match',
                        },
                        present_match: { type: 'bool', id: 6, jsonName: 'present_match' },
                      },
                    },
                    WeightedCluster: {
                      fields: {
                        clusters: {
                          rule: 'repeated',
                          type: 'WeightedCluster.ClusterWeight',
                          id: 1,
                        },
                      },
                      nested: {
                        ClusterWeight: {
                          fields: {
                            name: { type: 'string', id: 1 },
                            weight: { type: 'google.protobuf.UInt32Value', id: 2 },
                            request_headers_to_add: {
                              rule: 'repeated',
                              type: 'envoy.config.core.v3.HeaderValueOption',
                              id: 4,
                              jsonName: 'request_headers_to_add',
                            },
                            response_headers_to_add: {
                              rule: 'repeated',
                              type: 'envoy.config.core.v3.HeaderValueOption',
                              id: 5,
                              jsonName: 'response_headers_to_add',
                            },
                            response_headers_to_remove: {
                              rule: 'repeated',
                              type: 'string',
                              id: 6,
                              jsonName: 'response_headers_to_remove',
                            },
                            request_headers_to_remove: {
                              rule: 'repeated',
                              type: 'string',
                              id: 9,
                              jsonName: 'request_headers_to_remove',
                            },
                            typed_per_filter_config: {
                              keyType: 'string',
                              type: 'google.protobuf.Any',
                              id: 10,
                              jsonName: 'typed_per_filter_config',
                            },
                          },
                        },
                      },
                    },
                    RouteAction: {
                      oneofs: {
                        cluster_specifier: { oneof: ['cluster', 'weighted_clusters'] },
                        host_rewrite_specifier: {
                          oneof: ['host_rewrite_literal', 'auto_host_rewrite'],
                        },
                      },
                      fields: {
                        cluster: { type: 'string', id: 1 },
                        weighted_clusters: {
                          type: 'WeightedCluster',
                          id: 3,
                          jsonName: 'weighted_clusters',
                        },
                        prefix_rewrite: { type: 'string', id: 5, jsonName: 'prefix_rewrite' },
                        host_rewrite_literal: {
                          type: 'string',
                          id: 6,
                          jsonName: 'host_rewrite_literal',
                        },
                        auto_host_rewrite: {
                          type: 'google.protobuf.BoolValue',
                          id: 7,
                          jsonName: 'auto_host_rewrite',
                        },
                        timeout: { type: 'google.protobuf.Duration', id: 8 },
                        retry_policy: { type: 'RetryPolicy', id: 9, jsonName: 'retry_policy' },
                        priority: { type: 'envoy.config.core.v3.RoutingPriority', id: 11 },
                        hash_policy: {
                          rule: 'repeated',
                          type: 'RouteAction.HashPolicy',
                          id: 15,
                          jsonName: 'hash_policy',
                        },
                        cluster_not_found_response_code: {
                          type: 'RouteAction.ClusterNotFoundResponseCode',
                          id: 20,
                          jsonName: 'cluster_not_found_response_code',
                        },
                        idle_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 24,
                          jsonName: 'idle_timeout',
                        },
                        upgrade_configs: {
                          rule: 'repeated',
                          type: 'RouteAction.UpgradeConfig',
                          id: 25,
                          jsonName: 'upgrade_configs',
                        },
                        request_mirror_policies: {
                          rule: 'repeated',
                          type: 'RouteAction.RequestMirrorPolicy',
                          id: 30,
                          jsonName: 'request_mirror_policies',
                        },
                        regex_rewrite: {
                          type: 'envoy.type.matcher.v3.RegexMatchAndSubstitute',
                          id: 32,
                          jsonName: 'regex_rewrite',
                        },
                        path_rewrite: { type: 'string', id: 45, jsonName: 'path_rewrite' },
                      },
                      nested: {
                        ClusterNotFoundResponseCode: {
                          values: {
                            SERVICE_UNAVAILABLE: 0,
                            NOT_FOUND: 1,
                            INTERNAL_SERVER_ERROR: 2,
                          },
                        },
                        RequestMirrorPolicy: {
                          fields: {
                            cluster: { type: 'string', id: 1 },
                            runtime_fraction: {
                              type: 'envoy.config.core.v3.RuntimeFractionalPercent',
                              id: 3,
                              jsonName: 'runtime_fraction',
                            },
                            request_headers_mutations: {
                              rule: 'repeated',
                              type: 'envoy.config.common.mutation_rules.v3.HeaderMutation',
                              id: 7,
                              jsonName: 'request_headers_mutations',
                            },
                          },
                        },
                        HashPolicy: {
                          oneofs: {
                            policy_specifier: {
                              oneof: ['header', 'cookie', 'connection_properties'],
                            },
                          },
                          fields: {
                            header: { type: 'RouteAction.HashPolicy.Header', id: 1 },
                            cookie: { type: 'RouteAction.HashPolicy.Cookie', id: 2 },
                            connection_properties: {
                              type: 'RouteAction.HashPolicy.ConnectionProperties',
                              id: 3,
                              jsonName: 'connection_properties',
                            },
                          },
                          nested: {
                            Header: {
                              fields: {
                                header_name: { type: 'string', id: 1, jsonName: 'header_name' },
                              },
                            },
                            Cookie: {
                              fields: {
                                name: { type: 'string', id: 1 },
                                ttl: { type: 'google.protobuf.Duration', id: 2 },
                                path: { type: 'string', id: 3 },
                              },
                            },
                            ConnectionProperties: {
                              fields: { source_ip: { type: 'bool', id: 1, jsonName: 'source_ip' } },
                            },
                          },
                        },
                        UpgradeConfig: {
                          fields: {
                            upgrade_type: { type: 'string', id: 1, jsonName: 'upgrade_type' },
                          },
                        },
                      },
                    },
                    RetryPolicy: {
                      fields: {
                        retry_on: { type: 'string', id: 1, jsonName: 'retry_on' },
                        num_retries: {
                          type: 'google.protobuf.UInt32Value',
                          id: 2,
                          jsonName: 'num_retries',
                        },
                        per_try_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 3,
                          jsonName: 'per_try_timeout',
                        },
                        retriable_status_codes: {
                          rule: 'repeated',
                          type: 'uint32',
                          id: 7,
                          jsonName: 'retriable_status_codes',
                        },
                        retry_back_off: {
                          type: 'RetryPolicy.RetryBackOff',
                          id: 8,
                          jsonName: 'retry_back_off',
                        },
                      },
                      nested: {
                        RetryBackOff: {
                          fields: {
                            base_interval: {
                              type: 'google.protobuf.Duration',
                              id: 1,
                              jsonName: 'base_interval',
                            },
                            max_interval: {
                              type: 'google.protobuf.Duration',
                              id: 2,
                              jsonName: 'max_interval',
                            },
                          },
                        },
                      },
                    },
                    RedirectAction: {
                      oneofs: {
                        path_rewrite_specifier: {
                          oneof: ['path_redirect', 'prefix_rewrite', 'regex_rewrite'],
                        },
                        scheme_rewrite_specifier: { oneof: ['https_redirect', 'scheme_redirect'] },
                      },
                      fields: {
                        host_redirect: { type: 'string', id: 1, jsonName: 'host_redirect' },
                        path_redirect: { type: 'string', id: 2, jsonName: 'path_redirect' },
                        prefix_rewrite: { type: 'string', id: 5, jsonName: 'prefix_rewrite' },
                        regex_rewrite: {
                          type: 'envoy.type.matcher.v3.RegexMatchAndSubstitute',
                          id: 9,
                          jsonName: 'regex_rewrite',
                        },
                        response_code: {
                          type: 'RedirectAction.RedirectResponseCode',
                          id: 3,
                          jsonName: 'response_code',
                        },
                        https_redirect: { type: 'bool', id: 4, jsonName: 'https_redirect' },
                        scheme_redirect: { type: 'string', id: 7, jsonName: 'scheme_redirect' },
                        port_redirect: { type: 'uint32', id: 8, jsonName: 'port_redirect' },
                      },
                      nested: {
                        RedirectResponseCode: {
                          values: {
                            MOVED_PERMANENTLY: 0,
                            FOUND: 1,
                            SEE_OTHER: 2,
                            TEMPORARY_REDIRECT: 3,
                            PERMANENT_REDIRECT: 4,
                          },
                        },
                      },
                    },
                    RateLimit: {
                      fields: { actions: { rule: 'repeated', type: 'RateLimit.Action', id: 3 } },
                      nested: {
                        Action: {
                          oneofs: {
                            action_specifier: {
                              oneof: [
                                'source_cluster',
                                'destination_cluster',
                                'request_headers',
                                'remote_address',
                                'generic_key',
                              ],
                            },
                          },
                          fields: {
                            source_cluster: {
                              type: 'RateLimit.Action.SourceCluster',
                              id: 1,
                              jsonName: 'source_cluster',
                            },
                            destination_cluster: {
                              type: 'RateLimit.Action.DestinationCluster',
                              id: 2,
                              jsonName: 'destination_cluster',
                            },
                            request_headers: {
                              type: 'RateLimit.Action.RequestHeaders',
                              id: 3,
                              jsonName: 'request_headers',
                            },
                            remote_address: {
                              type: 'RateLimit.Action.RemoteAddress',
                              id: 4,
                              jsonName: 'remote_address',
                            },
                            generic_key: {
                              type: 'RateLimit.Action.GenericKey',
                              id: 5,
                              jsonName: 'generic_key',
                            },
                          },
                          nested: {
                            SourceCluster: { fields: {} },
                            DestinationCluster: { fields: {} },
                            RequestHeaders: {
                              fields: {
                                header_name: { type: 'string', id: 1, jsonName: 'header_name' },
                                descriptor_key: {
                                  type: 'string',
                                  id: 2,
                                  jsonName: 'descriptor_key',
                                },
                                skip_if_absent: { type: 'bool', id: 3, jsonName: 'skip_if_absent' },
                              },
                            },
                            RemoteAddress: { fields: {} },
                            GenericKey: {
                              fields: {
                                descriptor_value: {
                                  type: 'string',
                                  id: 1,
                                  jsonName: 'descriptor_value',
                                },
                                descriptor_key: {
                                  type: 'string',
                                  id: 2,
                                  jsonName: 'descriptor_key',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                    ScopedRouteConfiguration: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        route_configuration_name: {
                          type: 'string',
                          id: 2,
                          jsonName: 'route_configuration_name',
                        },
                        key: { type: 'ScopedRouteConfiguration.Key', id: 3 },
                        route_configuration: {
                          type: 'RouteConfiguration',
                          id: 5,
                          jsonName: 'route_configuration',
                        },
                      },
                      nested: {
                        Key: {
                          fields: {
                            fragments: {
                              rule: 'repeated',
                              type: 'ScopedRouteConfiguration.Key.Fragment',
                              id: 1,
                            },
                          },
                          nested: {
                            Fragment: {
                              oneofs: { type: { oneof: ['string_key'] } },
                              fields: {
                                string_key: { type: 'string', id: 1, jsonName: 'string_key' },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            listener: {
              nested: {
                v3: {
                  nested: {
                    Listener: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        address: { type: 'envoy.config.core.v3.Address', id: 2 },
                        filter_chains: {
                          rule: 'repeated',
                          type: 'FilterChain',
                          id: 3,
                          jsonName: 'filter_chains',
                        },
                        per_connection_buffer_limit_bytes: {
                          type: 'google.protobuf.UInt32Value',
                          id: 5,
                          jsonName: 'per_connection_buffer_limit_bytes',
                        },
                        listener_filters: {
                          rule: 'repeated',
                          type: 'ListenerFilter',
                          id: 9,
                          jsonName: 'listener_filters',
                        },
                        udp_listener_config: {
                          type: 'UdpListenerConfig',
                          id: 18,
                          jsonName: 'udp_listener_config',
                        },
                        access_log: {
                          rule: 'repeated',
                          type: 'envoy.config.accesslog.v3.AccessLog',
                          id: 22,
                          jsonName: 'access_log',
                        },
                        enable_reuse_port: {
                          type: 'google.protobuf.BoolValue',
                          id: 29,
                          jsonName: 'enable_reuse_port',
                        },
                        ignore_global_conn_limit: {
                          type: 'bool',
                          id: 31,
                          jsonName: 'ignore_global_conn_limit',
                        },
                        filter_chain_matcher: {
                          type: 'xds.type.matcher.v3.Matcher',
                          id: 32,
                          jsonName: 'filter_chain_matcher',
                        },
                      },
                    },
                    UdpListenerConfig: {
                      fields: {
                        quic_options: {
                          type: 'QuicProtocolOptions',
                          id: 7,
                          jsonName: 'quic_options',
                        },
                      },
                    },
                    QuicProtocolOptions: {
                      fields: {
                        quic_protocol_options: {
                          type: 'envoy.config.core.v3.QuicProtocolOptions',
                          id: 1,
                          jsonName: 'quic_protocol_options',
                        },
                        crypto_handshake_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 3,
                          jsonName: 'crypto_handshake_timeout',
                        },
                      },
                    },
                    Filter: {
                      oneofs: { config_type: { oneof: ['typed_config', 'config_discovery'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 4,
                          jsonName: 'typed_config',
                        },
                        config_discovery: {
                          type: 'envoy.config.core.v3.ExtensionConfigSource',
                          id: 5,
                          jsonName: 'config_discovery',
                        },
                      },
                    },
                    FilterChainMatch: {
                      fields: {
                        transport_protocol: {
                          type: 'string',
                          id: 9,
                          jsonName: 'transport_protocol',
                        },
                        server_names: {
                          rule: 'repeated',
                          type: 'string',
                          id: 11,
                          jsonName: 'server_names',
                        },
                      },
                    },
                    FilterChain: {
                      fields: {
                        filter_chain_match: {
                          type: 'FilterChainMatch',
                          id: 1,
                          jsonName: 'filter_chain_match',
                        },
                        filters: { rule: 'repeated', type: 'Filter', id: 3 },
                        transport_socket: {
                          type: 'envoy.config.core.v3.TransportSocket',
                          id: 6,
                          jsonName: 'transport_socket',
                        },
                        name: { type: 'string', id: 7 },
                        transport_socket_connect_timeout: {
                          type: 'google.protobuf.Duration',
                          id: 9,
                          jsonName: 'transport_socket_connect_timeout',
                        },
                      },
                    },
                    ListenerFilter: {
                      oneofs: { config_type: { oneof: ['typed_config'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 3,
                          jsonName: 'typed_config',
                        },
                      },
                    },
                  },
                },
              },
            },
            common: {
              nested: {
                mutation_rules: {
                  nested: {
                    v3: {
                      nested: {
                        HeaderMutationRules: {
                          fields: {
                            allow_all_routing: {
                              type: 'google.protobuf.BoolValue',
                              id: 1,
                              jsonName: 'allow_all_routing',
                            },
                            allow_envoy: {
                              type: 'google.protobuf.BoolValue',
                              id: 2,
                              jsonName: 'allow_envoy',
                            },
                            disallow_expression: {
                              type: 'envoy.type.matcher.v3.RegexMatcher',
                              id: 6,
                              jsonName: 'disallow_expression',
                            },
                          },
                        },
                        HeaderMutation: {
                          oneofs: { action: { oneof: ['remove', 'append', 'remove_on_match'] } },
                          fields: {
                            remove: { type: 'string', id: 1 },
                            append: { type: 'envoy.config.core.v3.HeaderValueOption', id: 2 },
                            remove_on_match: {
                              type: 'HeaderMutation.RemoveOnMatch',
                              id: 3,
                              jsonName: 'remove_on_match',
                            },
                          },
                          nested: {
                            RemoveOnMatch: {
                              fields: {
                                key_matcher: {
                                  type: 'envoy.type.matcher.v3.StringMatcher',
                                  id: 1,
                                  jsonName: 'key_matcher',
                                },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            overload: {
              nested: {
                v3: {
                  nested: {
                    ResourceMonitor: {
                      oneofs: { config_type: { oneof: ['typed_config'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        typed_config: {
                          type: 'google.protobuf.Any',
                          id: 3,
                          jsonName: 'typed_config',
                        },
                      },
                    },
                    ThresholdTrigger: { fields: { value: { type: 'double', id: 1 } } },
                    Trigger: {
                      oneofs: { trigger_oneof: { oneof: ['threshold'] } },
                      fields: {
                        name: { type: 'string', id: 1 },
                        threshold: { type: 'ThresholdTrigger', id: 2 },
                      },
                    },
                    OverloadAction: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        triggers: { rule: 'repeated', type: 'Trigger', id: 2 },
                      },
                    },
                    OverloadManager: {
                      fields: {
                        refresh_interval: {
                          type: 'google.protobuf.Duration',
                          id: 1,
                          jsonName: 'refresh_interval',
                        },
                        resource_monitors: {
                          rule: 'repeated',
                          type: 'ResourceMonitor',
                          id: 2,
                          jsonName: 'resource_monitors',
                        },
                        actions: { rule: 'repeated', type: 'OverloadAction', id: 3 },
                      },
                    },
                  },
                },
              },
            },
            ratelimit: {
              nested: {
                v3: {
                  nested: {
                    RateLimitServiceConfig: {
                      fields: {
                        grpc_service: {
                          type: 'envoy.config.core.v3.GrpcService',
                          id: 2,
                          jsonName: 'grpc_service',
                        },
                        transport_api_version: {
                          type: 'envoy.config.core.v3.ApiVersion',
                          id: 4,
                          jsonName: 'transport_api_version',
                        },
                      },
                    },
                  },
                },
              },
            },
            rbac: {
              nested: {
                v3: {
                  nested: {
                    RBAC: {
                      fields: {
                        action: { type: 'RBAC.Action', id: 1 },
                        policies: { keyType: 'string', type: 'Policy', id: 2 },
                      },
                      nested: { Action: { values: { ALLOW: 0, DENY: 1 } } },
                    },
                    Policy: {
                      fields: {
                        permissions: { rule: 'repeated', type: 'Permission', id: 1 },
                        principals: { rule: 'repeated', type: 'Principal', id: 2 },
                      },
                    },
                    Permission: {
                      oneofs: { rule: { oneof: ['any'] } },
                      fields: { any: { type: 'bool', id: 3 } },
                    },
                    Principal: {
                      oneofs: { identifier: { oneof: ['direct_remote_ip', 'remote_ip'] } },
                      fields: {
                        direct_remote_ip: {
                          type: 'envoy.config.core.v3.CidrRange',
                          id: 10,
                          jsonName: 'direct_remote_ip',
                        },
                        remote_ip: {
                          type: 'envoy.config.core.v3.CidrRange',
                          id: 11,
                          jsonName: 'remote_ip',
                        },
                      },
                    },
                  },
                },
              },
            },
            metrics: {
              nested: {
                v3: {
                  nested: {
                    StatsConfig: {
                      fields: {
                        stats_tags: {
                          rule: 'repeated',
                          type: 'TagSpecifier',
                          id: 1,
                          jsonName: 'stats_tags',
                        },
                        use_all_default_tags: {
                          type: 'google.protobuf.BoolValue',
                          id: 2,
                          jsonName: 'use_all_default_tags',
                        },
                        stats_matcher: { type: 'StatsMatcher', id: 3, jsonName: 'stats_matcher' },
                      },
                    },
                    StatsMatcher: {
                      oneofs: { stats_matcher: { oneof: ['exclusion_list'] } },
                      fields: {
                        exclusion_list: {
                          type: 'envoy.type.matcher.v3.ListStringMatcher',
                          id: 2,
                          jsonName: 'exclusion_list',
                        },
                      },
                    },
                    TagSpecifier: {
                      oneofs: { tag_value: { oneof: ['regex'] } },
                      fields: {
                        tag_name: { type: 'string', id: 1, jsonName: 'tag_name' },
                        regex: { type: 'string', id: 2 },
                      },
                    },
                  },
                },
              },
            },
            trace: {
              nested: {
                v3: {
                  nested: {
                    Tracing: {
                      fields: {},
                      nested: {
                        Http: {
                          oneofs: { config_type: { oneof: ['typed_config'] } },
                          fields: {
                            name: { type: 'string', id: 1 },
                            typed_config: {
                              type: 'google.protobuf.Any',
                              id: 3,
                              jsonName: 'typed_config',
                            },
                          },
                        },
                      },
                    },
                    ZipkinConfig: {
                      fields: {
                        collector_cluster: { type: 'string', id: 1, jsonName: 'collector_cluster' },
                        collector_endpoint: {
                          type: 'string',
                          id: 2,
                          jsonName: 'collector_endpoint',
                        },
                        trace_id_128bit: { type: 'bool', id: 3, jsonName: 'trace_id_128bit' },
                        shared_span_context: {
                          type: 'google.protobuf.BoolValue',
                          id: 4,
                          jsonName: 'shared_span_context',
                        },
                        collector_endpoint_version: {
                          type: 'ZipkinConfig.CollectorEndpointVersion',
                          id: 5,
                          jsonName: 'collector_endpoint_version',
                        },
                        collector_hostname: {
                          type: 'string',
                          id: 6,
                          jsonName: 'collector_hostname',
                        },
                        trace_context_option: {
                          type: 'ZipkinConfig.TraceContextOption',
                          id: 8,
                          jsonName: 'trace_context_option',
                        },
                      },
                      nested: {
                        TraceContextOption: {
                          values: { USE_B3: 0, USE_B3_WITH_W3C_PROPAGATION: 1 },
                        },
                        CollectorEndpointVersion: {
                          values: {
                            DEPRECATED_AND_UNAVAILABLE_DO_NOT_USE: 0,
                            HTTP_JSON: 1,
                            HTTP_PROTO: 2,
                          },
                        },
                      },
                    },
                    DatadogConfig: {
                      fields: {
                        collector_cluster: { type: 'string', id: 1, jsonName: 'collector_cluster' },
                        service_name: { type: 'string', id: 2, jsonName: 'service_name' },
                        collector_hostname: {
                          type: 'string',
                          id: 3,
                          jsonName: 'collector_hostname',
                        },
                      },
                    },
                    OpenTelemetryConfig: {
                      fields: {
                        grpc_service: {
                          type: 'envoy.config.core.v3.GrpcService',
                          id: 1,
                          jsonName: 'grpc_service',
                        },
                        service_name: { type: 'string', id: 2, jsonName: 'service_name' },
                        http_service: {
                          type: 'envoy.config.core.v3.HttpService',
                          id: 3,
                          jsonName: 'http_service',
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        service: {
          nested: {
            discovery: {
              nested: {
                v3: {
                  nested: {
                    DeltaDiscoveryRequest: {
                      fields: {
                        node: { type: 'envoy.config.core.v3.Node', id: 1 },
                        type_url: { type: 'string', id: 2, jsonName: 'type_url' },
                        resource_names_subscribe: {
                          rule: 'repeated',
                          type: 'string',
                          id: 3,
                          jsonName: 'resource_names_subscribe',
                        },
                        resource_names_unsubscribe: {
                          rule: 'repeated',
                          type: 'string',
                          id: 4,
                          jsonName: 'resource_names_unsubscribe',
                        },
                        initial_resource_versions: {
                          keyType: 'string',
                          type: 'string',
                          id: 5,
                          jsonName: 'initial_resource_versions',
                        },
                        response_nonce: { type: 'string', id: 6, jsonName: 'response_nonce' },
                        error_detail: {
                          type: 'google.rpc.Status',
                          id: 7,
                          jsonName: 'error_detail',
                        },
                      },
                    },
                    DeltaDiscoveryResponse: {
                      fields: {
                        system_version_info: {
                          type: 'string',
                          id: 1,
                          jsonName: 'system_version_info',
                        },
                        resources: { rule: 'repeated', type: 'Resource', id: 2 },
                        type_url: { type: 'string', id: 4, jsonName: 'type_url' },
                        nonce: { type: 'string', id: 5 },
                        removed_resources: {
                          rule: 'repeated',
                          type: 'string',
                          id: 6,
                          jsonName: 'removed_resources',
                        },
                      },
                    },
                    Resource: {
                      fields: {
                        version: { type: 'string', id: 1 },
                        resource: { type: 'google.protobuf.Any', id: 2 },
                        name: { type: 'string', id: 3 },
                      },
                    },
                    DiscoveryRequest: {
                      fields: {
                        version_info: { type: 'string', id: 1, jsonName: 'version_info' },
                        node: { type: 'envoy.config.core.v3.Node', id: 2 },
                        resource_names: {
                          rule: 'repeated',
                          type: 'string',
                          id: 3,
                          jsonName: 'resource_names',
                        },
                        type_url: { type: 'string', id: 4, jsonName: 'type_url' },
                        response_nonce: { type: 'string', id: 5, jsonName: 'response_nonce' },
                        error_detail: {
                          type: 'google.rpc.Status',
                          id: 6,
                          jsonName: 'error_detail',
                        },
                      },
                    },
                    DiscoveryResponse: {
                      fields: {
                        version_info: { type: 'string', id: 1, jsonName: 'version_info' },
                        resources: { rule: 'repeated', type: 'google.protobuf.Any', id: 2 },
                        type_url: { type: 'string', id: 4, jsonName: 'type_url' },
                        nonce: { type: 'string', id: 5 },
                      },
                    },
                    AggregatedDiscoveryService: {
                      methods: {
                        StreamAggregatedResources: {
                          requestType: 'DiscoveryRequest',
                          requestStream: true,
                          responseType: 'DiscoveryResponse',
                          responseStream: true,
                        },
                        DeltaAggregatedResources: {
                          requestType: 'DeltaDiscoveryRequest',
                          requestStream: true,
                          responseType: 'DeltaDiscoveryResponse',
                          responseStream: true,
                        },
                      },
                    },
                  },
                },
              },
            },
            runtime: {
              nested: {
                v3: {
                  nested: {
                    Runtime: {
                      fields: {
                        name: { type: 'string', id: 1 },
                        layer: { type: 'google.protobuf.Struct', id: 2 },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        type: {
          nested: {
            matcher: {
              nested: {
                v3: {
                  nested: {
                    HttpRequestHeaderMatchInput: {
                      fields: { header_name: { type: 'string', id: 1, jsonName: 'header_name' } },
                    },
                    HttpResponseStatusCodeMatchInput: { fields: {} },
                    StringMatcher: {
                      oneofs: {
                        match_pattern: { oneof: ['exact', 'prefix', 'suffix', 'safe_regex'] },
                      },
                      fields: {
                        exact: { type: 'string', id: 1 },
                        prefix: { type: 'string', id: 2 },
                        suffix: { type: 'string', id: 3 },
                        safe_regex: { type: 'RegexMatcher', id: 5, jsonName: 'safe_regex' },
                        ignore_case: { type: 'bool', id: 6, jsonName: 'ignore_case' },
                      },
                    },
                    ListStringMatcher: {
                      fields: { patterns: { rule: 'repeated', type: 'StringMatcher', id: 1 } },
                    },
                    RegexMatcher: { fields: { regex: { type: 'string', id: 2 } } },
                    RegexMatchAndSubstitute: {
                      fields: {
                        pattern: { type: 'RegexMatcher', id: 1 },
                        substitution: { type: 'string', id: 2 },
                      },
                    },
                  },
                },
              },
            },
            tracing: {
              nested: {
                v3: {
                  nested: {
                    CustomTag: {
                      oneofs: { type: { oneof: ['literal', 'environment', 'request_header'] } },
                      fields: {
                        tag: { type: 'string', id: 1 },
                        literal: { type: 'CustomTag.Literal', id: 2 },
                        environment: { type: 'CustomTag.Environment', id: 3 },
                        request_header: {
                          type: 'CustomTag.Header',
                          id: 4,
                          jsonName: 'request_header',
                        },
                      },
                      nested: {
                        Literal: { fields: { value: { type: 'string', id: 1 } } },
                        Environment: {
                          fields: {
                            name: { type: 'string', id: 1 },
                            default_value: { type: 'string', id: 2, jsonName: 'default_value' },
                          },
                        },
                        Header: {
                          fields: {
                            name: { type: 'string', id: 1 },
                            default_value: { type: 'string', id: 2, jsonName: 'default_value' },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            v3: {
              nested: {
                CodecClientType: { values: { HTTP1: 0, HTTP2: 1 } },
                FractionalPercent: {
                  fields: {
                    numerator: { type: 'uint32', id: 1 },
                    denominator: { type: 'FractionalPercent.DenominatorType', id: 2 },
                  },
                  nested: {
                    DenominatorType: { values: { HUNDRED: 0, TEN_THOUSAND: 1, MILLION: 2 } },
                  },
                },
                Percent: { fields: { value: { type: 'double', id: 1 } } },
                Int64Range: {
                  fields: { start: { type: 'int64', id: 1 }, end: { type: 'int64', id: 2 } },
                },
                StatusCode: {
                  values: {
                    Empty: 0,
                    Continue: 100,
                    OK: 200,
                    Created: 201,
                    Accepted: 202,
                    NonAuthoritativeInformation: 203,
                    NoContent: 204,
                    ResetContent: 205,
                    PartialContent: 206,
                    MultiStatus: 207,
                    AlreadyReported: 208,
                    IMUsed: 226,
                    MultipleChoices: 300,
                    MovedPermanently: 301,
                    Found: 302,
                    SeeOther: 303,
                    NotModified: 304,
                    UseProxy: 305,
                    TemporaryRedirect: 307,
                    PermanentRedirect: 308,
                    BadRequest: 400,
                    Unauthorized: 401,
                    PaymentRequired: 402,
                    Forbidden: 403,
                    NotFound: 404,
                    MethodNotAllowed: 405,
                    NotAcceptable: 406,
                    ProxyAuthenticationRequired: 407,
                    RequestTimeout: 408,
                    Conflict: 409,
                    Gone: 410,
                    LengthRequired: 411,
                    PreconditionFailed: 412,
                    PayloadTooLarge: 413,
                    URITooLong: 414,
                    UnsupportedMediaType: 415,
                    RangeNotSatisfiable: 416,
                    ExpectationFailed: 417,
                    MisdirectedRequest: 421,
                    UnprocessableEntity: 422,
                    Locked: 423,
                    FailedDependency: 424,
                    UpgradeRequired: 426,
                    PreconditionRequired: 428,
                    TooManyRequests: 429,
                    RequestHeaderFieldsTooLarge: 431,
                    InternalServerError: 500,
                    NotImplemented: 501,
                    BadGateway: 502,
                    ServiceUnavailable: 503,
                    GatewayTimeout: 504,
                    HTTPVersionNotSupported: 505,
                    VariantAlsoNegotiates: 506,
                    InsufficientStorage: 507,
                    LoopDetected: 508,
                    NotExtended: 510,
                    NetworkAuthenticationRequired: 511,
                  },
                },
                HttpStatus: { fields: { code: { type: 'StatusCode', id: 1 } } },
              },
            },
          },
        },
      },
    },
    xds: {
      nested: {
        type: {
          nested: {
            matcher: {
              nested: {
                v3: {
                  nested: {
                    StringMatcher: {
                      oneofs: { match_pattern: { oneof: ['exact', 'safe_regex'] } },
                      fields: {
                        exact: { type: 'string', id: 1 },
                        safe_regex: { type: 'RegexMatcher', id: 5, jsonName: 'safe_regex' },
                      },
                    },
                    RegexMatcher: {
                      oneofs: { engine_type: { oneof: ['google_re2'] } },
                      fields: {
                        google_re2: {
                          type: 'RegexMatcher.GoogleRE2',
                          id: 1,
                          jsonName: 'google_re2',
                        },
                        regex: { type: 'string', id: 2 },
                      },
                      nested: { GoogleRE2: { fields: {} } },
                    },
                    Matcher: {
                      oneofs: { matcher_type: { oneof: ['matcher_list', 'matcher_tree'] } },
                      fields: {
                        matcher_list: {
                          type: 'Matcher.MatcherList',
                          id: 1,
                          jsonName: 'matcher_list',
                        },
                        matcher_tree: {
                          type: 'Matcher.MatcherTree',
                          id: 2,
                          jsonName: 'matcher_tree',
                        },
                        on_no_match: { type: 'Matcher.OnMatch', id: 3, jsonName: 'on_no_match' },
                      },
                      nested: {
                        OnMatch: {
                          oneofs: { on_match: { oneof: ['action'] } },
                          fields: { action: { type: 'xds.core.v3.TypedExtensionConfig', id: 2 } },
                        },
                        MatcherList: {
                          fields: {
                            matchers: {
                              rule: 'repeated',
                              type: 'Matcher.MatcherList.FieldMatcher',
                              id: 1,
                            },
                          },
                          nested: {
                            Predicate: {
                              oneofs: {
                                match_type: {
                                  oneof: ['single_predicate', 'and_matcher', 'not_matcher'],
                                },
                              },
                              fields: {
                                single_predicate: {
                                  type: 'Matcher.MatcherList.Predicate.SinglePredicate',
                                  id: 1,
                                  jsonName: 'single_predicate',
                                },
                                and_matcher: {
                                  type: 'Matcher.MatcherList.Predicate.PredicateList',
                                  id: 3,
                                  jsonName: 'and_matcher',
                                },
                                not_matcher: {
                                  type: 'Matcher.MatcherList.Predicate',
                                  id: 4,
                                  jsonName: 'not_matcher',
                                },
                              },
                              nested: {
                                SinglePredicate: {
                                  oneofs: { matcher: { oneof: ['value_match'] } },
                                  fields: {
                                    input: { type: 'xds.core.v3.TypedExtensionConfig', id: 1 },
                                    value_match: {
                                      type: 'StringMatcher',
                                      id: 2,
                                      jsonName: 'value_match',
                                    },
                                  },
                                },
                                PredicateList: {
                                  fields: {
                                    predicate: {
                                      rule: 'repeated',
                                      type: 'Matcher.MatcherList.Predicate',
                                      id: 1,
                                    },
                                  },
                                },
                              },
                            },
                            FieldMatcher: {
                              fields: {
                                predicate: { type: 'Matcher.MatcherList.Predicate', id: 1 },
                                on_match: { type: 'Matcher.OnMatch', id: 2, jsonName: 'on_match' },
                              },
                            },
                          },
                        },
                        MatcherTree: {
                          oneofs: { tree_type: { oneof: ['prefix_match_map'] } },
                          fields: {
                            input: { type: 'xds.core.v3.TypedExtensionConfig', id: 1 },
                            prefix_match_map: {
                              type: 'Matcher.MatcherTree.MatchMap',
                              id: 3,
                              jsonName: 'prefix_match_map',
                            },
                          },
                          nested: {
                            MatchMap: {
                              fields: {
                                map: { keyType: 'string', type: 'Matcher.OnMatch', id: 1 },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        core: {
          nested: {
            v3: {
              nested: {
                TypedExtensionConfig: {
                  fields: {
                    name: { type: 'string', id: 1 },
                    typed_config: { type: 'google.protobuf.Any', id: 2, jsonName: 'typed_config' },
                  },
                },
              },
            },
          },
        },
      },
    },
    google: {
      nested: {
        protobuf: {
          nested: {
            Any: {
              fields: { type_url: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } },
            },
            Duration: {
              fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } },
            },
            Struct: { fields: { fields: { keyType: 'string', type: 'Value', id: 1 } } },
            Value: {
              oneofs: {
                kind: {
                  oneof: [
                    'nullValue',
                    'numberValue',
                    'stringValue',
                    'boolValue',
                    'structValue',
                    'listValue',
                  ],
                },
              },
              fields: {
                nullValue: { type: 'NullValue', id: 1, protoName: 'null_value' },
                numberValue: { type: 'double', id: 2, protoName: 'number_value' },
                stringValue: { type: 'string', id: 3, protoName: 'string_value' },
                boolValue: { type: 'bool', id: 4, protoName: 'bool_value' },
                structValue: { type: 'Struct', id: 5, protoName: 'struct_value' },
                listValue: { type: 'ListValue', id: 6, protoName: 'list_value' },
              },
            },
            NullValue: { values: { NULL_VALUE: 0 } },
            ListValue: { fields: { values: { rule: 'repeated', type: 'Value', id: 1 } } },
            DoubleValue: { fields: { value: { type: 'double', id: 1 } } },
            FloatValue: { fields: { value: { type: 'float', id: 1 } } },
            Int64Value: { fields: { value: { type: 'int64', id: 1 } } },
            UInt64Value: { fields: { value: { type: 'uint64', id: 1 } } },
            Int32Value: { fields: { value: { type: 'int32', id: 1 } } },
            UInt32Value: { fields: { value: { type: 'uint32', id: 1 } } },
            BoolValue: { fields: { value: { type: 'bool', id: 1 } } },
            StringValue: { fields: { value: { type: 'string', id: 1 } } },
            BytesValue: { fields: { value: { type: 'bytes', id: 1 } } },
          },
        },
        rpc: {
          nested: {
            Status: {
              fields: { code: { type: 'int32', id: 1 }, message: { type: 'string', id: 2 } },
            },
          },
        },
      },
    },
  },
};
