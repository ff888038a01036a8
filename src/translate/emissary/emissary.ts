import { values, type Collection } from '../../collection/collection.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { Contribution, ServerNameClaims } from '../contribution/contribution.ts';
import type { Language } from '../contribution/language.ts';
import type { KindOutcomes } from '../contribution/outcome.ts';
import type { TranslateOptions } from '../translate-options.ts';
import type { AttachedHost } from './host/attachment.ts';
import { bindHost, type BindingTables, type BoundHost } from './host/binding.ts';
import { hostGraph, type HostGraph } from './host/host-graph.ts';
import { servedNames, type ServedNames } from './host/served-names.ts';
import { bindingGraph, type BindingGraph } from './listener/binding-graph.ts';
import {
  boundListenerEach,
  type BoundListener,
  type BoundListenerTables,
} from './listener/bound-listener.ts';
import type { ListenerBinding } from './listener/listener-binding.ts';
import { listenerGraph, type ListenerGraph } from './listener/listener-graph.ts';
import { mappingGraph, type MappingGraph } from './mapping/mapping-graph.ts';
import { routeGraph, type RouteGraph } from './route/route-graph.ts';

/** What Emissary's Hosts serve on the addresses that its Listeners have. */
interface EmissaryNames extends ServerNameClaims {
  readonly bindings: BindingGraph;
  readonly hosts: HostGraph;
  readonly served: ServedNames;
  readonly listeners: Joined<ObjectKey, ListenerBinding, BoundListenerTables, BoundListener>;
}

/** Where Emissary's Mappings send requests. */
interface EmissaryRoutes extends Contribution {
  readonly bound: Joined<ObjectKey, AttachedHost, BindingTables, BoundHost>;
  readonly mappings: MappingGraph;
  readonly routes: RouteGraph;
}

/**
 * Emissary-ingress's language: Listeners open ports, Hosts bind to Listeners, Mappings to Hosts.
 *
 *     Listener ─▶ ports ─ ─ ▶ bindings          ─ ─ ▶: who has a port, and how it serves
 *                               ▼                      server names, is settled in between
 *     Host ─────────────────▶ hosts ─▶ served ─ ─ ▶ bound
 *                                                     ▼
 *     Mapping ───────────────────────▶ mappings ──▶ routes
 */
export const emissary = (
  options: TranslateOptions,
): Language<ListenerGraph, EmissaryNames, EmissaryRoutes> => {
  const listenersOf = listenerGraph(options);
  const hostsOf = hostGraph(options);
  const mappingsOf = mappingGraph(options);
  return {
    name: 'emissary',
    ports: listenersOf,
    *serverNames(previous, store, { compiled }, ports) {
      const bindings = yield* bindingGraph(previous?.bindings, compiled.output, ports);
      const hosts = yield* hostsOf(previous?.hosts, store, bindings.bindings.output);
      const served = yield* servedNames(previous?.served, hosts.attached.output);
      const { cleartext, serverNames } = served;
      const listeners = yield* boundListenerEach(previous?.listeners, bindings.owned.output, {
        cleartext,
      });
      return { bindings, hosts, served, listeners, cleartext, serverNames };
    },
    *contribution(previous, store, { compiled, settled }, { hosts, listeners }, { layouts }) {
      const bound = yield* bindEach(previous?.bound, hosts.attached.output, { layouts });
      const mappings = yield* mappingsOf(previous?.mappings, store);
      const routes = yield* routeGraph(previous?.routes, bound.output, mappings.mappings.output);
      return {
        bound,
        mappings,
        routes,
        hosts: routes.virtualHosts.output,
        upstreams: [{ kind: 'Mapping', byCluster: mappings.clusters.output }],
        outcomes: [
          ofListeners(listeners.output),
          ofHosts(hosts.attached.output),
          ofMappings(routes.users.output),
        ],
        problems: [
          compiled.output,
          settled.output,
          listeners.output,
          bound.output,
          mappings.compiled.output,
          routes.compiled.output,
          routes.idle.output,
        ],
      };
    },
  };
};

const bindEach = joinEach(bindHost);

/** A Listener is opened if it has its port and any Host binds to it. */
const ofListeners = (
  entries: Collection<ObjectKey, BoundListener>,
): KindOutcomes<BoundListener> => ({
  kind: 'Listener',
  entries,
  outcomeOf: ({ problems }) => ({ inEffect: problems.length === 0 }),
  parentsOf: () => [],
});

const ofHosts = (entries: Collection<ObjectKey, AttachedHost>): KindOutcomes<AttachedHost> => ({
  kind: 'Host',
  entries,
  outcomeOf: ({ listeners, certificate }) => ({
    inEffect: listeners.length > 0,
    ...(certificate.secret !== undefined && { certified: true }),
  }),
  parentsOf: ({ listeners }) => listeners.map(({ ref }) => ref),
});

type Users = Collection<string, readonly ObjectRef[]>;

const ofMappings = (entries: Collection<ObjectKey, Users>): KindOutcomes<Users> => ({
  kind: 'Mapping',
  entries,
  outcomeOf: () => inEffect,
  parentsOf: (hosts) => [...new Set([...values(hosts)].flat())],
});

/** Of every Mapping that has an entry. */
const inEffect = { inEffect: true };
