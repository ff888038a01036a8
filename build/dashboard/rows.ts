/** A panel of the dashboard: a title, what its axis counts, and queries with the names of their lines. */
export interface Panel {
  readonly title: string;
  readonly says: string;
  readonly unit: Unit;
  readonly shows: 'timeseries' | 'stat' | 'table';
  readonly queries: Readonly<Record<string, string>>;
}

/** Units by their names in Grafana. */
type Unit = 'short' | 'reqps' | 'ops' | 'percentunit' | 's' | 'ms' | 'bytes';

/** Panels under one title. */
export interface Row {
  readonly title: string;
  /** How many panels stand beside each other; Grafana counts 24 columns. */
  readonly columns: 3 | 4 | 6;
  readonly height: number;
  readonly panels: readonly Panel[];
}

const lines = (title: string, unit: Unit, says: string, queries: Panel['queries']): Panel => ({
  title,
  says,
  unit,
  shows: 'timeseries',
  queries,
});

const figure = (title: string, unit: Unit, says: string, query: string): Panel => ({
  ...{ title, says, unit, shows: 'stat', queries: { '': query } },
});

/** The series of the Pods that are chosen at the top of the dashboard. */
const of = 'namespace=~"$namespace",job=~"$job",pod=~"$pod"';

const rate = (series: string, matcher = ''): string =>
  `rate(${series}{${matcher}${of}}[$__rate_interval])`;

const quantile = (q: number, by: string, series: string): string =>
  `histogram_quantile(${q}, sum by (${by}) (${rate(`${series}_bucket`)}))`;

const ofCluster = (query: string): string => `topk(10, sum by (envoy_cluster_name) (${query}))`;

const cluster = '{{envoy_cluster_name}}';

const failed = 'envoy_response_code_class="5",';

/** What the dashboard shows, from top to bottom. */
export const rows: readonly Row[] = [
  {
    title: 'How it stands',
    columns: 6,
    height: 4,
    panels: [
      figure(
        'Requests',
        'reqps',
        'Of clients, over all Pods.',
        `sum(${rate('envoy_http_downstream_rq_total')})`,
      ),
      figure(
        'Answered 5xx',
        'percentunit',
        'The share of all answers to clients.',
        `sum(${rate('envoy_http_downstream_rq_xx', failed)}) / sum(${rate('envoy_http_downstream_rq_xx')})`,
      ),
      figure(
        'Pods that answer',
        'short',
        'Control planes that could be scraped.',
        `sum(up{${of}})`,
      ),
      figure(
        'Behind',
        's',
        'For how long the Envoy that is furthest behind has lacked a change.',
        `max(headgate_envoy_behind_seconds{${of}})`,
      ),
      figure(
        'Problems that open or break',
        'short',
        'Objects that are not in force as written, or let through what they should not.',
        `max(sum by (pod) (headgate_problems{severity=~"opens|breaks",${of}})) or vector(0)`,
      ),
      figure(
        'First certificate to expire',
        's',
        'The time that is left.',
        `min(headgate_certificate_expiry_timestamp_seconds{${of}}) - time()`,
      ),
    ],
  },
  {
    title: 'Requests',
    columns: 4,
    height: 8,
    panels: [
      lines('Answers by class', 'reqps', 'To clients.', {
        '{{envoy_response_code_class}}xx': `sum by (envoy_response_code_class) (${rate('envoy_http_downstream_rq_xx')})`,
      }),
      lines(
        'Time of requests',
        'ms',
        'From the first byte of a request to the last one of its answer.',
        {
          p50: quantile(0.5, 'le', 'envoy_http_downstream_rq_time'),
          p95: quantile(0.95, 'le', 'envoy_http_downstream_rq_time'),
          p99: quantile(0.99, 'le', 'envoy_http_downstream_rq_time'),
        },
      ),
      lines('Under way', 'short', 'Requests and connections of clients.', {
        requests: `sum(envoy_http_downstream_rq_active{${of}})`,
        connections: `sum(envoy_http_downstream_cx_active{${of}})`,
      }),
      lines(
        'Not routed',
        'reqps',
        'Requests that no route took; connections whose server name nothing serves.',
        {
          'no route': `sum(${rate('envoy_http_no_route')})`,
          'no server name': `sum(${rate('envoy_listener_no_filter_chain_match')})`,
        },
      ),
    ],
  },
  {
    title: 'Back ends',
    columns: 4,
    height: 8,
    panels: [
      lines('Requests by cluster', 'reqps', 'The ten that get most.', {
        [cluster]: ofCluster(rate('envoy_cluster_upstream_rq_total')),
      }),
      lines('5xx by cluster', 'reqps', 'The ten that answer most of them.', {
        [cluster]: ofCluster(rate('envoy_cluster_upstream_rq_xx', failed)),
      }),
      lines('Time by cluster, p95', 'ms', 'The ten that are slowest.', {
        [cluster]: `topk(10, ${quantile(0.95, 'le, envoy_cluster_name', 'envoy_cluster_upstream_rq_time')})`,
      }),
      lines('Connections that fail, by cluster', 'ops', 'The ten of which most fail.', {
        [cluster]: ofCluster(rate('envoy_cluster_upstream_cx_connect_fail')),
      }),
    ],
  },
  {
    title: 'Configuration',
    columns: 3,
    height: 8,
    panels: [
      lines(
        'From a change to Envoy',
        's',
        'Until its bytes are written, and until Envoy has accepted them.',
        {
          'p50 {{until}}': quantile(0.5, 'le, until', 'headgate_propagation_seconds'),
          'p99 {{until}}': quantile(0.99, 'le, until', 'headgate_propagation_seconds'),
        },
      ),
      lines('Behind', 's', 'For how long an Envoy has lacked something that was published.', {
        '{{pod}} {{envoy}}': `max by (pod, envoy) (headgate_envoy_behind_seconds{${of}})`,
      }),
      lines('Responses to Envoys', 'ops', 'Accepted and refused.', {
        'accepted {{type}}': `sum by (type) (${rate('headgate_acks_total')})`,
        'refused {{type}}': `sum by (type) (${rate('headgate_nacks_total')})`,
      }),
      lines('Problems', 'short', 'headgate debug problems names the objects.', {
        'clusters without endpoints': `max(headgate_clusters_without_endpoints{${of}})`,
        '{{severity}}: {{problem}}': `max by (severity, problem) (headgate_problems{${of}})`,
      }),
      lines('Kinds that are read', 'short', '1 while changes of a kind reach every Pod.', {
        '{{kind}}': `min by (kind) (headgate_source_connected{${of}})`,
      }),
      {
        ...{ title: 'Certificates', unit: 's', shows: 'table' },
        says: 'The time that is left, the first to expire at the top.',
        queries: {
          '': `sort(min by (hostname, secret) (headgate_certificate_expiry_timestamp_seconds{${of}}) - time())`,
        },
      },
    ],
  },
  {
    title: 'Processes',
    columns: 4,
    height: 8,
    panels: [
      lines('Memory', 'bytes', 'Of the control plane, and of Envoy.', {
        '{{pod}}': `process_resident_memory_bytes{${of}}`,
        '{{pod}} Envoy': `envoy_server_memory_physical_size{${of}}`,
      }),
      lines('Processor', 'short', 'Cores that the control plane uses.', {
        '{{pod}}': rate('process_cpu_seconds_total'),
      }),
      lines('Event loop lag, p99', 's', 'How long the control plane lets others wait.', {
        '{{pod}}': `nodejs_eventloop_lag_p99_seconds{${of}}`,
      }),
      lines('Starts within an hour', 'short', 'Of the control plane, and of Envoy after a crash.', {
        '{{pod}}': `changes(process_start_time_seconds{${of}}[1h])`,
        '{{pod}} Envoy': `increase(headgate_envoy_restarts_total{${of}}[1h])`,
      }),
    ],
  },
];
