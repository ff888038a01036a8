import type {
  Any,
  CoreHttpProtocolOptions,
  HttpHttpProtocolOptions,
} from '../../../proto/envoy.ts';
import type { Cluster } from '../../ir/cluster.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { flowControl } from '../message/flow-control.ts';

/** Which HTTP a cluster speaks to its upstream, and how long its connections live. */
export const upstreamProtocol = (
  cluster: Pick<Cluster, 'protocol' | 'tls' | 'idleTimeout' | 'maxConnectionLifetime'>,
): { readonly [name: string]: Any } => ({
  [httpProtocolOptions]: any(httpProtocolOptions, {
    common_http_protocol_options: connections(cluster),
    ...versions(cluster),
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

/** Envoy refuses a cluster that negotiates without TLS. */
const versions = ({
  protocol,
  tls,
}: Pick<Cluster, 'protocol' | 'tls'>): HttpHttpProtocolOptions => {
  if (protocol === 'http2') return { explicit_http_config: http2 };
  if (protocol === 'as-client') return { use_downstream_protocol_config: { ...http1, ...http2 } };
  return protocol === 'negotiated' && tls !== undefined
    ? { auto_config: { ...http1, ...http2 } }
    : { explicit_http_config: http1 };
};

const http1 = { http_protocol_options: {} };

const http2 = {
  http2_protocol_options: {
    initial_stream_window_size: { value: flowControl.streamWindowBytes },
    initial_connection_window_size: { value: flowControl.connectionWindowBytes },
  },
};
