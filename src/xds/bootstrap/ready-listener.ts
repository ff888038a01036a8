import {
  ClusterDiscoveryType,
  type Cluster,
  type HttpFilter,
  type Listener,
  type LocalReplyConfig,
  type RouteRoute as Route,
} from '../../../proto/envoy.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { addressOf, type TcpServerAddress } from '../message/server-address.ts';

/** Where an Envoy says whether requests should be sent to it, and whom it asks first. */
export interface ReadyPort {
  readonly address: TcpServerAddress;
  /** Where the control plane answers health checks. */
  readonly controlPlane: TcpServerAddress;
}

/**
 * Says whether requests should be sent to this Envoy: what its control plane says, as long as that
 * answers, and yes when it does not.
 *
 * Envoy begins to listen here when it has been given all of a configuration for the first time, so
 * from then on it serves, whatever becomes of the control plane. So load balancers keep an Envoy
 * whose control plane ends or hangs. Connections above the limit for clients are accepted here,
 * because an Envoy with many clients would otherwise seem not ready.
 *
 * Decision 13.
 */
export const readyListener = ({ address }: ReadyPort): Listener => ({
  name,
  address: addressOf(address),
  per_connection_buffer_limit_bytes: { value: 32_768 },
  enable_reuse_port: { value: false },
  ignore_global_conn_limit: true,
  filter_chains: [
    {
      filters: [
        {
          name: 'envoy.filters.network.http_connection_manager',
          typed_config: any(
            'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
            {
              stat_prefix: name,
              route_config: {
                name,
                virtual_hosts: [{ name, domains: ['*'], routes: paths.map(routeOf) }],
              },
              http_filters: [notWhenDrained, router],
              local_reply_config: yesWithoutControlPlane,
              use_remote_address: { value: true },
              request_headers_timeout: duration(5000),
              stream_idle_timeout: duration(5000),
              common_http_protocol_options: { idle_timeout: duration(10_000) },
            },
          ),
        },
      ],
    },
  ],
});

/** Shares no name with a listener or a cluster of the IR. */
const name = 'headgate-ready';

const adminPath = '/ambassador/v0/check_ready';

/** The first is Emissary's. */
const paths: readonly string[] = ['/ready', adminPath];

/** Nothing else of the control plane can be reached: a path must be exactly this one. */
const routeOf = (path: string): Route => ({
  match: {
    path,
    headers: [{ name: ':method', string_match: { safe_regex: { regex: 'GET|HEAD' } } }],
  },
  route: { cluster: name, prefix_rewrite: adminPath, timeout: duration(1000) },
});

/** An Envoy that is being drained says no by itself, even if there is no control plane to ask. */
const notWhenDrained: HttpFilter = {
  name: 'envoy.filters.http.health_check',
  typed_config: any('envoy.extensions.filters.http.health_check.v3.HealthCheck', {
    pass_through_mode: { value: true },
  }),
};

const router: HttpFilter = {
  name: 'envoy.filters.http.router',
  typed_config: any('envoy.extensions.filters.http.router.v3.Router', {}),
};

/**
 * Answers yes when a connection to the control plane is refused, not available, cut or not answered
 * in time. What the control plane itself answers is not touched, nor what Envoy refuses for other
 * reasons.
 */
const yesWithoutControlPlane: LocalReplyConfig = {
  mappers: [
    {
      filter: { response_flag_filter: { flags: ['UF', 'UH', 'UO', 'UC', 'UR', 'UT'] } },
      status_code: { value: 200 },
      body: { inline_string: 'ready: the control plane does not answer, Envoy goes on\n' },
    },
  ],
};

/**
 * The control plane as `readyListener` asks it.
 *
 * There is a new connection for each request: the control plane could be closing a kept one just
 * then, which would look as if it were gone.
 */
export const readyCluster = ({ controlPlane }: ReadyPort): Cluster => ({
  name,
  type: ClusterDiscoveryType.STATIC,
  connect_timeout: duration(1000),
  load_assignment: {
    cluster_name: name,
    endpoints: [{ lb_endpoints: [{ endpoint: { address: addressOf(controlPlane) } }] }],
  },
  circuit_breakers: { thresholds: [{ max_connections: { value: 16 } }] },
  typed_extension_protocol_options: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': any(
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      {
        common_http_protocol_options: { max_requests_per_connection: { value: 1 } },
        explicit_http_config: { http_protocol_options: {} },
      },
    ),
  },
});
