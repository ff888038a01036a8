import { ApiVersion, type AccessLog } from '../../../proto/envoy.ts';
import type { LogService } from '../../ir/access-log/log-service.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { grpcService } from '../message/grpc-service.ts';

/** What tells a service of each request. */
export const toService = ({
  name,
  cluster,
  tells,
  flushInterval,
  bufferBytes,
}: LogService): AccessLog => {
  const common_config = {
    log_name: name,
    grpc_service: grpcService(cluster),
    transport_api_version: ApiVersion.V3,
    buffer_flush_interval: duration(flushInterval),
    buffer_size_bytes: { value: bufferBytes },
  };
  switch (tells._tag) {
    case 'Requests':
      return {
        name: 'envoy.access_loggers.http_grpc',
        typed_config: any('envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig', {
          common_config,
          additional_request_headers_to_log: tells.requestHeaders,
          additional_response_headers_to_log: tells.responseHeaders,
          additional_response_trailers_to_log: tells.trailers,
        }),
      };
    case 'Connections':
      return {
        name: 'envoy.access_loggers.tcp_grpc',
        typed_config: any('envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig', {
          common_config,
        }),
      };
  }
};
