import {
  ApiConfigSourceApiType,
  ApiVersion,
  ClusterDiscoveryType,
  type Bootstrap,
  type Cluster,
} from '../../../proto/envoy.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { addressOf, type ServerAddress } from '../message/server-address.ts';
import { adsClientTls, isIpAddress, type AdsClientTls } from './ads-client-tls.ts';
import { bootstrapJson } from './bootstrap-json.ts';
import { discoveredRuntime } from './layered-runtime.ts';
import { overloadManager, type OverloadLimits } from './overload-manager.ts';
import { readyCluster, readyListener, type ReadyPort } from './ready-listener.ts';
import { statsOptions, type StatsOptions } from './stats.ts';

/** What an Envoy has to know before it can ask for the rest. */
export interface BootstrapOptions extends OverloadLimits, StatsOptions {
  readonly nodeId: string;
  readonly nodeCluster: string;
  /** Where the control plane answers. */
  readonly ads: ServerAddress;
  /** How Envoy and the control plane prove to each other who they are; absent: they do not. */
  readonly tls?: AdsClientTls;
  /** Where Envoy's admin interface listens. */
  readonly admin: ServerAddress;
  /** Where Envoy says whether it is ready; absent: nowhere. */
  readonly ready?: ReadyPort | undefined;
}

/** The configuration file of an Envoy that gets everything else over one delta ADS stream. */
export const dynamicBootstrap = (options: BootstrapOptions): unknown => {
  const { ready } = options;
  const overload = overloadManager(options);
  const bootstrap: Bootstrap = {
    node: { id: options.nodeId, cluster: options.nodeCluster },
    admin: { address: addressOf(options.admin), ignore_global_conn_limit: true },
    dynamic_resources: {
      ads_config: {
        api_type: ApiConfigSourceApiType.DELTA_GRPC,
        transport_api_version: ApiVersion.V3,
        set_node_on_first_message_only: true,
        grpc_services: [
          {
            envoy_grpc: {
              cluster_name: controlPlane,
              retry_policy: { retry_back_off: reconnects },
            },
          },
        ],
      },
      cds_config: adsSource,
      lds_config: adsSource,
    },
    static_resources: {
      ...(ready !== undefined && { listeners: [readyListener(ready)] }),
      clusters: [
        controlPlaneCluster(options),
        ...(ready === undefined ? [] : [readyCluster(ready)]),
      ],
    },
    ...(overload !== undefined && { overload_manager: overload }),
    layered_runtime: discoveredRuntime,
    ...statsOptions(options),
  };
  return bootstrapJson(bootstrap);
};

/** Shares no name with a cluster of the IR, so nobody can route to it. */
const controlPlane = 'headgate-control-plane';

/**
 * How long Envoy waits before it connects again. Only a response resets the wait to the shortest,
 * and an Envoy that has everything gets no response. With Envoy's own limit of 30 s it could take
 * that long to find a control plane that was restarted a few times.
 */
const reconnects = { base_interval: duration(100), max_interval: duration(1000) };

const controlPlaneCluster = ({ ads, tls }: BootstrapOptions): Cluster => ({
  name: controlPlane,
  type:
    ads._tag === 'Unix' || isIpAddress(ads.host)
      ? ClusterDiscoveryType.STATIC
      : ClusterDiscoveryType.STRICT_DNS,
  connect_timeout: duration(1000),
  load_assignment: {
    cluster_name: controlPlane,
    endpoints: [{ lb_endpoints: [{ endpoint: { address: addressOf(ads) } }] }],
  },
  ...(tls !== undefined && { transport_socket: adsClientTls(tls) }),
  typed_extension_protocol_options: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': any(
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      {
        explicit_http_config: {
          http2_protocol_options: {
            connection_keepalive: { interval: duration(30_000), timeout: duration(5000) },
          },
        },
      },
    ),
  },
});
