import type { Collection } from '../../collection/collection.ts';
import { fold } from '../../collection/operator/fold.ts';
import type { RouteTableName, VirtualHostKey } from '../../ir/virtual-host.ts';
import { contentVersion } from '../content-version.ts';
import { encode } from '../message/encode.ts';
import { bytesOf, join, part, type Part } from '../message/part.ts';
import type { Resource } from '../resource.ts';
import { internalHeaders } from '../shard/internal-header.ts';
import { TypeUrl } from '../type-url.ts';

/** RDS: one route table of encoded virtual hosts. */
export const routeConfiguration = (
  table: RouteTableName,
  virtualHosts: Collection<VirtualHostKey, Part>,
): Resource => {
  const whole = routeTable(table, virtualHosts);
  return {
    typeUrl: TypeUrl.Routes,
    name: table,
    version: contentVersion(whole.digest),
    bytes: bytesOf(whole),
    warmedBy: [],
  };
};

/**
 * A RouteConfiguration as a part.
 *
 * Its digest is the root of a hash tree over the virtual hosts, so a changed one costs its own
 * encoding and the path above it. Envoy does not check that the clusters exist: they are sent
 * before the routes, and a cluster that Envoy refused must not make it refuse the routes to others.
 */
export const routeTable = (name: string, virtualHosts: Collection<VirtualHostKey, Part>): Part => {
  const head = part(
    encode('envoy.config.route.v3.RouteConfiguration', {
      name,
      ignore_port_in_host_matching: true,
      request_headers_to_remove: internalHeaders,
      validate_clusters: { value: false },
    }),
  );
  return join([head, joined(virtualHosts)]);
};

const joined = fold<VirtualHostKey, Part, Part>((virtualHost) => virtualHost, join);
