import type { ModuleConfig } from './module-config.ts';

/** What a key of a Module is about; each part is read by itself. */
export type ModulePart = 'http' | 'log' | 'filters' | 'mappings' | 'labels' | 'probes' | 'runtime';

/** What becomes of a key of a Module. */
export type KeyUse =
  /** It has an effect. */
  | { readonly part: ModulePart }
  /** It has none, as in Emissary 2 and later; what counts in its place. */
  | { readonly inert: string }
  /** It cannot be done; what can be done in its place. */
  | { readonly refused: string };

/** What becomes of each key of a Module; said only here. */
export const moduleKeys = {
  add_linkerd_headers: { part: 'mappings' },
  admin_port: { inert: 'the admin interface of Envoy is not on a port' },
  allow_chunked_length: { part: 'http' },
  ambassador_id: { inert: 'spec.ambassador_id counts' },
  auth_enabled: { inert: 'an AuthService counts' },
  buffer: { part: 'filters' },
  buffer_limit_bytes: { part: 'http' },
  circuit_breakers: { part: 'mappings' },
  cluster_idle_timeout_ms: { part: 'mappings' },
  cluster_max_connection_lifetime_ms: { part: 'mappings' },
  cluster_request_timeout_ms: { part: 'mappings' },
  cors: { part: 'mappings' },
  debug_mode: { inert: 'the option --log-level counts' },
  default_label_domain: { part: 'labels' },
  default_labels: { part: 'labels' },
  defaults: { part: 'mappings' },
  diag_port: { inert: 'there is no process for diagnostics' },
  diagnostics: { part: 'probes' },
  enable_grpc_http11_bridge: { part: 'filters' },
  enable_grpc_web: { part: 'filters' },
  enable_http10: { part: 'http' },
  enable_ipv4: { part: 'mappings' },
  enable_ipv6: { part: 'mappings' },
  envoy_log_format: { part: 'log' },
  envoy_log_path: { part: 'log' },
  envoy_log_type: { part: 'log' },
  envoy_override: { inert: 'nothing of what Envoy gets can be overridden' },
  envoy_validation_timeout: { inert: 'no configuration waits to be validated' },
  error_response_overrides: { part: 'mappings' },
  forward_client_cert_details: { part: 'http' },
  grpc_stats: { part: 'filters' },
  gzip: { part: 'filters' },
  header_case_overrides: {
    refused: 'no header_case_overrides, which Envoy does not have; proper_case is near',
  },
  headers_with_underscores_action: { part: 'http' },
  ip_allow: { part: 'filters' },
  ip_deny: { part: 'filters' },
  keepalive: { part: 'mappings' },
  listener_idle_timeout_ms: { part: 'http' },
  liveness_probe: { part: 'probes' },
  load_balancer: { part: 'mappings' },
  lua_scripts: { part: 'filters' },
  max_request_headers_kb: { part: 'http' },
  merge_slashes: { part: 'http' },
  preserve_external_request_id: { part: 'http' },
  proper_case: { part: 'http' },
  prune_unreachable_routes: { inert: 'all routes are kept' },
  readiness_probe: { part: 'probes' },
  redirect_cleartext_from: { inert: 'requestPolicy.insecure of a Host counts' },
  regex_max_size: { inert: 'the length of regular expressions is bounded, not their size' },
  regex_type: { inert: 'all regular expressions are of RE2' },
  reject_requests_with_escaped_slashes: { part: 'http' },
  resolver: { part: 'mappings' },
  retry_policy: { part: 'mappings' },
  runtime_flags: { part: 'runtime' },
  server_name: { part: 'http' },
  service_port: { inert: 'spec.port of a Listener counts' },
  set_current_client_cert_details: { part: 'http' },
  statsd: { inert: 'Envoy is asked for its statistics, it does not send them' },
  strip_matching_host_port: { part: 'http' },
  suppress_envoy_headers: { part: 'http' },
  tls: { refused: 'no tls in a Module: a Host names the Secret with its certificate' },
  use_ambassador_namespace_for_service_resolution: { part: 'mappings' },
  use_proxy_proto: { inert: 'spec.protocol of a Listener counts' },
  use_remote_address: { part: 'http' },
  x_forwarded_proto_redirect: { inert: 'spec.securityModel of a Listener counts' },
  xff_num_trusted_hops: { inert: 'spec.l7Depth of a Listener counts' },
} as const satisfies Readonly<Record<keyof ModuleConfig, KeyUse>>;

type Keys = typeof moduleKeys;

/** The keys that a part has. */
type KeyOf<P extends ModulePart> = {
  [K in keyof Keys]: Keys[K] extends { readonly part: P } ? K : never;
}[keyof Keys];

/** What a Module says of one part. */
export type ModulePartOf<P extends ModulePart> = Pick<ModuleConfig, KeyOf<P>>;

/** What a Module says of one part, in the order of the table; its other keys are left out. */
export const partOf = <P extends ModulePart>(part: P, config: ModuleConfig): ModulePartOf<P> =>
  Object.fromEntries(
    Object.entries(config).filter(([key]) => {
      const use: KeyUse | undefined = useOf(key);
      return use !== undefined && 'part' in use && use.part === part;
    }),
  ) as ModulePartOf<P>;

/** What becomes of a key; absent where there is no such key. */
export const useOf = (key: string): KeyUse | undefined =>
  Object.hasOwn(moduleKeys, key) ? moduleKeys[key as keyof Keys] : undefined;
