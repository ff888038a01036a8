import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { Contribution, ServerNameClaims } from '../contribution/contribution.ts';
import type { Language } from '../contribution/language.ts';
import { grantsByNamespace, type Grants } from '../grants.ts';
import type { TranslateOptions } from '../translate-options.ts';
import { authGraph, clustersOfAuth, type AuthGraph } from './auth/auth-graph.ts';
import { ownAnswers, type OwnAnswers } from './auth/own-answers.ts';
import type { AttachedHost } from './host/attachment.ts';
import { bindHost, type BindingTables, type BoundHost } from './host/binding.ts';
import { foreignGovernors, type ForeignGovernors } from './governing.ts';
import { guardGraph, troublesOfGuards, type GuardGraph } from './guard/guard-graph.ts';
import { filterClaims, type FilterClaims } from './filter/filter-claims.ts';
import { contextGraph, type ContextGraph } from './context/context-graph.ts';
import { clustersOfContexts, contextUsers, type ContextUsers } from './context/context-users.ts';
import { hostGraph, type HostGraph } from './host/host-graph.ts';
import { nameOwners, type NameOwners } from './host/name-owners.ts';
import { servedNames, type ServedNames } from './host/served-names.ts';
import { bindingGraph, type BindingGraph } from './listener/binding-graph.ts';
import {
  boundListenerEach,
  type BoundListener,
  type BoundListenerTables,
} from './listener/bound-listener.ts';
import {
  clustersOfLimits,
  limitGraph,
  outcomesOfLimits,
  type LimitGraph,
} from './limit/limit-graph.ts';
import type { ListenerBinding } from './listener/listener-binding.ts';
import { listenerGraph, type ListenerGraph } from './listener/listener-graph.ts';
import { moduleGraph, type ModuleGraph } from './module/module-graph.ts';
import { probeFilters } from './module/probes.ts';
import { otherModules, type OtherModules } from './module/other-modules.ts';
import { clustersOfMappings, mappingGraph, type MappingGraph } from './mapping/mapping-graph.ts';
import { ofAuthServices, ofHosts, ofListeners, ofMappings, ofModules } from './outcomes.ts';
import { ownListeners, type OwnListenerGraph } from './mapping/own-listeners.ts';
import { routeGraph, type RouteGraph } from './route/route-graph.ts';
import { clustersOfTcpMappings, tcpGraph, type TcpGraph } from './tcp/tcp-graph.ts';
import { outcomesOfTcpMappings, tcpNames, type TcpNames } from './tcp/tcp-names.ts';
import {
  clustersOfTelemetry,
  outcomesOfTelemetry,
  telemetryGraph,
  troublesOfTelemetry,
  type TelemetryGraph,
} from './telemetry/telemetry-graph.ts';
import { upstreamLookup, type UpstreamLookup } from './upstream/upstream-tables.ts';

/** Which addresses Emissary's Listeners open; and the settings of the gateway, which all parts depend on. */
interface EmissaryPorts extends ListenerGraph {
  readonly module: ModuleGraph;
  /** Who may refer to objects of other namespaces; with isolation alone. */
  readonly grants: Grants;
  readonly contexts: ContextGraph;
  readonly lookup: UpstreamLookup;
  readonly tcp: TcpGraph;
  readonly telemetry: TelemetryGraph;
}

/** What Emissary's Hosts serve on the addresses that its Listeners have. */
interface EmissaryNames extends ServerNameClaims {
  readonly bindings: BindingGraph;
  readonly hosts: HostGraph;
  readonly owners: NameOwners;
  readonly served: ServedNames;
  readonly tcpNames: TcpNames;
  readonly boundListeners: Joined<ObjectKey, ListenerBinding, BoundListenerTables, BoundListener>;
}

/** Where Emissary's Mappings send requests. */
interface EmissaryRoutes extends Contribution {
  readonly foreign: ForeignGovernors;
  /** What is said of Modules with other names. */
  readonly others: OtherModules;
  readonly limits: LimitGraph;
  readonly guards: GuardGraph;
  readonly boundHosts: Joined<ObjectKey, AttachedHost, BindingTables, BoundHost>;
  readonly auth: AuthGraph;
  /** The Modules that have a say. */
  readonly governing: United<ObjectKey, unknown>;
  readonly mappings: MappingGraph;
  readonly contextUsers: ContextUsers;
  /** Which Mappings lead back to this gateway. */
  readonly ownListeners: OwnListenerGraph;
  readonly routes: RouteGraph;
  readonly filterClaims: FilterClaims;
  readonly answers: OwnAnswers;
}

/**
 * Emissary-ingress's language: Listeners open ports, Hosts bind to Listeners, Mappings to Hosts.
 *
 *     Module ───▶ module: read by all that follows
 *
 *     Listener ─▶ ports ─ ─ ▶ bindings                    ─ ─ ▶: who has a port, and how it serves
 *                               ▼                                server names, is settled in between
 *     Host ─────────────────▶ hosts ─▶ owners ─▶ served ─ ─ ▶ boundHosts
 *                                                               ▼
 *     Mapping ─────────────────────────────────▶ mappings ──▶ routes
 *                                                ▲
 *     AuthService, … ──────────────────────────▶ guards
 *
 *     TCPMapping ─▶ tcp ─▶ ports ─ ─ ▶ tcpNames, with the certificates of Hosts
 */
export const emissary = (
  options: TranslateOptions,
): Language<EmissaryPorts, EmissaryNames, EmissaryRoutes> => {
  const settingsOf = moduleGraph(options);
  const listenersOf = listenerGraph(options);
  const contextsOf = contextGraph(options);
  const lookupOf = upstreamLookup(options);
  const telemetryOf = telemetryGraph(options);
  const hostsOf = hostGraph(options);
  const foreignOf = foreignGovernors(options);
  const otherModulesOf = otherModules(options);
  const limitsOf = limitGraph(options);
  const guardsOf = guardGraph(options);
  const authOf = authGraph(options);
  const tcpOf = tcpGraph(options);
  const mappingsOf = mappingGraph(options);
  return {
    name: 'emissary',
    *ports(previous, store) {
      const module = yield* settingsOf(previous?.module, store);
      const grants = yield* grantsByNamespace(previous?.grants, store.objects.ReferenceGrant);
      const { defaults } = module.settings.mappings;
      const contexts = yield* contextsOf(
        previous?.contexts,
        store,
        grants.output,
        defaults?.tls_secret_namespacing,
      );
      const lookup = yield* lookupOf(
        previous?.lookup,
        store,
        grants.output,
        contexts.byName.output,
        module.defaults.output,
      );
      const listeners = yield* listenersOf(previous, store, module.settings);
      const tcp = yield* tcpOf(previous?.tcp, store, lookup.tables, listeners.claims.output);
      const telemetry = yield* telemetryOf(
        previous?.telemetry,
        store,
        lookup.tables,
        tcp.ports.output,
      );
      const ports = telemetry.observed?.claims.output ?? tcp.ports.output;
      return { module, grants, contexts, lookup, ...listeners, tcp, telemetry, ports };
    },
    *serverNames(previous, store, { compiled, grants, contexts, tcp }, ports) {
      const bindings = yield* bindingGraph(previous?.bindings, compiled.output, ports);
      const hosts = yield* hostsOf(
        previous?.hosts,
        store,
        bindings.all.output,
        grants.output,
        contexts,
      );
      const owners = yield* nameOwners(previous?.owners, hosts.contextual.hosts.output);
      const served = yield* servedNames(previous?.served, owners.hosts.output);
      const { cleartext } = served;
      const ofTcp = yield* tcpNames(
        previous?.tcpNames,
        tcp,
        ports,
        owners.byHostname.output,
        served.serverNames,
      );
      const boundListeners = yield* boundListenerEach(
        previous?.boundListeners,
        bindings.owned.output,
        { cleartext, connections: tcp.byListener.output },
      );
      return {
        ...{ bindings, hosts, owners, served, tcpNames: ofTcp, boundListeners, cleartext },
        serverNames: ofTcp.serverNames.output,
      };
    },
    *contribution(
      previous,
      store,
      { module, contexts, lookup, compiled, settled, tcp, telemetry },
      { bindings, owners, boundListeners, tcpNames: ofTcp },
      { layouts, ports },
    ) {
      const boundHosts = yield* bindEach(previous?.boundHosts, owners.hosts.output, { layouts });
      const foreign = yield* foreignOf(previous?.foreign, store);
      const others = yield* otherModulesOf(previous?.others, store);
      const limits = yield* limitsOf(
        previous?.limits,
        store,
        lookup.tables,
        module.settings.labels,
      );
      const guards = yield* guardsOf(previous?.guards, store, limits.compiled.output);
      const auth = yield* authOf(previous?.auth, store, guards.unreadAuth.output, lookup.tables);
      const mappings = yield* mappingsOf(previous?.mappings, store, guards.closure, {
        ...lookup.tables,
        limits: limits.uses.output,
      });
      const users = yield* contextUsers(previous?.contextUsers, mappings, tcp);
      const { routed } = mappings.closing;
      const own = yield* ownListeners(previous?.ownListeners, mappings.clusters.output, ports);
      const filters = yield* filterClaims(
        previous?.filterClaims,
        [
          probeFilters(module.settings.probes, module.settings.from),
          module.filters.output,
          auth.filters.output,
          limits.united.output,
        ],
        bindings.all.output,
      );
      const routes = yield* routeGraph(previous?.routes, boundHosts.output, routed.output);
      const governing = yield* union<ObjectKey, unknown>(
        previous?.governing,
        module.inForce.output,
        auth.users.Module.entries.output,
      );
      const answers = yield* ownAnswers(
        previous?.answers,
        routes.virtualHosts.output,
        auth.filters.output,
      );
      return {
        foreign,
        others,
        limits,
        guards,
        boundHosts,
        auth,
        governing,
        mappings,
        contextUsers: users,
        ownListeners: own,
        routes,
        filterClaims: filters,
        filters: filters.claims.output,
        answers,
        hosts: answers.all.output,
        upstreams: [
          clustersOfMappings(mappings),
          clustersOfTcpMappings(tcp),
          clustersOfContexts(users),
          ...clustersOfAuth(auth),
          clustersOfLimits(limits),
          ...clustersOfTelemetry(telemetry),
        ],
        trustBundles: contexts.bundles.output,
        outcomes: [
          ofModules(governing.output),
          ofListeners(boundListeners.output),
          ofHosts(owners.hosts.output),
          ofMappings(routes.hostsOfMapping.output),
          ofAuthServices(auth.users.AuthService.entries.output),
          outcomesOfTcpMappings(ofTcp),
          outcomesOfLimits(limits),
          ...outcomesOfTelemetry(telemetry),
        ],
        problems: [
          module.compiled.output,
          module.settled.output,
          others.output,
          compiled.output,
          settled.output,
          contexts.contexts.output,
          tcp.compiled.output,
          tcp.shutOut.output,
          ofTcp.settled.output,
          boundListeners.output,
          boundHosts.output,
          ...Object.values(foreign).map(({ output }) => output),
          ...troublesOfGuards(guards),
          auth.settled.output,
          limits.compiled.output,
          limits.settled.output,
          ...troublesOfTelemetry(telemetry),
          mappings.compiled.output,
          mappings.closing.closed.output,
          own.notes.output,
          routes.compiled.output,
          routes.idleMappings.output,
          routes.unreachableMappings.output,
        ],
      };
    },
  };
};

const bindEach = joinEach(bindHost);
