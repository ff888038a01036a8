import type {
  Any,
  CoreHttpProtocolOptions,
  HttpProtocolOptionsExplicitHttpConfig,
} from '../../../proto/envoy.ts';
import type { Cluster } from '../../ir/cluster.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { flowControl } from '../message/flow-control.ts';

/** Which HTTP a cluster speaks to its upstream, and how long its connections live. */
export const upstreamProtocol = (
  cluster: Pick<Cluster, 'http2' | 'idleTimeout' | 'maxConnectionLifetime'>,
): { readonly [name: string]: Any } => ({
  [httpProtocolOptions]: any(httpProtocolOptions, {
    common_http_protocol_options: connections(cluster),
    explicit_http_config: cluster.http2 ? http2 : { http_protocol_options: {} },
  }),
});

const httpProtocolOptions = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

const connections = ({
  idleTimeout,
  maxConnectionLifetime,
}: Pick<Cluster, 'idleTimeout' | 'maxConnectionLifetime'>): CoreHttpProtocolOptions => ({
  ...(idleTimeout !== undefined && { idle_timeout: duration(idleTimeout) }),
  ...(maxConnectionLifetime !== undefined && {
    max_connection_duration: duration(maxConnectionLifetime),
  }),
});

const http2: HttpProtocolOptionsExplicitHttpConfig = {
  http2_protocol_options: {
    initial_stream_window_size: { value: flowControl.streamWindowBytes },
    initial_connection_window_size: { value: flowControl.connectionWindowBytes },
  },
};
