import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

import { kinds, type Kind } from '../../kube/kind.ts';
import type { Problem } from '../../problem/problem.ts';
import { severityOf } from '../../problem/severity.ts';
import { backendReasons, type BackendFault } from '../../status/backends/backend-fault.ts';
import { TypeUrl } from '../../xds/type-url.ts';
import { metricTable, type EventType, type MetricDefinition } from './metric-table.ts';
import { standingGauges, type Standing } from './standing.ts';

/** Records what happens, and shows it to Prometheus. */
export interface Metrics {
  readonly contentType: string;
  readonly render: () => Promise<string>;
  /** An event of this kind (`Mapping`) and type (`Applied`). */
  readonly event: (kind: Kind | '', type: EventType) => void;
  readonly batch: (events: number) => void;
  readonly translated: (seconds: number) => void;
  readonly snapshot: (resources: Readonly<Record<TypeUrl, { readonly size: number }>>) => void;
  /** All problems there are now. */
  readonly problems: (problems: Iterable<Problem>) => void;
  readonly pushed: (type: TypeUrl, bytes: number, resources: number) => void;
  readonly acked: (type: TypeUrl) => void;
  readonly nacked: (type: TypeUrl, node: string) => void;
  readonly streams: (open: number) => void;
  readonly streamFailed: () => void;
  /** How long an event has taken so far. */
  readonly propagated: (until: 'written' | 'acked', seconds: number) => void;
  readonly envoyRestarted: () => void;
  readonly envoyUp: (up: boolean) => void;
  readonly statusWritten: (result: 'Done' | 'Failed') => void;
  readonly statusPending: (objects: number) => void;
  readonly leads: (leads: boolean) => void;
  /** What is said of all back ends that are unavailable now. */
  readonly backendsUnavailable: (faults: readonly BackendFault[]) => void;
  /** When a certificate for remote Envoys expires, in milliseconds since the epoch. */
  readonly certificateExpires: (certificate: 'server' | 'ca', at: number) => void;
  /** Whether changes of a kind can be read. */
  readonly sourceConnected: (kind: string, connected: boolean) => void;
  /** Of how many services Consul has told the instances, and about how many it does not answer as it should. */
  readonly consulServices: (services: Readonly<Record<'answered' | 'failing', number>>) => void;
  /** From now on this is asked at each scrape. */
  readonly standing: (read: () => Promise<Standing>) => void;
  /** A client of the port for remote Envoys was turned away. */
  readonly turnedAway: () => void;
}

interface MetricsOptions {
  /** Memory, event loop and collector pauses too. */
  readonly ofProcess: boolean;
  readonly version?: string;
  /** What the Envoy beside this control plane is called. */
  readonly ownNode?: string;
}

/** Metrics of their own registry. */
export const metrics = ({ ofProcess, version = '', ownNode }: MetricsOptions): Metrics => {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const counter = (definition: MetricDefinition) =>
    new Counter(configuration(definition, registry));
  const gauge = (definition: MetricDefinition) => new Gauge(configuration(definition, registry));
  const histogram = (definition: MetricDefinition) =>
    new Histogram({
      ...configuration(definition, registry),
      buckets: [...(definition.buckets ?? [])],
    });

  const events = counter(metricTable.events);
  const batchSize = histogram(metricTable.batchSize);
  const translation = histogram(metricTable.translation);
  const snapshotResources = gauge(metricTable.snapshotResources);
  const problems = gauge(metricTable.problems);
  const pushes = counter(metricTable.pushes);
  const pushedBytes = counter(metricTable.pushedBytes);
  const pushedResources = counter(metricTable.pushedResources);
  const acks = counter(metricTable.acks);
  const nacks = counter(metricTable.nacks);
  const streams = gauge(metricTable.streams);
  const failedStreams = counter(metricTable.failedStreams);
  const propagation = histogram(metricTable.propagation);
  const envoyRestarts = counter(metricTable.envoyRestarts);
  const envoyUp = gauge(metricTable.envoyUp);
  const statusWrites = counter(metricTable.statusWrites);
  const statusPending = gauge(metricTable.statusPending);
  const leader = gauge(metricTable.leader);
  const unavailable = gauge(metricTable.backendsUnavailable);
  for (const reason of backendReasons) unavailable.set({ reason }, 0);
  const certificateExpiry = gauge(metricTable.certificateExpiry);
  const turnedAway = counter(metricTable.turnedAway);
  const sourceConnected = gauge(metricTable.sourceConnected);
  const consulServices = gauge(metricTable.consulServices);
  for (const state of ['answered', 'failing']) consulServices.set({ state }, 0);
  gauge(metricTable.buildInfo).set({ version }, 1);
  const showStanding = standingGauges(registry);
  let readStanding: (() => Promise<Standing>) | undefined;
  const nackLabel = boundedLabel(50);

  // A counter that appears at 1 has not risen, as far as Prometheus can tell.
  for (const kind of kinds)
    for (const type of ['Listed', 'Applied', 'Deleted'] as const) events.inc({ kind, type }, 0);
  for (const type of withoutKind) events.inc({ kind: '', type }, 0);
  for (const type of names.values()) {
    for (const each of [pushes, pushedBytes, pushedResources, acks]) each.inc({ type }, 0);
    if (ownNode !== undefined) nacks.inc({ type, node: nackLabel(ownNode) }, 0);
  }
  for (const until of ['written', 'acked']) propagation.zero({ until });
  for (const result of ['Done', 'Failed']) statusWrites.inc({ result }, 0);

  return {
    contentType: registry.contentType,
    render: async () => {
      if (readStanding !== undefined) showStanding(await readStanding());
      return await registry.metrics();
    },
    event: (kind, type) => events.inc({ kind, type }),
    batch: (size) => batchSize.observe(size),
    translated: (seconds) => translation.observe(seconds),
    snapshot: (resources) => {
      for (const [type, url] of Object.entries(TypeUrl))
        snapshotResources.set({ type }, resources[url].size);
    },
    problems: (current) => {
      problems.reset();
      for (const problem of current)
        problems.inc({ severity: severityOf(problem), problem: problem._tag });
    },
    pushed: (url, bytes, resources) => {
      pushes.inc({ type: typeName(url) });
      pushedBytes.inc({ type: typeName(url) }, bytes);
      pushedResources.inc({ type: typeName(url) }, resources);
    },
    acked: (url) => acks.inc({ type: typeName(url) }),
    nacked: (url, node) => nacks.inc({ type: typeName(url), node: nackLabel(node) }),
    streams: (open) => streams.set(open),
    streamFailed: () => failedStreams.inc(),
    propagated: (until, seconds) => propagation.observe({ until }, seconds),
    envoyRestarted: () => envoyRestarts.inc(),
    envoyUp: (up) => envoyUp.set(up ? 1 : 0),
    statusWritten: (result) => statusWrites.inc({ result }),
    statusPending: (objects) => statusPending.set(objects),
    leads: (leads) => leader.set(leads ? 1 : 0),
    backendsUnavailable: (faults) => {
      for (const reason of backendReasons)
        unavailable.set({ reason }, faults.filter((fault) => fault.reason === reason).length);
    },
    certificateExpires: (certificate, at) => certificateExpiry.set({ certificate }, at / 1000),
    sourceConnected: (kind, connected) => sourceConnected.set({ kind }, connected ? 1 : 0),
    consulServices: (services) => {
      for (const [state, count] of Object.entries(services)) consulServices.set({ state }, count);
    },
    standing: (read) => {
      readStanding = read;
    },
    turnedAway: () => turnedAway.inc(),
  };
};

/** What is said of no kind. */
const withoutKind = [
  'Reported',
  'ConsulAnswered',
  'ConsulForgotten',
  'Verdict',
  'Disconnected',
] as const;

/** Sums of other metrics of the process, as gauges; Prometheus takes `_total` for a counter. */
const misnamed = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`);

/** Clients choose what they are called, and each name is a series. */
const boundedLabel = (most: number): ((value: string) => string) => {
  const known = new Set<string>();
  return (value) => {
    if (known.size < most) known.add(value.slice(0, 64));
    return known.has(value.slice(0, 64)) ? value.slice(0, 64) : 'others';
  };
};

const configuration = ({ name, help, labels }: MetricDefinition, registry: Registry) => ({
  name,
  help,
  labelNames: [...labels],
  registers: [registry],
});

const names: ReadonlyMap<TypeUrl, string> = new Map(
  Object.entries(TypeUrl).map(([name, url]) => [url, name]),
);

const typeName = (url: TypeUrl): string => names.get(url) ?? url;
