import type { ClusterName } from '../cluster.ts';
import type { ObjectRef } from '../object-ref.ts';

/** Which requests are traced, and where their spans are sent. */
export interface Tracing {
  readonly collector: Collector;
  /** Percent of the requests that ask for it by `x-client-trace-id`; absent: all. */
  readonly clientSampling?: number;
  /** Percent of all other requests; absent: all. */
  readonly randomSampling?: number;
  /** Percent of all requests at most; absent: all. */
  readonly overallSampling?: number;
  readonly tags: readonly TraceTag[];
  readonly from: readonly ObjectRef[];
}

/** What spans are sent to, and how. */
export type Collector = { readonly cluster: ClusterName } & (Zipkin | Datadog | OpenTelemetry);

interface Zipkin {
  readonly _tag: 'Zipkin';
  readonly path: string;
  readonly format: 'json' | 'protobuf';
  readonly hostname?: string;
  readonly longTraceIds: boolean;
  /** Whether client and server have one span; absent: yes. */
  readonly sharedSpans?: boolean;
  /** Whether `traceparent` is read and sent too, beside the headers of B3. */
  readonly traceContext?: true;
}

interface Datadog {
  readonly _tag: 'Datadog';
  readonly serviceName: string;
  readonly hostname?: string;
}

interface OpenTelemetry {
  readonly _tag: 'OpenTelemetry';
  readonly serviceName: string;
  /** Absent: over gRPC. */
  readonly http?: { readonly host: string; readonly path: string };
}

/** A tag of all spans. Without a value, or a default in place of it, a span does not have it. */
export type TraceTag = { readonly tag: string } & (
  | { readonly _tag: 'Literal'; readonly value: string }
  | {
      /** Where the value comes from: the environment of Envoy, or a header of the request. */
      readonly _tag: 'Environment' | 'RequestHeader';
      readonly name: string;
      readonly defaultValue?: string;
    }
);
