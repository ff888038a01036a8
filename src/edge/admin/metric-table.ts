import type { PipelineEvent } from '../../journal/batch.ts';

/** What is known of a metric before anything is measured. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds, of a histogram. */
  readonly buckets?: readonly number[];
}

/** Every metric of Headgate's own; those of the process are the ones prom-client collects. */
export const metricTable = {
  events: {
    name: 'headgate_events_total',
    type: 'counter',
    help: 'Events handled: what the source says, and the Envoys.',
    labels: ['kind', 'type'],
  },
  batchSize: {
    name: 'headgate_batch_events',
    type: 'histogram',
    help: 'Events handled together, for each batch.',
    labels: [],
    buckets: [1, 2, 5, 10, 50, 100, 500, 1000, 5000, 10_000],
  },
  translation: {
    name: 'headgate_translation_seconds',
    type: 'histogram',
    help: 'Time to turn a batch into a snapshot.',
    labels: [],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  },
  snapshotResources: {
    name: 'headgate_snapshot_resources',
    type: 'gauge',
    help: 'Resources in the current snapshot.',
    labels: ['type'],
  },
  problems: {
    name: 'headgate_problems',
    type: 'gauge',
    help: 'Problems in the current configuration.',
    labels: ['severity', 'problem'],
  },
  pushes: {
    name: 'headgate_pushes_total',
    type: 'counter',
    help: 'Responses written to Envoys.',
    labels: ['type'],
  },
  pushedBytes: {
    name: 'headgate_pushed_bytes_total',
    type: 'counter',
    help: 'Bytes of these responses.',
    labels: ['type'],
  },
  pushedResources: {
    name: 'headgate_pushed_resources_total',
    type: 'counter',
    help: 'Resources in these responses, removals not counted.',
    labels: ['type'],
  },
  acks: {
    name: 'headgate_acks_total',
    type: 'counter',
    help: 'Responses that an Envoy accepted.',
    labels: ['type'],
  },
  nacks: {
    name: 'headgate_nacks_total',
    type: 'counter',
    help: 'Responses that an Envoy refused, for the first 50 nodes that did; `others` for more.',
    labels: ['type', 'node'],
  },
  streams: {
    name: 'headgate_streams',
    type: 'gauge',
    help: 'Open ADS streams.',
    labels: [],
  },
  failedStreams: {
    name: 'headgate_failed_streams_total',
    type: 'counter',
    help: 'ADS streams ended by an error of Headgate, or by bytes that are no request.',
    labels: [],
  },
  propagation: {
    name: 'headgate_propagation_seconds',
    type: 'histogram',
    help: 'Time from an event to its bytes written to an Envoy, and to its acknowledgement.',
    labels: ['until'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  publishedAt: {
    name: 'headgate_configuration_published_timestamp_seconds',
    type: 'gauge',
    help: 'When what Envoys should hold, or what is wrong with it, changed last, as Unix time.',
    labels: [],
  },
  appliedAt: {
    name: 'headgate_configuration_applied_timestamp_seconds',
    type: 'gauge',
    help: 'When an Envoy last answered all of a snapshot, as Unix time.',
    labels: ['envoy'],
  },
  envoysInSync: {
    name: 'headgate_envoys_in_sync',
    type: 'gauge',
    help: 'Connected Envoys that have answered all of the newest snapshot.',
    labels: ['envoy'],
  },
  envoyBehindSnapshots: {
    name: 'headgate_envoy_behind_snapshots',
    type: 'gauge',
    help: 'How many snapshots the connected Envoy that is furthest behind has not answered.',
    labels: ['envoy'],
  },
  envoyBehindSeconds: {
    name: 'headgate_envoy_behind_seconds',
    type: 'gauge',
    help: 'For how long the connected Envoy that is furthest behind has lacked something that was published.',
    labels: ['envoy'],
  },
  clustersWithoutEndpoints: {
    name: 'headgate_clusters_without_endpoints',
    type: 'gauge',
    help: 'Clusters of Services of which no endpoint is ready: their requests are answered 503.',
    labels: [],
  },
  certificates: {
    name: 'headgate_certificates',
    type: 'gauge',
    help: 'Certificates that are served, or shown to upstreams.',
    labels: [],
  },
  servedCertificateExpiry: {
    name: 'headgate_certificate_expiry_timestamp_seconds',
    type: 'gauge',
    help:
      'When a certificate expires, as Unix time, for each hostname that it is served for; of the 500 that ' +
      'expire first, in each namespace as many where there are more.',
    labels: ['hostname', 'secret'],
  },
  revocationsExpiry: {
    name: 'headgate_revocations_expiry_timestamp_seconds',
    type: 'gauge',
    help:
      'When the first list of revocations (CRL) in a Secret expires, as Unix time, if peers are verified with it; of ' +
      'the 500 that expire first, in each namespace as many where there are more.',
    labels: ['secret'],
  },
  sourceConnected: {
    name: 'headgate_source_connected',
    type: 'gauge',
    help: '1 while changes of this kind of objects can be read from the API server, else 0.',
    labels: ['kind'],
  },
  buildInfo: {
    name: 'headgate_build_info',
    type: 'gauge',
    help: 'Always 1; its labels say what is running.',
    labels: ['version'],
  },
  envoyRestarts: {
    name: 'headgate_envoy_restarts_total',
    type: 'counter',
    help: 'Restarts of the Envoy run by this process, after a crash.',
    labels: [],
  },
  envoyUp: {
    name: 'headgate_envoy_up',
    type: 'gauge',
    help: '1 while the Envoy run by this process is up, else 0.',
    labels: [],
  },
  envoyScrape: {
    name: 'headgate_envoy_scrape_success',
    type: 'gauge',
    help: '1 if the series of Envoy in this answer are complete, else 0; not there without an own Envoy.',
    labels: [],
  },
  envoyScrapeTime: {
    name: 'headgate_envoy_scrape_duration_seconds',
    type: 'gauge',
    help: 'How long these series took.',
    labels: [],
  },
  certificateExpiry: {
    name: 'headgate_ads_certificate_expiry_timestamp_seconds',
    type: 'gauge',
    help: 'When a certificate for remote Envoys expires, as Unix time: `server`, or the last `ca`.',
    labels: ['certificate'],
  },
  turnedAway: {
    name: 'headgate_ads_refused_connections_total',
    type: 'counter',
    help: 'Connections to the port for remote Envoys that ended before TLS was agreed on.',
    labels: [],
  },
  statusWrites: {
    name: 'headgate_status_writes_total',
    type: 'counter',
    help: 'Attempts to write the status of an object, by what came of them: Done or Failed.',
    labels: ['result'],
  },
  statusPending: {
    name: 'headgate_status_pending',
    type: 'gauge',
    help: 'Objects whose status waits to be compared and maybe written, while this process leads.',
    labels: [],
  },
  leader: {
    name: 'headgate_leader',
    type: 'gauge',
    help: '1 while this process writes the status of objects, else 0.',
    labels: [],
  },
  backendsUnavailable: {
    name: 'headgate_backends_unavailable',
    type: 'gauge',
    help: 'Clusters that are said to be unavailable, as the Envoy beside the control plane sees them: in status, where it is 0 but on the leader, or else in the log.',
    labels: ['reason'],
  },
  consulServices: {
    name: 'headgate_consul_services',
    type: 'gauge',
    help: 'Services that ConsulResolvers are asked for: answered, of which the instances are known; failing, about which Consul does not answer as it should.',
    labels: ['state'],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

/** What a source or an Envoy can say: the label `type` of `headgate_events_total`. */
export const eventTypes = {
  Listed: 'all objects of a kind were read',
  Applied: 'an object was created or changed',
  Deleted: 'an object is gone',
  Reported: 'what is wrong with a source itself, such as a file, without a kind',
  ConsulAnswered: 'Consul has told the instances of a service, without a kind',
  ConsulForgotten: 'nobody asks Consul for a service any more, without a kind',
  Verdict: 'an Envoy has answered everything of a snapshot, without a kind',
  Disconnected: 'an Envoy is gone, without a kind',
} as const satisfies Readonly<Record<PipelineEvent['_tag'], string>>;

/** One of `eventTypes`. */
export type EventType = keyof typeof eventTypes;
