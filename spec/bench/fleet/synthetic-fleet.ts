import { empty, from, set, values, type Collection } from '../../../src/collection/collection.ts';
import { encode } from '../../../src/xds/message/encode.ts';
import { resource, type Resource } from '../../../src/xds/resource.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { scattered } from '../cluster.ts';

/** How large a made-up snapshot is. */
export interface FleetSize {
  /** Route tables with their scopes; a shard is as large as one of many. */
  readonly shards: number;
  readonly clusters: number;
}

/** A snapshot of route tables in shards and of clusters with endpoints. */
export const syntheticSnapshot = ({ shards, clusters }: FleetSize): Snapshot => ({
  seq: 1,
  resources: {
    [TypeUrl.Runtime]: empty(),
    [TypeUrl.Cluster]: made(TypeUrl.Cluster, clusters, 150),
    [TypeUrl.Endpoints]: made(TypeUrl.Endpoints, clusters, 40),
    [TypeUrl.Secret]: made(TypeUrl.Secret, 1, 2_000),
    [TypeUrl.Listener]: made(TypeUrl.Listener, 1, 4_000),
    [TypeUrl.Routes]: made(TypeUrl.Routes, shards, 8_000),
    [TypeUrl.ScopedRoutes]: made(TypeUrl.ScopedRoutes, shards, 60),
    [TypeUrl.Extension]: made(TypeUrl.Extension, 1, 2_000),
  },
  certificates: empty(),
});

/** The next snapshot: one resource of a type has new content. */
export const withEdit = (snapshot: Snapshot, typeUrl: TypeUrl, turn: number): Snapshot => {
  const before = snapshot.resources[typeUrl];
  const name = nameOf(typeUrl, scattered(before.size, turn));
  const size = typeUrl === TypeUrl.Routes ? 8_000 : 40;
  const after = set(before, name, aResource(typeUrl, name, size, turn));
  return {
    ...snapshot,
    seq: snapshot.seq + 1,
    resources: { ...snapshot.resources, [typeUrl]: after },
  };
};

/**
 * The first requests of an Envoy that holds all of a snapshot already. As with Envoy, the names it asks
 * for are sorted, and what it holds comes in no order.
 */
export const warmRequests = ({ resources }: Snapshot): readonly Buffer[] =>
  typeUrls.map((typeUrl) => {
    const all = [...values(resources[typeUrl])].sort((a, b) => (a.name < b.name ? -1 : 1));
    const held = all.flatMap((_, i) => all[scattered(all.length, i)] ?? []);
    return encode('envoy.service.discovery.v3.DeltaDiscoveryRequest', {
      node: { id: 'simulated' },
      type_url: typeUrl,
      resource_names_subscribe: wildcards.includes(typeUrl) ? [] : all.map(({ name }) => name),
      initial_resource_versions: Object.fromEntries(
        held.map(({ name, version }) => [name, version]),
      ),
    });
  });

const wildcards: readonly TypeUrl[] = [TypeUrl.Cluster, TypeUrl.Listener, TypeUrl.ScopedRoutes];

const made = (typeUrl: TypeUrl, count: number, size: number): Collection<string, Resource> =>
  from(
    Array.from({ length: count }, (_, i) => {
      const name = nameOf(typeUrl, i);
      return [name, aResource(typeUrl, name, size, 0)] as const;
    }),
  );

const nameOf = (typeUrl: TypeUrl, i: number): string =>
  `${typeUrl.slice(typeUrl.lastIndexOf('.') + 1)}/namespace-${i % 100}/service-${i}`;

const aResource = (typeUrl: TypeUrl, name: string, size: number, turn: number): Resource =>
  resource(typeUrl, name, Buffer.from(`${turn} ${name} `.padEnd(size, 'x')));
