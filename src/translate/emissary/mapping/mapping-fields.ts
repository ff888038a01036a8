import type { Mapping } from '../../../kube/emissary/mapping.ts';

type Spec = Mapping['spec'];

/** What a field of a Mapping can change. */
export type Bearing =
  /** Which installation the Mapping is for. */
  | 'installation'
  /** Which requests it takes, and before which others. */
  | 'match'
  /** Where they go: to a service or a copy to it, or back with a redirect. */
  | 'target'
  /** The cluster, beside `service` and `resolver`, which every cluster depends on. */
  | 'cluster'
  /** How its requests are handled; of some settings, how those of its group are that say nothing of it. */
  | 'setting'
  /** What it keeps to itself in its group. */
  | 'member'
  /** Whether there can be a regular expression or a command of Envoy, which are checked. */
  | 'suspect'
  /** Whether some field can be without effect, beside `prefix` and `service`, which always can. */
  | 'conflict'
  /** Whether its requests are asked about, and what is said of it then. */
  | 'auth'
  /** Whether its requests are guarded. */
  | 'guard'
  /** What its requests are counted by, for services that limit them. */
  | 'limit'
  /** Nothing, as in Emissary: a note says so. */
  | 'inert'
  /** Nothing ever: it only says how a conversion can be undone. */
  | 'nothing';

/**
 * What each field of a Mapping can change; said only here.
 *
 * Most Mappings have few fields, so that work is skipped where none bears on it. A field that is
 * missing here has no type; a bearing that is missing or too much fails `mapping-fields.spec.ts`.
 */
const bearings = {
  ambassador_id: ['installation'],

  prefix: ['match'],
  prefix_regex: ['match', 'setting', 'suspect', 'conflict'],
  prefix_exact: ['match'],
  hostname: ['match'],
  host: ['match', 'conflict'],
  host_regex: ['match', 'suspect', 'conflict'],
  method: ['match', 'conflict'],
  method_regex: ['match', 'suspect', 'conflict'],
  headers: ['match', 'conflict'],
  regex_headers: ['match', 'suspect'],
  query_parameters: ['match'],
  regex_query_parameters: ['match', 'suspect'],
  precedence: ['match'],

  service: ['target'],
  resolver: ['target'],
  shadow: ['target', 'conflict'],
  host_redirect: ['target'],
  path_redirect: ['target', 'conflict'],
  prefix_redirect: ['target', 'conflict'],
  regex_redirect: ['target', 'suspect', 'conflict'],
  redirect_response_code: ['target', 'conflict'],

  tls: ['target', 'cluster', 'conflict'],
  dns_type: ['cluster', 'conflict'],
  respect_dns_ttl: ['cluster'],
  enable_ipv4: ['cluster', 'conflict'],
  enable_ipv6: ['cluster'],
  connect_timeout_ms: ['cluster'],
  cluster_idle_timeout_ms: ['cluster'],
  cluster_max_connection_lifetime_ms: ['cluster'],
  keepalive: ['cluster'],
  circuit_breakers: ['cluster'],
  load_balancer: ['cluster', 'setting', 'conflict'],
  health_checks: ['cluster', 'suspect'],
  grpc: ['cluster'],
  cluster_tag: ['cluster'],
  stats_name: ['cluster'],
  host_rewrite: ['cluster', 'setting'],

  case_sensitive: ['setting'],
  rewrite: ['setting', 'conflict'],
  regex_rewrite: ['setting', 'suspect', 'conflict'],
  auto_host_rewrite: ['setting', 'conflict'],
  timeout_ms: ['setting'],
  idle_timeout_ms: ['setting'],
  priority: ['setting', 'conflict'],
  retry_policy: ['setting', 'conflict'],
  cors: ['setting'],
  allow_upgrade: ['setting'],
  use_websocket: ['setting'],
  remove_request_headers: ['setting'],
  remove_response_headers: ['setting'],

  weight: ['member'],
  add_request_headers: ['member', 'suspect', 'conflict'],
  add_response_headers: ['member', 'suspect', 'conflict'],
  add_linkerd_headers: ['member'],
  error_response_overrides: ['member', 'suspect'],
  bypass_error_response_overrides: ['member'],

  bypass_auth: ['setting', 'auth', 'conflict'],
  auth_context_extensions: ['setting', 'auth'],

  labels: ['guard', 'limit'],

  outlier_detection: ['inert'],
  envoy_override: ['inert'],
  modules: ['inert'],
  docs: ['inert'],

  v2BoolHeaders: ['nothing'],
  v2BoolQueryParameters: ['nothing'],
  v2ExplicitTLS: ['nothing'],
} as const satisfies Readonly<Record<keyof Spec, readonly [Bearing, ...Bearing[]]>>;

/** The fields that bear on something. */
export type FieldOn<B extends Bearing> = {
  [F in keyof typeof bearings]: B extends (typeof bearings)[F][number] ? F : never;
}[keyof typeof bearings];

/** The part of a Mapping that bears on something: whoever reads more than that does not compile. */
export type SpecOn<B extends Bearing> = B extends Bearing ? Pick<Spec, FieldOn<B>> : never;

/** The fields that bear on something, in the order of the table. */
export const fieldsOn = <B extends Bearing>(bearing: B): readonly FieldOn<B>[] =>
  Object.entries<readonly Bearing[]>(bearings)
    .filter(([, all]) => all.includes(bearing))
    .map(([field]) => field as FieldOn<B>);
