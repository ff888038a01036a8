import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { Collector, TraceTag, Tracing } from '../../../ir/access-log/tracing.ts';
import type { TracingService } from '../../../kube/emissary/tracing-service.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { parseServiceAddress } from '../upstream/service-address.ts';
import { serviceUpstream } from '../upstream/service-upstream.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { tracingFaults } from './tracing-faults.ts';

/** A TracingService compiled; without a tracing where nothing can be sent to it. */
export interface CompiledTracing extends Claimant {
  readonly tracing?: Tracing;
  readonly cluster?: Cluster;
  readonly problems: readonly Problem[];
}

type Spec = TracingService['spec'];

/** Compiles TracingServices. A tag that cannot be used is left out; the rest is in force. */
export const compileTracing = (options: TranslateOptions) => {
  const upstream = serviceUpstream(options);
  return (
    { metadata, spec }: TracingService,
    key: ObjectKey,
    read: Read<UpstreamTables>,
  ): CompiledTracing => {
    const ref = objectRef('TracingService', key);
    const { service, stats_name } = spec;
    const sent = definedOnly({
      ...{ service, stats_name, circuit_breakers },
      grpc: speaksGrpc(spec),
    });
    const found = upstream({ ref, field: 'spec.service', spec: sent }, read);
    const collector = found.cluster && collectorOf(spec, found.cluster);
    return definedOnly<CompiledTracing>({
      ref,
      created: metadata.creationTimestamp,
      tracing: collector && tracingOf(ref, spec, collector),
      cluster: collector && found.cluster,
      problems: [...tracingFaults(ref, spec), ...found.problems],
    });
  };
};

/**
 * So many batches of spans can be under way. Envoy keeps each until it is answered or given up after 5 s, so a
 * collector that does not read would cost it any amount of memory (measured on 1.40.0, decision 69).
 */
const circuit_breakers = [
  { max_connections: 128, max_pending_requests: 128, max_requests: 128 },
] as const;

/** OTLP is gRPC, unless a path says that it is HTTP; the other protocols are HTTP. */
const speaksGrpc = ({ driver, config }: Spec): boolean =>
  driver === 'opentelemetry' && config?.collector_endpoint === undefined;

const tracingOf = (
  ref: ObjectRef,
  { sampling = {}, custom_tags = [] }: Spec,
  collector: Collector,
): Tracing =>
  definedOnly<Tracing>({
    collector,
    clientSampling: sampling.client,
    randomSampling: sampling.random,
    overallSampling: sampling.overall,
    tags: custom_tags.flatMap(tagOf),
    from: [ref],
  });

const collectorOf = (
  { driver, service, config = {} }: Spec,
  { name: cluster }: Cluster,
): Collector | undefined => {
  const { collector_endpoint: path, collector_hostname: hostname } = config;
  const serviceName = config.service_name ?? 'ambassador';
  switch (driver) {
    case 'zipkin':
      return definedOnly<Collector & { readonly _tag: 'Zipkin' }>({
        _tag: 'Zipkin',
        cluster,
        path: path ?? '/api/v2/spans',
        format: config.collector_endpoint_version === 'HTTP_PROTO' ? 'protobuf' : 'json',
        hostname,
        longTraceIds: config.trace_id_128bit ?? true,
        sharedSpans: config.shared_span_context,
        traceContext: config.propagation_modes?.includes('TRACE_CONTEXT') === true || undefined,
      });
    case 'datadog':
      return definedOnly<Collector & { readonly _tag: 'Datadog' }>({
        _tag: 'Datadog',
        cluster,
        serviceName,
        hostname,
      });
    case 'opentelemetry': {
      const host = hostname ?? parseServiceAddress(service)?.host ?? cluster;
      return {
        _tag: 'OpenTelemetry',
        cluster,
        serviceName,
        ...(path !== undefined && { http: { host, path } }),
      };
    }
    case 'lightstep':
      return undefined;
  }
};

/** Absent: it has no value, or several. */
const tagOf = (written: NonNullable<Spec['custom_tags']>[number]): readonly TraceTag[] => {
  const { tag, literal, environment, request_header: header } = written;
  const found: TraceTag[] = [];
  if (literal !== undefined && literal.value !== '')
    found.push({ tag, _tag: 'Literal', value: literal.value });
  if (environment !== undefined && environment.name !== '')
    found.push({ tag, _tag: 'Environment', ...named(environment) });
  if (header !== undefined) found.push({ tag, _tag: 'RequestHeader', ...named(header) });
  return found.length === 1 && tag !== '' ? found : [];
};

const named = ({ name, default_value: defaultValue }: { name: string; default_value?: string }) =>
  definedOnly({ name, defaultValue });
