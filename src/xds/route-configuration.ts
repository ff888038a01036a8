import type { Collection } from '../collection/collection.ts';
import { fold } from '../collection/fold.ts';
import type { RouteTableName, VirtualHostKey } from '../ir/virtual-host.ts';
import { contentVersion } from './content-version.ts';
import { encode } from './encode.ts';
import { bytesOf, join, part, type Part } from './part.ts';
import type { Resource } from './resource.ts';
import { TypeUrl } from './type-url.ts';

/**
 * RDS: one route table of encoded virtual hosts.
 *
 * The version is the root of the hash tree over them, so a changed virtual host costs its own encoding
 * and the path above it.
 */
export const routeConfiguration = (
  table: RouteTableName,
  virtualHosts: Collection<VirtualHostKey, Part>,
): Resource => {
  const head = part(
    encode('envoy.config.route.v3.RouteConfiguration', {
      name: table,
      ignore_port_in_host_matching: true,
    }),
  );
  const whole = join([head, joined(virtualHosts)]);
  return {
    typeUrl: TypeUrl.Routes,
    name: table,
    version: contentVersion(whole.digest),
    bytes: bytesOf(whole),
    warmedBy: [],
  };
};

const joined = fold<VirtualHostKey, Part, Part>((virtualHost) => virtualHost, join);
