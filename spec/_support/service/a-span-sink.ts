import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

import type { handleUnaryCall } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';
import { listening } from '../envoy/a-server.ts';
import { startGrpcServer } from './grpc-server.ts';

/** A span as Zipkin is told of it. */
export interface ZipkinSpan {
  readonly traceId: string;
  readonly kind?: string;
  readonly name: string;
  readonly localEndpoint?: { readonly serviceName?: string };
  readonly tags?: Readonly<Record<string, string>>;
}

/** A request with spans that came over HTTP. */
interface Received {
  readonly path: string;
  readonly host: string;
  readonly type: string;
  readonly body: Buffer;
}

/** A collector over HTTP: it keeps what it is sent. It can be killed, and start again on its port. */
export const startHttpSpanSink = async () => {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { host = '', 'content-type': type = '' } = request.headers;
      received.push({ path: request.url ?? '', host, type, body: Buffer.concat(chunks) });
      response.writeHead(202, { 'content-type': 'application/x-protobuf' }).end();
    });
  };
  let server = await listening(createServer(listener));
  const { port } = server;
  return {
    port,
    received,
    kill: async () => await server.close(),
    /** Over TLS, if it has a certificate. */
    restart: async (identity?: KeyPair) => {
      server = await listening(
        identity === undefined
          ? createServer(listener)
          : createSecureServer({ cert: identity.certificate, key: identity.privateKey }, listener),
        port,
      );
    },
  };
};

/** The spans in what Zipkin was sent as JSON. */
export const zipkinSpans = (received: readonly Received[]): readonly ZipkinSpan[] =>
  received.flatMap(({ body }) => JSON.parse(body.toString()) as readonly ZipkinSpan[]);

/** The part of OpenTelemetry's protocol that tells of spans. */
const otlp = protobuf.parse(
  `
syntax = "proto3";
package opentelemetry.proto.collector.trace.v1;
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; } }
message KeyValue { string key = 1; AnyValue value = 2; }
message Resource { repeated KeyValue attributes = 1; }
message Span { bytes trace_id = 1; bytes parent_span_id = 4; string name = 5; int32 kind = 6; repeated KeyValue attributes = 9; }
message ScopeSpans { repeated Span spans = 2; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ExportTraceServiceResponse {}
service TraceService { rpc Export(ExportTraceServiceRequest) returns (ExportTraceServiceResponse); }
`,
  { keepCase: true },
).root;

interface Attribute {
  readonly key: string;
  readonly value?: { readonly string_value?: string };
}

interface ExportRequest {
  readonly resource_spans: readonly {
    readonly resource?: { readonly attributes: readonly Attribute[] };
    readonly scope_spans: readonly {
      readonly spans: readonly {
        readonly name: string;
        readonly attributes: readonly Attribute[];
      }[];
    }[];
  }[];
}

/** A span as OpenTelemetry tells of it: its texts by name, those of its resource among them. */
export type OtlpSpan = ReadonlyMap<string, string | undefined>;

const spansOf = ({ resource_spans }: ExportRequest): readonly OtlpSpan[] =>
  resource_spans.flatMap(({ resource, scope_spans }) =>
    scope_spans.flatMap(({ spans }) =>
      spans.map(
        ({ attributes }) =>
          new Map(
            [...(resource?.attributes ?? []), ...attributes].map(({ key, value }) => [
              key,
              value?.string_value,
            ]),
          ),
      ),
    ),
  );

/** The spans in what OpenTelemetry's protocol over HTTP was sent. */
export const otlpSpans = (received: readonly Received[]): readonly OtlpSpan[] => {
  const type = otlp.lookupType('ExportTraceServiceRequest');
  return received.flatMap(({ body }) =>
    spansOf(type.toObject(type.decode(body), { arrays: true }) as ExportRequest),
  );
};

/** A collector over OpenTelemetry's gRPC. */
export const startOtlpSink = async () => {
  const spans: OtlpSpan[] = [];
  const handler: handleUnaryCall<ExportRequest, object> = ({ request }, answer) => {
    spans.push(...spansOf(request));
    answer(null, {});
  };
  const service = otlp.lookupService('opentelemetry.proto.collector.trace.v1.TraceService');
  const methods = [{ service, method: 'Export', handler }];
  let server = await startGrpcServer(methods);
  const { port } = server;
  return {
    port,
    spans,
    kill: () => server.stop(),
    restart: async (identity?: KeyPair) => {
      server.stop();
      server = await startGrpcServer(methods, port, identity);
    },
  };
};
