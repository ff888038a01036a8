import type { LogService } from '../../../../src/ir/access-log/log-service.ts';
import type { Tracing } from '../../../../src/ir/access-log/tracing.ts';

const flushing = { flushInterval: 1000, bufferBytes: 16_384, from: [] };

/** A service for each thing that one can be told. */
export const everyLogService: readonly LogService[] = [
  {
    ...flushing,
    name: 'requests',
    cluster: 'checked',
    tells: {
      _tag: 'Requests',
      requestHeaders: ['x-user', ':path'],
      responseHeaders: ['x-cache'],
      trailers: ['grpc-status'],
    },
  },
  { ...flushing, name: 'connections', cluster: 'shop', tells: { _tag: 'Connections' } },
];

/** A collector of each kind, with every field that it can have and without any. */
export const everyTracing: readonly [Tracing, ...Tracing[]] = [
  {
    collector: {
      _tag: 'Zipkin',
      cluster: 'shop',
      path: '/api/v2/spans',
      format: 'protobuf',
      hostname: 'zipkin.example',
      longTraceIds: true,
      sharedSpans: false,
      traceContext: true,
    },
    clientSampling: 100,
    randomSampling: 10,
    overallSampling: 0,
    tags: [
      { tag: 'a', _tag: 'Literal', value: '1' },
      { tag: 'b', _tag: 'Environment', name: 'HOME' },
      { tag: 'c', _tag: 'Environment', name: 'NOPE', defaultValue: 'c' },
      { tag: 'd', _tag: 'RequestHeader', name: 'x-d' },
      { tag: 'e', _tag: 'RequestHeader', name: ':path', defaultValue: 'e' },
    ],
    from: [],
  },
  ...(
    [
      { _tag: 'Zipkin', path: '/', format: 'json', longTraceIds: false },
      { _tag: 'Datadog', serviceName: 'gate', hostname: 'datadog.example' },
      { _tag: 'Datadog', serviceName: 'gate' },
      { _tag: 'OpenTelemetry', serviceName: 'gate' },
      {
        _tag: 'OpenTelemetry',
        serviceName: 'gate',
        http: { host: 'otel.example', path: '/v1/traces' },
      },
    ] as const
  ).map((collector): Tracing => ({
    collector: { ...collector, cluster: 'shop' },
    tags: [],
    from: [],
  })),
];
