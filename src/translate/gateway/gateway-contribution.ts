import type { Collection } from '../../collection/collection.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { TrustBundle, TrustBundleName } from '../../ir/trust-bundle.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Contribution, Settlement } from '../contribution/contribution.ts';
import type { SystemTrust } from '../contribution/system-trust.ts';
import type { TlsLayouts } from '../contribution/tls-layout.ts';
import type { Place } from './address/place.ts';
import type { Authorities } from './authority/authorities.ts';
import { trustBundles, type TrustBundles } from './authority/trust-bundles.ts';
import { backendGraph, type BackendGraph } from './backend/backend-graph.ts';
import type { GatewaySecurity } from './certificate/gateway-security.ts';
import type { GatewayGraph } from './class/our-gateways.ts';
import { orphans, type Orphans } from './class/orphans.ts';
import type { Grants } from '../grants.ts';
import type { OurListenerSet } from './listener/our-listener-sets.ts';
import type { SettledParent } from './listener/settle-parent.ts';
import type { SettledListener } from './listener/settled-listener.ts';
import { policyGraph, type PolicyGraph } from './policy/policy-graph.ts';
import { policyOutcomes, policyReports, type PolicyReports } from './policy/policy-reports.ts';
import { outcomesOf, reportGraph, type ReportGraph } from './report/report-graph.ts';
import type { CompileRules } from './route/compiled-object.ts';
import { routeGraph, type RouteGraph } from './route/route-graph.ts';
import { outcomesOfRoutes, upstreamsOf } from './route/route-outcomes.ts';

/** Where the routes send requests, and what everybody is told. */
export interface GatewayContribution extends Contribution {
  readonly policies: PolicyGraph;
  readonly backends: BackendGraph;
  readonly routes: RouteGraph;
  readonly trust: TrustBundles;
  readonly bundles: United<TrustBundleName, TrustBundle>;
  readonly reports: ReportGraph;
  readonly policyReports: PolicyReports;
  readonly orphans: Orphans;
}

/** What is known of Gateways and their listeners. */
interface Settled {
  readonly gateways: GatewayGraph;
  readonly places: Collection<ObjectKey, Place>;
  readonly sets: Collection<ObjectKey, OurListenerSet>;
  readonly securities: Collection<ObjectKey, GatewaySecurity>;
  readonly grants: Grants;
  readonly authorities: Collection<ObjectKey, Authorities>;
  readonly settled: Collection<ObjectRef, SettledParent>;
  readonly listeners: Collection<ObjectRef, readonly SettledListener[]>;
  readonly layouts: TlsLayouts;
  readonly serverNames: Settlement['serverNames'];
}

/**
 * From settled listeners to requests: routes attach to listeners and send requests to backends, to which
 * policies say how TLS is spoken; then all owners are told.
 *
 *     listeners ─────────────────────▶ routes ─▶ reports
 *     BackendTLSPolicy ─▶ policies       ▲         ▲
 *                            ▼           │         │
 *     Service ────────────▶ backends ────┘     policy reports
 */
export const gatewayContribution = (options: SystemTrust, compile: CompileRules) => {
  const policiesOf = policyGraph(options);
  const routesOf = routeGraph(compile);
  return function* (
    previous: GatewayContribution | undefined,
    store: SyncedStore,
    { gateways, places, sets, securities, grants, authorities, settled, ...known }: Settled,
  ): Work<GatewayContribution> {
    const { listeners, layouts, serverNames } = known;
    const policies = yield* policiesOf(previous?.policies, store, authorities, grants);
    const { inForce } = policies;
    const backends = yield* backendGraph(previous?.backends, store, grants, inForce.output);
    const routes = yield* routesOf(previous?.routes, store, {
      parents: listeners,
      ourSets: sets,
      backends: backends.tables,
      layouts,
      serverNames,
    });
    const { http, grpc, attached } = routes;
    const trust = yield* trustBundles(previous?.trust, securities, authorities);
    const bundles = yield* union<TrustBundleName, TrustBundle>(
      previous?.bundles,
      trust.bundles.output,
      policies.trustBundles.output,
    );
    const reports = yield* reportGraph(previous?.reports, {
      gateways: gateways.gateways.output,
      sets,
      places,
      securities,
      settled,
      attached: attached.output,
    });
    const told = yield* policyReports(previous?.policyReports, {
      policies: policies.all.output,
      services: backends.services.output,
      inForce: inForce.output,
      http: http.compiled.output,
      grpc: grpc.compiled.output,
    });
    const unserved = yield* orphans(previous?.orphans, store);
    return {
      policies,
      backends,
      routes,
      trust,
      bundles,
      reports,
      policyReports: told,
      orphans: unserved,
      hosts: routes.virtualHosts.output,
      upstreams: upstreamsOf(routes),
      trustBundles: bundles.output,
      outcomes: [
        ...outcomesOf(gateways.classes.output, reports),
        ...outcomesOfRoutes(routes),
        policyOutcomes(told.reports.output),
      ],
      problems: [
        gateways.classes.output,
        gateways.gateways.output,
        unserved.gateways.output,
        unserved.sets.output,
        places,
        securities,
        sets,
        settled,
        http.compiled.output,
        grpc.compiled.output,
        routes.leftOut.problems.output,
        told.reports.output,
      ],
    };
  };
};
