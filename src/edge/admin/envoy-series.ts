/** A series of Envoy that `/metrics` shows, unless all are asked for. */
interface EnvoySeries {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help: string;
}

type Meaning = readonly [type: EnvoySeries['type'], help: string];

/** Statistics whose names begin alike. */
interface Group {
  /** How the name of each begins in Envoy, as a regular expression; the address of a listener is hexadecimal. */
  readonly begins: string;
  /** The same in the name of the series. */
  readonly prefix: string;
  readonly labels: readonly string[];
  /** By the rest of the name; `xx` stands for the classes of statuses, which are a label. */
  readonly series: Readonly<Record<string, Meaning>>;
}

/** Any word but these: connections to Envoy itself are not what its users ask for. */
const anyBut = (words: readonly string[]): string => {
  const heads = [...new Set(words.map(([head]) => head).filter((head) => head !== undefined))];
  return `(?:${[
    `[^.${heads.join('')}][^.]*`,
    ...heads.map((head) => `${head}${anyBut(tails(words, head))}`),
    ...(words.includes('') ? [] : ['']),
  ].join('|')})`;
};

const tails = (words: readonly string[], head: string): readonly string[] =>
  words.filter((word) => word.startsWith(head)).map((word) => word.slice(1));

const ownManagers: readonly string[] = ['admin', 'headgate-ready', 'async-client'];

const classes: Meaning = ['counter', 'Answers to clients, by the class of their status.'];

const groups: readonly Group[] = [
  {
    begins: String.raw`cluster\.[^.]+\.`,
    prefix: 'envoy_cluster_',
    labels: ['envoy_cluster_name'],
    series: {
      upstream_rq_total: ['counter', 'Requests sent to the cluster.'],
      upstream_rq_xx: ['counter', 'Answers of the cluster, by the class of their status.'],
      upstream_rq_time: ['histogram', 'Milliseconds from a request to the end of its answer.'],
      upstream_rq_active: ['gauge', 'Requests that are under way.'],
      upstream_rq_pending_active: ['gauge', 'Requests that wait for a connection.'],
      upstream_rq_pending_overflow: ['counter', 'Requests refused because too many waited.'],
      upstream_rq_timeout: ['counter', 'Requests that were not answered in time.'],
      upstream_rq_per_try_timeout: ['counter', 'Attempts that were not answered in time.'],
      upstream_rq_retry: ['counter', 'Requests that were sent again.'],
      upstream_rq_retry_success: ['counter', 'Requests that were sent again and then succeeded.'],
      upstream_rq_retry_overflow: ['counter', 'Requests not sent again: too many were already.'],
      upstream_rq_rx_reset: ['counter', 'Requests that the cluster broke off.'],
      upstream_rq_tx_reset: ['counter', 'Requests that Envoy broke off.'],
      upstream_cx_total: ['counter', 'Connections to the cluster.'],
      upstream_cx_active: ['gauge', 'Connections that are open.'],
      upstream_cx_connect_fail: ['counter', 'Connections that could not be made.'],
      upstream_cx_connect_timeout: ['counter', 'Connections that were not made in time.'],
      upstream_cx_overflow: ['counter', 'Times that no more connections were allowed.'],
      upstream_cx_none_healthy: ['counter', 'Times that there was no endpoint to connect to.'],
      upstream_cx_rx_bytes_total: ['counter', 'Bytes received.'],
      upstream_cx_tx_bytes_total: ['counter', 'Bytes sent.'],
      'outlier_detection.ejections_active': ['gauge', 'Endpoints set aside because they failed.'],
      'health_check.healthy': ['gauge', 'Endpoints that passed their last health checks.'],
      'ssl.connection_error': ['counter', 'TLS connections that failed.'],
      'ssl.fail_verify_error': ['counter', 'Certificates of endpoints that are not trusted.'],
      'ssl.fail_verify_san': ['counter', 'Certificates of endpoints that have another name.'],
    },
  },
  {
    begins: String.raw`cluster\.[^.]+\.health_check\.[^.]+\.`,
    prefix: 'envoy_cluster_health_check_',
    labels: ['envoy_cluster_name', 'envoy_health_check_name'],
    series: {
      failure: ['counter', 'Health checks that failed.'],
    },
  },
  {
    begins: String.raw`http\.${anyBut(ownManagers)}\.`,
    prefix: 'envoy_http_',
    labels: ['envoy_http_conn_manager_prefix'],
    series: {
      downstream_rq_total: ['counter', 'Requests of clients.'],
      downstream_rq_xx: classes,
      downstream_rq_time: ['histogram', 'Milliseconds from a request to the end of its answer.'],
      downstream_rq_active: ['gauge', 'Requests that are under way.'],
      downstream_rq_timeout: ['counter', 'Requests that did not come to an end in time.'],
      downstream_rq_rx_reset: ['counter', 'Requests that clients broke off.'],
      downstream_rq_tx_reset: ['counter', 'Requests that Envoy broke off.'],
      downstream_rq_overload_close: ['counter', 'Requests refused because Envoy is overloaded.'],
      downstream_cx_total: ['counter', 'Connections of clients.'],
      downstream_cx_active: ['gauge', 'Connections that are open.'],
      downstream_cx_protocol_error: ['counter', 'Connections that did not speak HTTP correctly.'],
      downstream_cx_upgrades_active: ['gauge', 'Connections that are upgraded, as to WebSocket.'],
      downstream_cx_rx_bytes_total: ['counter', 'Bytes received.'],
      downstream_cx_tx_bytes_total: ['counter', 'Bytes sent.'],
      no_route: ['counter', 'Requests that no route took (404).'],
      no_cluster: ['counter', 'Requests whose route has no cluster now (503 or 500).'],
    },
  },
  {
    begins: String.raw`listener\.[^g-z]+\.`,
    prefix: 'envoy_listener_',
    labels: ['envoy_listener_address'],
    series: {
      downstream_cx_total: ['counter', 'Connections of clients.'],
      downstream_cx_active: ['gauge', 'Connections that are open.'],
      downstream_global_cx_overflow: [
        'counter',
        'Connections closed: Envoy has as many as it may.',
      ],
      downstream_cx_overload_reject: ['counter', 'Connections closed: Envoy is overloaded.'],
      downstream_cx_transport_socket_connect_timeout: ['counter', 'Handshakes that took too long.'],
      no_filter_chain_match: ['counter', 'Connections closed: nothing is served by that name.'],
      'ssl.handshake': ['counter', 'TLS handshakes that succeeded.'],
      'ssl.connection_error': ['counter', 'TLS connections that failed.'],
      'ssl.fail_verify_no_cert': ['counter', 'Clients without a certificate, where one is wanted.'],
      'ssl.fail_verify_error': ['counter', 'Clients whose certificate is not trusted.'],
    },
  },
  {
    begins: String.raw`listener\.[^g-z]+\.http\.[^.]+\.`,
    prefix: 'envoy_listener_http_',
    labels: ['envoy_listener_address', 'envoy_http_conn_manager_prefix'],
    series: { downstream_rq_xx: classes },
  },
  {
    begins: String.raw`tcp\.[^.]+\.`,
    prefix: 'envoy_tcp_',
    labels: ['envoy_tcp_prefix'],
    series: {
      downstream_cx_total: ['counter', 'Connections that are passed on.'],
      downstream_cx_no_route: ['counter', 'Connections closed: there is no cluster for them.'],
    },
  },
  {
    begins: String.raw`vhost\.[^ ]+\.route\.\w+ .+\.`,
    prefix: 'envoy_vhost_route_',
    labels: ['envoy_virtual_host', 'envoy_route'],
    series: {
      upstream_rq_total: [
        'counter',
        'With --route-stats: requests of the route that were sent on.',
      ],
      upstream_rq_xx: ['counter', 'With --route-stats: answers, by the class of their status.'],
      upstream_rq_time: ['histogram', 'With --route-stats: milliseconds that answers took.'],
      upstream_rq_timeout: [
        'counter',
        'With --route-stats: requests that were not answered in time.',
      ],
    },
  },
  {
    begins: '',
    prefix: 'envoy_',
    labels: [],
    series: {
      'server.live': ['gauge', '1 while Envoy takes requests and is not drained.'],
      'server.uptime': ['gauge', 'Seconds since Envoy started.'],
      'server.memory_allocated': ['gauge', 'Bytes of memory that are in use.'],
      'server.memory_physical_size': ['gauge', 'Bytes of memory that Envoy has of the system.'],
      'server.total_connections': ['gauge', 'Connections of clients that are open.'],
      'workers.watchdog_miss': ['counter', 'Times that a worker thread was stuck.'],
      'server.main_thread.watchdog_miss': ['counter', 'Times that the main thread was stuck.'],
      'control_plane.connected_state': ['gauge', '1 while Envoy is connected to Headgate.'],
      'listener_manager.total_listeners_active': ['gauge', 'Listeners that serve.'],
      'listener_manager.total_listeners_warming': ['gauge', 'Listeners that wait for something.'],
      'listener_manager.total_listeners_draining': [
        'gauge',
        'Listeners that are on their way out.',
      ],
      'listener_manager.listener_create_failure': ['counter', 'Listeners that were not opened.'],
      'cluster_manager.active_clusters': ['gauge', 'Clusters that are ready.'],
      'cluster_manager.warming_clusters': ['gauge', 'Clusters that wait for something.'],
      'overload.envoy.overload_actions.stop_accepting_requests.active': [
        'gauge',
        '1 while Envoy refuses requests because its memory is nearly full.',
      ],
    },
  },
];

/** Every series that `/metrics` shows of Envoy. */
export const envoySeries: readonly EnvoySeries[] = groups.flatMap(({ prefix, labels, series }) =>
  Object.entries(series).map(([stat, [type, help]]) => ({
    name: `${prefix}${stat.replaceAll('.', '_')}`,
    type,
    labels: stat.endsWith('_xx') ? ['envoy_response_code_class', ...labels] : labels,
    help,
  })),
);

const statOf = (stat: string): string =>
  stat.replace(/_xx$/, String.raw`_\dxx`).replaceAll(/\.(?=[a-z])/g, String.raw`\.`);

/** The names of their statistics in Envoy, as a regular expression (RE2). */
export const envoyFilter = `^(?:${groups
  .map(({ begins, series }) => `${begins}(?:${Object.keys(series).map(statOf).join('|')})`)
  .join('|')})$`;
