import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import {
  joinEach,
  type Joined,
  type Read,
  type Tables,
} from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import { virtualHostKey, type VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { BackendTables } from '../backend/backend-lookup.ts';
import type { RouteObject } from '../rule/compile-rules.ts';
import { attach, type AttachedRoute, type AttachmentTables } from './attachment.ts';
import {
  compileObject,
  rulesFor,
  type CompiledObject,
  type CompileRules,
} from './compiled-object.ts';
import { intersection } from './hostnames.ts';
import type { ListenerKey, SectionKey } from './listener-key.ts';
import type { PlacedListener } from './placed-listener.ts';
import type { HostedRoutes } from './route-order.ts';
import type { HostedName, Site } from './virtual-host.ts';

/** The routes of one kind: where they attach, what they mean, and the domains that they name. */
export interface KindGraph<O> {
  readonly attached: Joined<ObjectKey, O, AttachmentTables, AttachedRoute>;
  readonly compiled: Joined<ObjectKey, AttachedRoute, BackendTables, CompiledObject>;
  /** By listener: the routes that are attached to it, also where nothing of it is served. */
  readonly ofListener: Grouped<ObjectKey, CompiledObject, SectionKey, true>;
  readonly hosted: Grouped<ObjectKey, CompiledObject, HostedName, HostedRoutes>;
  readonly named: Joined<ObjectKey, CompiledObject, SiteTables, readonly Site[]>;
  readonly sites: Grouped<ObjectKey, readonly Site[], VirtualHostKey, Site>;
  readonly clusters: Grouped<ObjectKey, CompiledObject, ClusterName, Cluster>;
}

interface SiteTables {
  readonly placed: PlacedListener;
}

/** What routes of all kinds are looked up in. */
interface KindTables {
  readonly attachment: Tables<AttachmentTables>;
  readonly backends: Tables<BackendTables>;
  readonly placed: Collection<ListenerKey, PlacedListener>;
}

/** Follows the routes of one kind, by change. */
export const kindGraph = <O>(routeOf: (object: O) => RouteObject, compile: CompileRules) => {
  const attachEach = joinEach<ObjectKey, O, AttachmentTables, AttachedRoute>((object, key, read) =>
    attach(routeOf(object), key, read),
  );
  const compileEach = joinEach<ObjectKey, AttachedRoute, BackendTables, CompiledObject>(
    compileObject(compile),
  );
  return function* (
    previous: KindGraph<O> | undefined,
    objects: Collection<ObjectKey, O>,
    tables: KindTables,
  ): Work<KindGraph<O>> {
    const attached = yield* attachEach(previous?.attached, objects, tables.attachment);
    const compiled = yield* compileEach(previous?.compiled, attached.output, tables.backends);
    const ofListener = yield* byListener(previous?.ofListener, compiled.output);
    const hosted = yield* byHostedName(previous?.hosted, compiled.output);
    const named = yield* sitesEach(previous?.named, compiled.output, { placed: tables.placed });
    const sites = yield* bySite(previous?.sites, named.output);
    const clusters = yield* byCluster(previous?.clusters, compiled.output);
    return { attached, compiled, ofListener, hosted, named, sites, clusters };
  };
};

const byListener = groupBy(({ listeners, isAccepted }: CompiledObject, _: ObjectKey) =>
  isAccepted ? listeners.map(({ section }) => [section, true as const] as const) : [],
);

const byHostedName = groupBy(
  ({ listeners, compiled, ref, created }: CompiledObject, _: ObjectKey) =>
    listeners.flatMap((listener) => {
      const routes = rulesFor(compiled, listener)?.rules.routes ?? [];
      const hosted: HostedRoutes = { ref, routes, ...(created !== undefined && { created }) };
      return listener.hostnames.map((hostname): readonly [HostedName, HostedRoutes] => [
        `${listener.key} ${hostname}`,
        hosted,
      ]);
    }),
);

/** The domains that a route names in the tables of the listeners that take it. */
const sitesEach = joinEach(
  (
    { listeners }: CompiledObject,
    _: ObjectKey,
    read: Read<SiteTables>,
  ): readonly Site[] | undefined => {
    const sites = listeners.flatMap(({ key, hostnames }): readonly Site[] => {
      const placed = read('placed', key);
      if (placed?.table === undefined) return [];
      const { table, scope } = placed;
      return hostnames.flatMap((hostname) => {
        const domain = intersection(placed.hostname, hostname);
        return domain === undefined ? [] : [{ table, scope, domain }];
      });
    });
    return sites.length === 0 ? undefined : sites;
  },
);

const bySite = groupBy((sites: readonly Site[], _: ObjectKey) =>
  sites.map((site) => [virtualHostKey(site.table, site.domain), site] as const),
);

const byCluster = groupBy(({ compiled }: CompiledObject, _: ObjectKey) =>
  compiled.flatMap(({ rules }) =>
    rules.clusters.map((cluster) => [cluster.name, cluster] as const),
  ),
);
