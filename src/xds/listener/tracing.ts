import {
  ZipkinConfigCollectorEndpointVersion,
  ZipkinConfigTraceContextOption,
  type CustomTag,
  type HttpConnectionManagerTracing,
  type TracingHttp,
} from '../../../proto/envoy.ts';
import type { Collector, TraceTag, Tracing } from '../../ir/access-log/tracing.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { grpcService } from '../message/grpc-service.ts';

/** Which requests are traced. Each has a span of the gateway, and one for each attempt at a backend. */
export const tracing = (source: Tracing): HttpConnectionManagerTracing => ({
  provider: provider(source.collector),
  ...sampling('client_sampling', source.clientSampling),
  ...sampling('random_sampling', source.randomSampling),
  ...sampling('overall_sampling', source.overallSampling),
  ...(source.tags.length > 0 && { custom_tags: source.tags.map(customTag) }),
  spawn_upstream_span: { value: true },
});

const sampling = (field: string, value: number | undefined) =>
  value === undefined ? {} : { [field]: { value } };

const provider = (collector: Collector): TracingHttp => {
  switch (collector._tag) {
    case 'Zipkin':
      return zipkin(collector);
    case 'Datadog':
      return {
        name: 'envoy.tracers.datadog',
        typed_config: any('envoy.config.trace.v3.DatadogConfig', {
          collector_cluster: collector.cluster,
          service_name: collector.serviceName,
          ...hostname(collector),
        }),
      };
    case 'OpenTelemetry':
      return openTelemetry(collector);
  }
};

const zipkin = (collector: Extract<Collector, { readonly _tag: 'Zipkin' }>): TracingHttp => ({
  name: 'envoy.tracers.zipkin',
  typed_config: any('envoy.config.trace.v3.ZipkinConfig', {
    collector_cluster: collector.cluster,
    collector_endpoint: collector.path,
    collector_endpoint_version: versions[collector.format],
    trace_id_128bit: collector.longTraceIds,
    ...hostname(collector),
    ...(collector.sharedSpans !== undefined && {
      shared_span_context: { value: collector.sharedSpans },
    }),
    ...(collector.traceContext === true && {
      trace_context_option: ZipkinConfigTraceContextOption.USE_B3_WITH_W3C_PROPAGATION,
    }),
  }),
});

const versions = {
  json: ZipkinConfigCollectorEndpointVersion.HTTP_JSON,
  protobuf: ZipkinConfigCollectorEndpointVersion.HTTP_PROTO,
} as const;

const hostname = ({ hostname: name }: { readonly hostname?: string }) =>
  name === undefined ? {} : { collector_hostname: name };

const openTelemetry = ({
  cluster,
  serviceName,
  http,
}: Extract<Collector, { readonly _tag: 'OpenTelemetry' }>): TracingHttp => ({
  name: 'envoy.tracers.opentelemetry',
  typed_config: any('envoy.config.trace.v3.OpenTelemetryConfig', {
    service_name: serviceName,
    ...(http === undefined
      ? { grpc_service: grpcService(cluster) }
      : {
          http_service: {
            http_uri: {
              uri: `http://${http.host}${http.path}`,
              cluster,
              timeout: duration(collectorTimeout),
            },
          },
        }),
  }),
});

/** How long Envoy waits for the answer to spans. */
const collectorTimeout = 5000;

const customTag = (tag: TraceTag): CustomTag => {
  switch (tag._tag) {
    case 'Literal':
      return { tag: tag.tag, literal: { value: tag.value } };
    case 'Environment':
      return { tag: tag.tag, environment: valueOf(tag) };
    case 'RequestHeader':
      return { tag: tag.tag, request_header: valueOf(tag) };
  }
};

const valueOf = ({ name, defaultValue }: Exclude<TraceTag, { readonly _tag: 'Literal' }>) => ({
  name,
  ...(defaultValue !== undefined && { default_value: defaultValue }),
});
