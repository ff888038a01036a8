import type { Bootstrap } from '../../../proto/envoy.ts';

/** Which statistics an Envoy can keep: those that are worth their price, or all. */
export const keptStats = ['useful', 'all'] as const;

/** One of `keptStats`. */
export type KeptStats = (typeof keptStats)[number];

/** What an Envoy counts. */
export interface StatsOptions {
  /** Absent: the useful ones. */
  readonly stats?: KeptStats | undefined;
  /** Whether routes are counted, so that their names are labels; absent: they are not. */
  readonly routeStats?: boolean | undefined;
}

/**
 * The statistics of an Envoy.
 *
 * Envoy's main thread goes through all of them when somebody asks for some, and takes no configuration
 * meanwhile: 5.4 s for 10,000 clusters without traffic (measured on 1.40). So a cluster that gets no
 * requests has none. Those of its traffic are made when it gets the first one. Envoy would make the
 * others at once, and they tell little: how its configuration arrived, the state of balancers.
 */
export const statsOptions = ({
  stats = 'useful',
  routeStats,
}: StatsOptions): Required<Pick<Bootstrap, 'stats_config' | 'deferred_stat_options'>> => ({
  deferred_stat_options: { enable_deferred_creation_stats: true },
  stats_config: {
    ...(routeStats === true && { use_all_default_tags: { value: false } }),
    stats_tags: [
      { tag_name: 'envoy.extension_config', regex: extensionConfig },
      ...(routeStats === true ? routeTags : []),
    ],
    ...(stats === 'useful' && {
      stats_matcher: { exclusion_list: { patterns: [{ safe_regex: { regex: atRest } }] } },
    }),
  },
});

/**
 * What a cluster has that gets no requests, whatever its kind, and what a route has that tells less than
 * the number of its requests and their answers.
 */
const atRest =
  String.raw`vhost\..+\.upstream_rq_(?:retry|per_try_timeout|completed).*|` +
  String.raw`cluster\.[^.]+\.(?:assignment_|circuit_breakers\.|default\.total_match_count|init_fetch_timeout|lb_|` +
  String.raw`max_host_weight|membership_|update_|version|warming_state).*`;

/**
 * The name of a filter that comes over ECDS, which Envoy takes for a part of the name of the statistic.
 * Envoy cuts the first group out and takes the second for the value.
 */
const extensionConfig = String.raw`^extension_config_discovery\.(?:[a-z_]+\.)?((.+)\.)[a-z_]+$`;

/**
 * Envoy takes the first part of a domain for all of it, and the others for a part of the name of the
 * statistic. Its own tags can only be left out all together, so the others are named.
 */
const routeTags = [
  { tag_name: 'envoy.virtual_host', regex: String.raw`^vhost\.(([^ ]+)\.)route\.\w+ ` },
  { tag_name: 'envoy.route', regex: String.raw`^vhost\.[^ ]+\.route\.((\w+ .+)\.)[a-z0-9_]+$` },
  ...[
    'cluster_name',
    'connection_limit_prefix',
    'ext_authz_prefix',
    'fault_downstream_cluster',
    'google_grpc_client_prefix',
    'grpc_bridge_method',
    'grpc_bridge_service',
    'health_check_name',
    'http_conn_manager_prefix',
    'http_user_agent',
    'listener_address',
    'local_http_ratelimit_prefix',
    'proxy_protocol_prefix',
    'proxy_protocol_version',
    'ratelimit_prefix',
    'rbac_http_prefix',
    'rbac_policy_name',
    'rbac_prefix',
    'rds_route_config',
    'response_code',
    'response_code_class',
    'scoped_rds_config',
    'ssl_cipher',
    'tcp_prefix',
    'tls_certificate',
    'udp_prefix',
    'worker_id',
    'xds_resource_name',
  ].map((name) => ({ tag_name: `envoy.${name}` })),
];
