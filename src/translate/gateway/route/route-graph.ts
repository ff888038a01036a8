import { entries, from, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { union, unionOf, type United, type UnitedAll } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import { virtualHostKey, type VirtualHost, type VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { GRPCRoute } from '../../../kube/gateway/grpc-route.ts';
import type { HTTPRoute } from '../../../kube/gateway/http-route.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Settlement } from '../../contribution/contribution.ts';
import type { TlsLayouts } from '../../contribution/tls-layout.ts';
import type { BackendTables } from '../backend/backend-lookup.ts';
import type { SettledListener } from '../listener/settled-listener.ts';
import type { CompileRules } from './compiled-object.ts';
import { kindGraph, type KindGraph } from './kind-graph.ts';
import { leftOut, type LeftOut } from './left-out.ts';
import { listenerKey, type ListenerKey } from './listener-key.ts';
import { placeListener, type PlacedListener, type PlacingTables } from './placed-listener.ts';
import type { HostedRoutes } from './route-order.ts';
import {
  compileVirtualHost,
  type ScopedHostname,
  type Site,
  type VirtualHostTables,
} from './virtual-host.ts';

type ByHostname = Grouped<ListenerKey, PlacedListener, ScopedHostname, PlacedListener>;

/** From settled listeners and routes to virtual hosts. */
export interface RouteGraph {
  readonly listeners: Grouped<ObjectRef, readonly SettledListener[], ListenerKey, SettledListener>;
  readonly placed: Joined<
    ListenerKey,
    Collection<ObjectRef, SettledListener>,
    PlacingTables,
    PlacedListener
  >;
  readonly byHostname: ByHostname;
  readonly ownSites: Grouped<ListenerKey, PlacedListener, VirtualHostKey, Site>;
  readonly http: KindGraph<HTTPRoute>;
  readonly grpc: KindGraph<GRPCRoute>;
  /** How many routes of both kinds are attached to each listener, also where nothing of it is served. */
  readonly attached: United<string, Count>;
  readonly hosted: United<string, Collection<string, HostedRoutes>>;
  readonly sites: UnitedAll<VirtualHostKey, Collection<string, Site>>;
  readonly virtualHosts: Joined<
    VirtualHostKey,
    Collection<string, Site>,
    VirtualHostTables,
    VirtualHost
  >;
  readonly leftOut: LeftOut;
}

interface Count {
  readonly size: number;
}

/** What routes are made with beside the store. */
export interface RouteInputs {
  /** The listeners of each Gateway and ListenerSet that is ours. */
  readonly parents: Collection<ObjectRef, readonly SettledListener[]>;
  /** The ListenerSets of our Gateways. */
  readonly ourSets: Collection<ObjectKey, unknown>;
  readonly backends: Tables<BackendTables>;
  /** How each address serves its server names. */
  readonly layouts: TlsLayouts;
  /** Who serves each server name, of all languages. */
  readonly serverNames: Settlement['serverNames'];
}

/**
 * Attaches HTTPRoutes and GRPCRoutes to Gateway listeners and makes the virtual hosts.
 *
 *     Gateway listeners ─▶ placed ──▶ own sites ─▶ sites ─▶ virtual hosts
 *             │               └──▶ named sites ──▲            ▲
 *             ▼                         ▲                     │
 *     routes ─▶ attached ─▶ compiled ───┴──▶ hosted ──────────┘
 *
 * A site is a domain of a table. Who serves it, and with what, is looked up by hostname, so that a route
 * with a domain of its own costs one virtual host.
 */
export const routeGraph = (compile: CompileRules) => {
  const httpOf = kindGraph((object: HTTPRoute) => ({ kind: 'HTTPRoute', object }), compile);
  const grpcOf = kindGraph((object: GRPCRoute) => ({ kind: 'GRPCRoute', object }), compile);
  return function* (
    previous: RouteGraph | undefined,
    { objects }: SyncedStore,
    { parents, ourSets, backends, layouts, serverNames }: RouteInputs,
  ): Work<RouteGraph> {
    const listeners = yield* byKey(previous?.listeners, parents);
    const placed = yield* placeEach(previous?.placed, listeners.output, { layouts, serverNames });
    const byHostname = yield* hostnamesOf(previous?.byHostname, placed.output);
    const ownSites = yield* sitesOf(previous?.ownSites, placed.output);
    const tables = {
      attachment: {
        parents,
        namespaces: objects.Namespace,
        gateways: objects.Gateway,
        listenerSets: objects.ListenerSet,
        ourSets,
      },
      backends,
      placed: placed.output,
    };
    const http = yield* httpOf(previous?.http, objects.HTTPRoute, tables);
    const grpc = yield* grpcOf(previous?.grpc, objects.GRPCRoute, tables);
    const attached = yield* union<string, Count>(
      previous?.attached,
      http.ofListener.output,
      grpc.ofListener.output,
      sum,
    );
    const hosted = yield* union<string, Collection<string, HostedRoutes>>(
      previous?.hosted,
      http.hosted.output,
      grpc.hosted.output,
      bothKinds,
    );
    const sites = yield* unionOf<VirtualHostKey, Collection<string, Site>>(previous?.sites, [
      http.sites.output,
      grpc.sites.output,
      ownSites.output,
    ]);
    const virtualHosts = yield* compileEach(previous?.virtualHosts, sites.output, {
      listeners: byHostname.output,
      routes: hosted.output,
    });
    const omitted = yield* leftOut(previous?.leftOut, virtualHosts.output, hosted.output);
    return {
      listeners,
      placed,
      byHostname,
      ownSites,
      http,
      grpc,
      attached,
      hosted,
      sites,
      virtualHosts,
      leftOut: omitted,
    };
  };
};

const byKey = groupBy((listeners: readonly SettledListener[], _: ObjectRef) =>
  listeners.map((listener) => [listenerKey(listener), listener] as const),
);

const placeEach = joinEach(placeListener);

const hostnamesOf = groupBy((placed: PlacedListener, _: ListenerKey) => {
  const name: ScopedHostname = `${placed.scope} ${placed.hostname}`;
  return [[name, placed] as const];
});

const sitesOf = groupBy(({ table, scope, hostname }: PlacedListener, _: ListenerKey) =>
  table === undefined
    ? []
    : [[virtualHostKey(table, hostname), { table, scope, domain: hostname }] as const],
);

const sum = (http: Count, grpc: Count): Count => ({ size: http.size + grpc.size });

/** HTTPRoutes and GRPCRoutes of one hostname; an object of each kind may have the same name. */
const bothKinds = (
  http: Collection<string, HostedRoutes>,
  grpc: Collection<string, HostedRoutes>,
): Collection<string, HostedRoutes> =>
  from([
    ...entries(http),
    ...Array.from(entries(grpc), ([, hosted]) => [hosted.ref, hosted] as const),
  ]);

const compileEach = joinEach(compileVirtualHost);
