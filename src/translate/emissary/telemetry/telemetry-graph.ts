import type { Tables } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Ports, Upstreams } from '../../contribution/contribution.ts';
import type { KindOutcomes } from '../../contribution/outcome.ts';
import type { Troubles } from '../../contribution/troubles.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { inForce } from '../outcomes.ts';
import { clustersOfLogs, logGraph, outcomesOfLogs, type LogGraph } from './log-graph.ts';
import { observedPorts, type ObservedPorts, type Observers } from './observed-ports.ts';
import { clustersOfTraces, traceGraph, type TraceGraph } from './trace-graph.ts';

/** What LogServices and a TracingService are told of requests. */
export interface TelemetryGraph {
  readonly logs: LogGraph;
  readonly traces: TraceGraph;
  readonly observed: ObservedPorts;
}

/** Has the requests at all ports of Listeners told of. */
export const telemetryGraph = (options: TranslateOptions) => {
  const logsOf = logGraph(options);
  const tracesOf = traceGraph(options);
  return function* (
    previous: TelemetryGraph | undefined,
    store: SyncedStore,
    tables: Tables<UpstreamTables>,
    ports: Ports,
  ): Work<TelemetryGraph> {
    const logs = yield* logsOf(previous?.logs, store, tables);
    const traces = yield* tracesOf(previous?.traces, store, tables);
    const observers = observersOf(logs, traces);
    const observed = yield* observedPorts(previous?.observed, ports, observers);
    return { logs, traces, observed };
  };
};

/** Absent: nobody is told of requests. */
const observersOf = (
  { services: logServices }: LogGraph,
  { tracing }: TraceGraph,
): Observers | undefined =>
  logServices === undefined && tracing === undefined
    ? undefined
    : definedOnly<Observers>({ logServices, tracing });

/** The clusters of what is told. */
export const clustersOfTelemetry = ({ logs, traces }: TelemetryGraph): readonly Upstreams[] => [
  clustersOfLogs(logs),
  clustersOfTraces(traces),
];

/** What became of LogServices and TracingServices. */
export const outcomesOfTelemetry = ({ logs, traces }: TelemetryGraph): readonly KindOutcomes[] => [
  outcomesOfLogs(logs),
  inForce('TracingService', traces.inForce.output),
];

/** What their owners are told. */
export const troublesOfTelemetry = ({ logs, traces }: TelemetryGraph): readonly Troubles[] => [
  logs.compiled.output,
  traces.compiled.output,
  traces.settled.output,
];
