import { startLogSink } from '../../_support/service/a-log-sink.ts';
import { startRateLimitService } from '../../_support/service/a-rate-limit-service.ts';
import { startHttpSpanSink, startOtlpSink } from '../../_support/service/a-span-sink.ts';
import { passing, startGrpcAuthServer } from '../../_support/service/grpc-auth-server.ts';
import { startHttpAuthServer } from '../../_support/service/http-auth-server.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aModule,
  type Manifest,
} from '../../_support/world/builders.ts';
import { requestFor } from '../open-loop.ts';
import type { Subject } from './paired-costs.ts';

/** A subject with one filter, and how often the service that it asks or tells was used; absent: it has none. */
export interface Filtered extends Subject {
  readonly what: string;
  readonly used?: () => number;
}

/** Starts all services, and says what each filter is asked for by; the first one has none. */
export const startFiltered = async (backend: number) => {
  const [http, grpc, limits] = [
    await startHttpAuthServer(),
    await startGrpcAuthServer(),
    await startRateLimitService(),
  ];
  const [log, otlp, zipkin] = [
    await startLogSink(),
    await startOtlpSink(),
    await startHttpSpanSink(),
  ];
  http.says(() => ({ status: 200 }));
  grpc.says(() => passing());
  const at = (port: number): string => `127.0.0.1:${port}`;
  const filtered = (
    what: string,
    objects: readonly Manifest[],
    used?: () => number,
    fields: Readonly<Record<string, unknown>> = {},
  ): Filtered => ({
    what,
    ...(used && { used }),
    options: {
      flags: ['--access-log', 'off', '--allow-addresses', 'loopback'],
      objects: (port) => [
        aListener('default/http', { port }),
        aHost('shops/all', { hostname: '*.example.com' }),
        aMapping('shops/web', { hostname: 'shop.example.com', service: at(backend), ...fields }),
        ...objects,
      ],
    },
    requests: [requestFor('shop.example.com', '/', 'accept-encoding: gzip\r\n')],
  });
  const guard = (kind: string, spec: Readonly<Record<string, unknown>>): readonly Manifest[] => [
    aGuard(kind, 'default/one', spec),
  ];
  const labels = { ambassador: [{ all: [{ generic_key: { value: 'all' } }] }] };
  const subjects: readonly [Filtered, ...Filtered[]] = [
    filtered('no filter', []),
    filtered(
      'ext_authz over HTTP',
      guard('AuthService', { auth_service: at(http.port), proto: 'http' }),
      () => http.asked().length,
    ),
    filtered(
      'ext_authz over gRPC',
      guard('AuthService', { auth_service: at(grpc.port), proto: 'grpc', protocol_version: 'v3' }),
      () => grpc.asked().length,
    ),
    filtered(
      'a rate limit',
      guard('RateLimitService', { service: at(limits.port), protocol_version: 'v3' }),
      () => limits.asked().length,
      { labels },
    ),
    filtered(
      'an access log over gRPC',
      guard('LogService', {
        service: at(log.port),
        driver: 'http',
        protocol_version: 'v3',
        driver_config: { additional_log_headers: [{ header_name: 'user-agent' }] },
      }),
      () => log.requests.splice(0).length,
    ),
    filtered(
      'tracing by OpenTelemetry',
      guard('TracingService', { service: at(otlp.port), driver: 'opentelemetry' }),
      () => otlp.spans.splice(0).length,
    ),
    filtered(
      'tracing by Zipkin',
      guard('TracingService', { service: at(zipkin.port), driver: 'zipkin' }),
      () => zipkin.received.splice(0).length,
    ),
    filtered('gzip of 2 KiB', [aModule({ gzip: { min_content_length: 100 } })]),
    filtered('error pages, none shown', [], undefined, {
      error_response_overrides: [
        { on_status_code: 503, body: { text_format: 'sorry: %RESPONSE_CODE%' } },
      ],
    }),
    filtered('grpc_stats', [aModule({ grpc_stats: { all_methods: true } })]),
    filtered('an empty Lua script', [
      aModule({ lua_scripts: 'function envoy_on_request(handle) end' }),
    ]),
  ];
  return {
    subjects,
    stop: async (): Promise<void> => {
      for (const { kill } of [grpc, limits, log]) void kill();
      otlp.kill();
      await Promise.all([http.kill(), zipkin.kill()]);
    },
  };
};
