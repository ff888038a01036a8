import { empty, from } from '../../../src/collection/collection.ts';
import type { RouteTableName } from '../../../src/ir/virtual-host.ts';
import type { Resource, ResourceName } from '../../../src/xds/resource.ts';
import { runtimeLayer } from '../../../src/xds/runtime.ts';
import type { ShardName } from '../../../src/xds/shard/shard.ts';
import { filterName } from '../../../src/xds/shard/shard.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';

/** What the content of a made-up resource says: the names it refers to. */
export interface References {
  readonly endpoints?: readonly string[];
  readonly secrets?: readonly string[];
  readonly routes?: readonly string[];
  readonly clusters?: readonly string[];
  /** Only for a listener: the filters that find the scopes of requests. */
  readonly filters?: readonly string[];
  /** Only for a scope without routes of its own: the scopes that it sends requests to. */
  readonly pieces?: readonly ShardName[];
}

/** The resources of a made-up snapshot, by type. */
export interface World {
  readonly runtime?: readonly Resource[];
  readonly clusters?: readonly Resource[];
  readonly endpoints?: readonly Resource[];
  readonly secrets?: readonly Resource[];
  readonly listeners?: readonly Resource[];
  readonly routes?: readonly Resource[];
  readonly scopes?: readonly Resource[];
  readonly filters?: readonly Resource[];
}

/** A cluster with its certificates; its load assignment has the same name. */
export const aCluster = (name: string, version = '1', secrets?: readonly string[]): Resource =>
  resource(TypeUrl.Cluster, name, version, { endpoints: [name], ...(secrets && { secrets }) });

/** A load assignment. */
export const endpointsOf = (name: string, version = '1'): Resource =>
  resource(TypeUrl.Endpoints, name, version, {});

/** A certificate. */
export const aSecret = (name: string, version = '1'): Resource =>
  resource(TypeUrl.Secret, name, version, {});

/** A listener with its route table and certificates, and clusters where it passes connections on. */
export const aListener = (
  name: string,
  version = '1',
  references: Pick<References, 'routes' | 'secrets' | 'filters' | 'clusters'> = {},
): Resource => resource(TypeUrl.Listener, name, version, references);

/** A route table to some clusters. */
export const routesOf = (name: string, version = '1', clusters: readonly string[] = []): Resource =>
  resource(TypeUrl.Routes, name, version, { clusters });

/** A piece of a table, or a table in one piece. */
export const aScope = (
  name: ShardName,
  version = '1',
  clusters: readonly string[] = [],
): Resource => resource(TypeUrl.ScopedRoutes, name, version, { clusters });

/** The gate of a table that is cut; it has the table's name. */
export const aGate = (
  table: RouteTableName,
  version: string,
  pieces: readonly ShardName[],
): Resource => ({
  ...resource(TypeUrl.ScopedRoutes, table, version, { pieces }),
  narrows: true,
});

/** The filter of a table. */
export const aFilter = (table: RouteTableName): Resource =>
  resource(TypeUrl.Extension, filterName(table), '1', {});

/** A filter that is asked for by its name, and sends requests to some clusters. */
export const aNamedFilter = (
  name: string,
  version = '1',
  clusters: readonly string[] = [],
): Resource => resource(TypeUrl.Extension, name, version, { clusters });

/** The runtime layer that Envoys ask for. */
export const aRuntime = (version = '1'): Resource =>
  resource(TypeUrl.Runtime, runtimeLayer, version, {});

/** A snapshot of these resources. */
export const aSnapshot = (seq: number, world: World): Snapshot => ({
  seq,
  resources: {
    [TypeUrl.Runtime]: byName(world.runtime),
    [TypeUrl.Cluster]: byName(world.clusters),
    [TypeUrl.Endpoints]: byName(world.endpoints),
    [TypeUrl.Secret]: byName(world.secrets),
    [TypeUrl.Listener]: byName(world.listeners),
    [TypeUrl.Routes]: byName(world.routes),
    [TypeUrl.ScopedRoutes]: byName(world.scopes),
    [TypeUrl.Extension]: byName(world.filters),
  },
  certificates: empty(),
});

/** What a made-up resource refers to. */
export const referencesOf = ({ bytes }: Resource): References =>
  JSON.parse(bytes.toString()) as References;

const resource = (
  typeUrl: TypeUrl,
  name: string,
  version: string,
  references: References,
): Resource => ({
  typeUrl,
  name,
  version,
  bytes: Buffer.from(JSON.stringify(references)),
  warmedBy: [
    ...named(TypeUrl.Endpoints, references.endpoints),
    ...named(TypeUrl.Secret, references.secrets),
  ],
  ...(references.clusters && {
    sendsTo: (cluster) => references.clusters?.includes(cluster) === true,
  }),
});

const named = (typeUrl: TypeUrl, names: readonly string[] = []): readonly ResourceName[] =>
  names.map((name) => ({ typeUrl, name }));

const byName = (resources: readonly Resource[] = []) =>
  from(resources.map((one) => [one.name, one] as const));
