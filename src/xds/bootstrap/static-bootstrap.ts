import {
  ClusterDiscoveryType,
  type Any,
  type Bootstrap,
  type Cluster,
  type Filter,
  type HttpFilter,
  type Listener,
  type RouteConfiguration,
} from '../../../proto/envoy.ts';
import { get, values } from '../../collection/collection.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';
import { any, decode } from '../message/encode.ts';
import type { Resource } from '../resource.ts';
import { runtimeLayer } from '../runtime.ts';
import { tableOfFilter, tableOfShard } from '../shard/shard.ts';
import type { Snapshot } from '../snapshot.ts';
import { TypeUrl } from '../type-url.ts';
import { bootstrapJson } from './bootstrap-json.ts';
import { staticRuntime } from './layered-runtime.ts';
import { staticDownstreamTls, staticUpstreamTls } from './static-tls.ts';

/**
 * A complete Envoy configuration that serves what the snapshot says, without a control plane.
 *
 * It has to hold the private keys of all certificates.
 */
export const staticBootstrap = (resources: Snapshot['resources']): unknown => {
  const bootstrap: Bootstrap = {
    static_resources: {
      listeners: [...values(resources[TypeUrl.Listener])].map(({ bytes }) =>
        withoutDiscovery(decode('envoy.config.listener.v3.Listener', bytes), resources),
      ),
      clusters: [...values(resources[TypeUrl.Cluster])].map(({ bytes }) =>
        withSecrets(withEndpoints(decode('envoy.config.cluster.v3.Cluster', bytes), resources)),
      ),
      secrets: [...values(resources[TypeUrl.Secret])].map(({ bytes }) =>
        decode('envoy.extensions.transport_sockets.tls.v3.Secret', bytes),
      ),
    },
    layered_runtime: staticRuntime(get(resources[TypeUrl.Runtime], runtimeLayer)),
  };
  return bootstrapJson(bootstrap);
};

const withEndpoints = (cluster: Cluster, resources: Snapshot['resources']): Cluster => {
  const { eds_cluster_config: eds, ...others } = cluster;
  if (eds === undefined) return cluster;
  const assignment = get(resources[TypeUrl.Endpoints], eds.service_name ?? cluster.name ?? '');
  return {
    ...others,
    type: ClusterDiscoveryType.STATIC,
    load_assignment: {
      ...(assignment !== undefined &&
        decode('envoy.config.endpoint.v3.ClusterLoadAssignment', assignment.bytes)),
      cluster_name: cluster.name ?? '',
    },
  };
};

const withSecrets = ({ transport_socket: socket, ...cluster }: Cluster): Cluster => ({
  ...cluster,
  ...(socket !== undefined && { transport_socket: staticUpstreamTls(socket) }),
});

const withoutDiscovery = (listener: Listener, resources: Snapshot['resources']): Listener => ({
  ...listener,
  filter_chains: (listener.filter_chains ?? []).map((chain) => ({
    ...chain,
    filters: (chain.filters ?? []).map((filter) =>
      withRoutes(configured(filter, resources), resources),
    ),
    ...(chain.transport_socket !== undefined && {
      transport_socket: staticDownstreamTls(chain.transport_socket),
    }),
  })),
});

const managerName =
  'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** Routes are in the filter that speaks HTTP; any other stays as it is. */
const withRoutes = (filter: Filter, resources: Snapshot['resources']): Filter => {
  if (filter.typed_config?.type_url?.endsWith(`/${managerName}`) !== true) return filter;
  const {
    rds,
    scoped_routes: scoped,
    http_filters: filters = [],
    ...manager
  } = decode(managerName, bytesOf(filter.typed_config));
  const [first, ...others] = filters;
  const routes =
    scoped === undefined
      ? decodeTable(get(resources[TypeUrl.Routes], rds?.route_config_name ?? ''))
      : wholeTable(tableOfFilter(first?.name ?? ''), resources);
  const http_filters = (scoped === undefined ? filters : others).map((one) =>
    configured(one, resources),
  );
  return {
    name: filter.name ?? '',
    typed_config: any(managerName, { ...manager, http_filters, route_config: routes }),
  };
};

/** A filter that would come over ECDS, with the configuration it would come with. */
const configured = (
  { config_discovery, ...filter }: Filter | HttpFilter,
  resources: Snapshot['resources'],
): Filter & HttpFilter => {
  const extension = get(resources[TypeUrl.Extension], filter.name ?? '');
  if (config_discovery === undefined || extension === undefined) return filter;
  const { typed_config = {} } = decode(
    'envoy.config.core.v3.TypedExtensionConfig',
    extension.bytes,
  );
  return { ...filter, typed_config };
};

const decodeTable = (table: Resource | undefined): RouteConfiguration =>
  table === undefined ? {} : decode('envoy.config.route.v3.RouteConfiguration', table.bytes);

/** All pieces of a table as one; a virtual host that is in several pieces is there once. */
const wholeTable = (
  table: RouteTableName,
  resources: Snapshot['resources'],
): RouteConfiguration => {
  const pieces = [...values(resources[TypeUrl.ScopedRoutes])]
    .filter(({ name, narrows }) => tableOfShard(name) === table && narrows !== true)
    .map(({ bytes }) => decode('envoy.config.route.v3.ScopedRouteConfiguration', bytes))
    .map(({ route_configuration: piece = {} }) => piece);
  const hosts = pieces.flatMap(({ virtual_hosts: all = [] }) => all);
  return {
    ...pieces[0],
    name: table,
    virtual_hosts: [...new Map(hosts.map((host) => [host.name, host])).values()],
  };
};

const bytesOf = (packed: Any | undefined): Uint8Array => packed?.value ?? new Uint8Array();
