import { empty, type Collection } from '../collection/collection.ts';
import { union, type United } from '../collection/operator/union.ts';
import { atOnce, type Work } from '../collection/work.ts';
import type { Ir } from '../ir/ir.ts';
import type { VirtualHost, VirtualHostKey } from '../ir/virtual-host.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { Problem } from '../problem/problem.ts';
import { misdirectedGraph, type MisdirectedGraph } from './assemble/misdirected.ts';
import { openListeners, type OpenListeners } from './assemble/open-listeners.ts';
import { problemsByObject, type ProblemGraph } from './assemble/problems.ts';
import { upstreamGraph, type UpstreamGraph } from './assemble/upstream-graph.ts';
import { hostGraph, type HostGraph } from './emissary/host/host-graph.ts';
import { listenerGraph, type ListenerGraph } from './emissary/listener/listener-graph.ts';
import { mappingGraph, type MappingGraph } from './emissary/mapping/mapping-graph.ts';
import { routeGraph, type RouteGraph } from './emissary/route/route-graph.ts';
import type { TranslateOptions } from './translate-options.ts';

/** What a store means: the IR and the problems, with the states that make the next one cheap. */
export interface Translation {
  readonly ir: Ir;
  /** By object or file; no problem stands twice. */
  readonly problems: Collection<string, readonly Problem[]>;
  readonly graphs: {
    readonly listeners: ListenerGraph;
    readonly hosts: HostGraph;
    readonly opened: OpenListeners;
    readonly mappings: MappingGraph;
    readonly routes: RouteGraph;
    readonly misdirected: MisdirectedGraph;
    readonly virtualHosts: United<VirtualHostKey, VirtualHost>;
    readonly upstreams: UpstreamGraph;
    readonly problems: ProblemGraph;
  };
}

/**
 * Turns everything we know into everything Envoy should do.
 *
 *     Listener ──▶ listeners ─▶ opened ──────────▶ ir.listeners
 *                     ▼           ▲
 *     Host ────────▶ hosts ───────┴──────────────▶ ir.filterChains, ir.secrets, ir.certificates
 *                     ▼
 *     Mapping ──▶ mappings ▶ routes ──────────────▶ ir.virtualHosts
 *                     ▼
 *     EndpointSlice ▶ upstreams ─────────────────▶ ir.clusters, ir.endpoints
 *
 * Each part computes what its changed inputs touch and nothing else. The law: whatever the history,
 * the result equals that of translating the same store from nothing, but for the layout of a Listener's
 * TLS Hosts, which depends on the one before (`tls-layout.ts`).
 */
export const translate = (options: TranslateOptions) => atOnce(translateWork(options));

/** As `translate`, with pauses. */
export const translateWork = (options: TranslateOptions) => {
  const listenersOf = listenerGraph(options);
  const hostsOf = hostGraph(options);
  const mappingsOf = mappingGraph(options);
  return function* (previous: Translation | undefined, store: SyncedStore): Work<Translation> {
    const before = previous?.graphs;
    const listeners = yield* listenersOf(before?.listeners, store);
    const hosts = yield* hostsOf(before?.hosts, store, listeners.bindings.output);
    const opened = yield* openListeners(
      before?.opened,
      listeners.settled.output,
      hosts.filterChains.output,
    );
    const mappings = yield* mappingsOf(before?.mappings, store);
    const routes = yield* routeGraph(before?.routes, hosts.bound.output, mappings.mappings.output);
    const misdirected = yield* misdirectedGraph(
      before?.misdirected,
      hosts.bound.output,
      routes.virtualHosts.output,
    );
    const virtualHosts = yield* union<VirtualHostKey, VirtualHost>(
      before?.virtualHosts,
      routes.virtualHosts.output,
      misdirected.virtualHosts.output,
    );
    const upstreams = yield* upstreamGraph(before?.upstreams, store, mappings.mappings.output);
    const problems = yield* problemsByObject(before?.problems, [
      store.problems,
      listeners.compiled.output,
      listeners.settled.output,
      opened.opened.output,
      hosts.certificates.layouts,
      hosts.ours.output.size === 0 ? empty() : hosts.bound.output,
      mappings.compiled.output,
      routes.compiled.output,
      routes.idle.output,
      upstreams.faults.output,
    ]);
    return {
      ir: {
        listeners: opened.listeners.output,
        filterChains: hosts.filterChains.output,
        virtualHosts: virtualHosts.output,
        clusters: upstreams.clusters.output,
        clusterUsers: [{ kind: 'Mapping', byCluster: upstreams.clusterUsers.output }],
        endpoints: upstreams.endpoints.output,
        secrets: hosts.secrets.output,
        certificates: hosts.certificates.certificates.output,
      },
      problems: problems.output,
      graphs: {
        listeners,
        hosts,
        opened,
        mappings,
        routes,
        misdirected,
        virtualHosts,
        upstreams,
        problems,
      },
    };
  };
};
