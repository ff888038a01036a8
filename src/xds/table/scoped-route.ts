import protobuf from 'protobufjs';

import { values, type Collection } from '../../collection/collection.ts';
import type { ClusterName } from '../../ir/cluster.ts';
import type { VirtualHostKey } from '../../ir/virtual-host.ts';
import { contentVersion } from '../content-version.ts';
import { filters } from '../filter/filters.ts';
import { encode } from '../message/encode.ts';
import { noCluster } from '../message/no-cluster.ts';
import { bytesOf, join, part, type Part } from '../message/part.ts';
import type { Resource, ResourceName } from '../resource.ts';
import { filterName, type ShardLayout, type ShardName } from '../shard/shard.ts';
import { TypeUrl } from '../type-url.ts';
import { routeTable } from './route-configuration.ts';

/** SRDS: one piece of a route table, with its routes inline; its scope key is its name. */
export const scopedRoute = (
  name: ShardName,
  virtualHosts: Collection<VirtualHostKey, RoutedHost>,
): Resource => new ScopedRoute(scope(name, routeTable(name, virtualHosts)), virtualHosts);

/** An encoded virtual host, and the clusters to which its routes send requests. */
interface RoutedHost extends Part {
  readonly clusters: readonly ClusterName[];
}

/** The clusters are gathered when they are asked for: that is hardly ever. */
class ScopedRoute implements Resource {
  readonly typeUrl: TypeUrl;
  readonly name: string;
  readonly version: string;
  readonly bytes: Buffer;
  readonly warmedBy: readonly ResourceName[];
  readonly #virtualHosts: Collection<VirtualHostKey, RoutedHost>;
  #clusters: ReadonlySet<ClusterName> | undefined;

  constructor(
    { typeUrl, name, version, bytes, warmedBy }: Resource,
    virtualHosts: Collection<VirtualHostKey, RoutedHost>,
  ) {
    this.typeUrl = typeUrl;
    this.name = name;
    this.version = version;
    this.bytes = bytes;
    this.warmedBy = warmedBy;
    this.#virtualHosts = virtualHosts;
  }

  sendsTo(cluster: string): boolean {
    this.#clusters ??= new Set([...values(this.#virtualHosts)].flatMap((host) => host.clusters));
    return this.#clusters.has(cluster);
  }
}

/**
 * The scope under the name of a table that is cut: its route is the one a request has before its
 * piece is known. That route turns on the filter that finds the piece, and answers no request.
 * Envoy decides by it whether a connection may be upgraded, so it allows every upgrade that a route
 * of the table allows; the filter then asks the route in the piece.
 */
export const gate = (
  table: ShardName,
  layout: ShardLayout,
  upgrades: readonly string[],
): Resource => ({
  ...scope(
    table,
    part(
      encode('envoy.config.route.v3.RouteConfiguration', {
        name: table,
        virtual_hosts: [
          {
            name: '*',
            domains: ['*'],
            routes: [
              {
                match: { prefix: '' },
                route: {
                  cluster: noCluster,
                  upgrade_configs: upgrades.map((upgrade) => ({ upgrade_type: upgrade })),
                },
                typed_per_filter_config: {
                  [filterName(table)]: filters.Shards.forRoute({
                    layout,
                    allowsUpgrades: upgrades.length > 0,
                  }),
                },
              },
            ],
          },
        ],
        validate_clusters: { value: false },
      }),
    ),
  ),
  narrows: true,
});

const scope = (name: ShardName, routes: Part): Resource => {
  const head = encode('envoy.config.route.v3.ScopedRouteConfiguration', {
    name,
    key: { fragments: [{ string_key: name }] },
  });
  const whole = join([part(Buffer.concat([head, routesHead(routes.size)])), routes]);
  return {
    typeUrl: TypeUrl.ScopedRoutes,
    name,
    version: contentVersion(whole.digest),
    bytes: bytesOf(whole),
    warmedBy: [],
  };
};

/** Tag and length of `route_configuration`, field 5. */
const routesHead = (size: number): Uint8Array =>
  protobuf.Writer.create()
    .uint32((5 << 3) | 2)
    .uint32(size)
    .finish();
