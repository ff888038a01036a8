import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Contribution, Settlement } from '../contribution/contribution.ts';
import type { TranslateOptions } from '../translate-options.ts';
import { authGraph, clustersOfAuth, type AuthGraph } from './auth/auth-graph.ts';
import { ownAnswers, type OwnAnswers } from './auth/own-answers.ts';
import { clustersOfContexts, contextUsers, type ContextUsers } from './context/context-users.ts';
import { idleContexts, type IdleContexts } from './context/idle-contexts.ts';
import type { EmissaryNames } from './emissary-names.ts';
import type { EmissaryPorts } from './emissary-ports.ts';
import { errorPageFilter, type ErrorPageFilter } from './filter/error-page-filter.ts';
import { filterClaims, type FilterClaims } from './filter/filter-claims.ts';
import { foreignGovernors, type ForeignGovernors } from './governing.ts';
import { guardGraph, troublesOfGuards, type GuardGraph } from './guard/guard-graph.ts';
import type { AttachedHost } from './host/attachment.ts';
import { hostCalled } from './host/chosen-context.ts';
import { bindHost, type BindingTables, type BoundHost } from './host/binding.ts';
import { clustersOfIngresses } from './ingress/ingress-mappings.ts';
import {
  ingressReports,
  outcomesOfIngresses,
  type IngressReports,
} from './ingress/ingress-reports.ts';
import { clustersOfLimits, limitGraph, type LimitGraph } from './limit/limit-graph.ts';
import { clustersOfMappings, mappingGraph, type MappingGraph } from './mapping/mapping-graph.ts';
import { ownListeners, type OwnListenerGraph } from './mapping/own-listeners.ts';
import { otherModules, type OtherModules } from './module/other-modules.ts';
import { inForce, ofHosts, ofListeners, ofMappings } from './outcomes.ts';
import { routeGraph, type RouteGraph } from './route/route-graph.ts';
import { clustersOfTcpMappings } from './tcp/tcp-graph.ts';
import { outcomesOfTcpMappings } from './tcp/tcp-names.ts';
import {
  clustersOfTelemetry,
  outcomesOfTelemetry,
  troublesOfTelemetry,
} from './telemetry/telemetry-graph.ts';

/** Where Emissary's Mappings send requests. */
export interface EmissaryRoutes extends Contribution {
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
  readonly idleContexts: IdleContexts;
  /** Which Mappings lead back to this gateway. */
  readonly ownListeners: OwnListenerGraph;
  readonly routes: RouteGraph;
  readonly pages: ErrorPageFilter;
  readonly filterClaims: FilterClaims;
  readonly answers: OwnAnswers;
  readonly reports: IngressReports;
}

/** The last part: Mappings are routed, with the filters that their requests pass. */
export const emissaryRoutes = (options: TranslateOptions) => {
  const foreignOf = foreignGovernors(options);
  const otherModulesOf = otherModules(options);
  const limitsOf = limitGraph(options);
  const guardsOf = guardGraph(options);
  const authOf = authGraph(options);
  const mappingsOf = mappingGraph(options);
  const reportsOf = ingressReports(options);
  const idleContextsOf = idleContexts(hostCalled);
  return function* (
    previous: EmissaryRoutes | undefined,
    store: SyncedStore,
    { module, contexts, lookup, ingresses, compiled, settled, tcp, telemetry }: EmissaryPorts,
    { bindings, hosts, connected, boundListeners, tcpNames: ofTcp }: EmissaryNames,
    { layouts, ports }: Settlement,
  ): Work<EmissaryRoutes> {
    const boundHosts = yield* bindEach(previous?.boundHosts, connected.hosts.output, { layouts });
    const foreign = yield* foreignOf(previous?.foreign, store);
    const others = yield* otherModulesOf(previous?.others, store);
    const limits = yield* limitsOf(previous?.limits, store, lookup.tables, module.settings.labels);
    const guards = yield* guardsOf(previous?.guards, store, limits.compiled.output);
    const auth = yield* authOf(previous?.auth, store, guards.unreadAuth.output, lookup.tables);
    const mappings = yield* mappingsOf(
      previous?.mappings,
      store,
      ingresses.mappings.output,
      guards.closure,
      { ...lookup.tables, limits: limits.uses.output },
    );
    const users = yield* contextUsers(previous?.contextUsers, mappings, tcp, limits, auth);
    const idle = yield* idleContextsOf(previous?.idleContexts, {
      contexts: contexts.contexts.output,
      hosts: hosts.contextual.contextual.output,
      names: ofTcp.settled.output,
      services: users.byContext.output,
      called: store.objects.Host,
    });
    const { routed } = mappings.closing;
    const own = yield* ownListeners(previous?.ownListeners, mappings.clusters.output, ports);
    const pages = yield* errorPageFilter(previous?.pages, routed.output);
    const filters = yield* filterClaims(
      previous?.filterClaims,
      [
        module.probes.output,
        module.filters.output,
        auth.filters.output,
        limits.united.output,
        pages.filters.output,
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
    const reports = yield* reportsOf(previous?.reports, ingresses.ours.taken.output, store);
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
      idleContexts: idle,
      ownListeners: own,
      routes,
      pages,
      filterClaims: filters,
      filters: filters.claims.output,
      answers,
      reports,
      hosts: answers.all.output,
      upstreams: [
        clustersOfMappings(mappings),
        clustersOfIngresses(mappings.ofIngresses),
        clustersOfTcpMappings(tcp),
        clustersOfContexts(users),
        ...clustersOfAuth(auth),
        clustersOfLimits(limits),
        ...clustersOfTelemetry(telemetry),
      ],
      trustBundles: contexts.bundles.output,
      connectionLimits: module.connectionLimits.output,
      consulPlaces: lookup.consulPlaces.output,
      outcomes: [
        inForce('Module', governing.output),
        ofListeners(boundListeners.output),
        ofHosts(connected.hosts.output),
        ofMappings(routes.hostsOfMapping.output),
        outcomesOfIngresses(reports),
        inForce('AuthService', auth.users.AuthService.entries.output),
        outcomesOfTcpMappings(ofTcp),
        inForce('RateLimitService', limits.inForce.output),
        ...outcomesOfTelemetry(telemetry),
      ],
      problems: [
        module.compiled.output,
        module.settled.output,
        others.output,
        compiled.output,
        settled.output,
        contexts.contexts.output,
        idle.notes.output,
        lookup.consulPlaces.output,
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
        ingresses.parts.output,
        mappings.compiled.output,
        mappings.partsCompiled.output,
        mappings.closing.closed.output,
        own.notes.output,
        routes.compiled.output,
        routes.idleMappings.output,
        routes.unreachableMappings.output,
      ],
    };
  };
};

const bindEach = joinEach(bindHost);
