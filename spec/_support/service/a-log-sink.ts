import type { handleClientStreamingCall } from '@grpc/grpc-js';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';
import { upstreamApi } from '../envoy-api/upstream-api.ts';
import { startGrpcServer } from './grpc-server.ts';

/** A request as a log service is told of it. */
export interface LoggedRequest {
  readonly request?: {
    readonly path?: string;
    readonly request_headers?: Readonly<Record<string, string>>;
  };
  readonly response?: {
    readonly response_code?: { readonly value: number };
    readonly response_headers?: Readonly<Record<string, string>>;
    readonly response_trailers?: Readonly<Record<string, string>>;
  };
}

interface Message {
  readonly identifier?: { readonly log_name: string };
  readonly http_logs?: { readonly log_entry: readonly LoggedRequest[] };
  readonly tcp_logs?: { readonly log_entry: readonly object[] };
}

const service = (await upstreamApi()).lookupService('envoy.service.accesslog.v3.AccessLogService');

/** A log service that keeps what it is told. */
export const startLogSink = async () => {
  const requests: LoggedRequest[] = [];
  const connections: object[] = [];
  const names = new Set<string>();
  const handler: handleClientStreamingCall<Message, object> = (call) => {
    call.on('data', ({ identifier, http_logs, tcp_logs }: Message) => {
      if (identifier !== undefined) names.add(identifier.log_name);
      requests.push(...(http_logs?.log_entry ?? []));
      connections.push(...(tcp_logs?.log_entry ?? []));
    });
    call.on('error', () => undefined);
  };
  const methods = [{ service, method: 'StreamAccessLogs', handler }];
  let server = await startGrpcServer(methods);
  const { port } = server;
  return {
    port,
    requests,
    connections,
    names,
    /** The paths of the requests that it was told of. */
    paths: (): readonly (string | undefined)[] => requests.map(({ request }) => request?.path),
    kill: () => server.stop(),
    restart: async (identity?: KeyPair) => {
      server.stop();
      server = await startGrpcServer(methods, port, identity);
    },
  };
};
