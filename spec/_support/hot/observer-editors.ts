import { startLogSink } from '../service/a-log-sink.ts';
import { startRateLimitService } from '../service/a-rate-limit-service.ts';
import { startHttpSpanSink, startOtlpSink } from '../service/a-span-sink.ts';
import { rateLimitService } from '../service/auth-manifests.ts';
import type { Editor, EditorGroup } from './editor.ts';

const inTheChain = 'it is a part of how HTTP is spoken, in the filter chain, which Envoy replaces';

/** Starts sinks of logs and spans, and what edits the LogServices and TracingServices that tell them. */
export const startObserverEditors = async (): Promise<EditorGroup> => {
  const [log, otherLog] = [await startLogSink(), await startLogSink()];
  const [zipkin, otlp] = [await startHttpSpanSink(), await startOtlpSink()];
  const limits = await startRateLimitService();
  const editors: readonly Editor[] = [
    {
      kind: 'LogService: http',
      file: 'LogService',
      leaves: inTheChain,
      manifests: (k) =>
        logService(
          'log',
          k % 3 === 0 ? otherLog.port : log.port,
          `driver: http, driver_config: { additional_log_headers: [{ header_name: x-edit-${k} }] }`,
        ),
    },
    {
      kind: 'LogService: tcp, or none',
      file: 'LogService',
      leaves: inTheChain,
      manifests: (k) => (k % 2 === 0 ? '' : logService('log', log.port, 'driver: tcp')),
    },
    {
      kind: 'TracingService',
      leaves: inTheChain,
      manifests: (k) =>
        k % 2 === 0
          ? tracingService(
              'tracing',
              zipkin.port,
              `driver: zipkin, config: { collector_endpoint: /edit-${k} }`,
            )
          : tracingService(
              `tracing-${k}`,
              otlp.port,
              `driver: opentelemetry, config: { service_name: edit-${k} }, sampling: { random: ${50 + (k % 50)} }`,
            ),
    },
    {
      kind: 'RateLimitService, or none',
      file: 'RateLimitService',
      leaves: 'the first one of a domain adds a filter to the filter chain, which Envoy replaces',
      manifests: (k) => (k % 2 === 0 ? '' : rateLimitService('limits', limits.port)),
    },
  ];
  return {
    editors,
    unused: () =>
      [
        ['log of requests', log.requests.length + otherLog.requests.length] as const,
        ['log of connections', log.connections.length] as const,
        ['Zipkin', zipkin.received.length] as const,
        ['OpenTelemetry', otlp.spans.length] as const,
      ].flatMap(([name, told]) => (told === 0 ? [name] : [])),
    stop: async () => {
      for (const { kill } of [log, otherLog, limits, otlp]) kill();
      await zipkin.kill();
    },
  };
};

const object = (kind: string, name: string, port: number, more: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: { service: '127.0.0.1:${port}', ${more} }
`;

const logService = (name: string, port: number, more: string): string =>
  object('LogService', name, port, `protocol_version: v3, flush_interval_time: 1, ${more}`);

const tracingService = (name: string, port: number, more: string): string =>
  object('TracingService', name, port, more);
