import type { Joined } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { ConfigMap } from '../../kube/core/config-map.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { PortClaim, PortClaims, ServerNameClaims } from '../contribution/contribution.ts';
import type { Language } from '../contribution/language.ts';
import { saidOfNothing, whileSpoken } from '../contribution/spoken.ts';
import type { SystemTrust } from '../contribution/system-trust.ts';
import { grantsByNamespace, type Grants } from '../grants.ts';
import type { TranslateOptions } from '../translate-options.ts';
import { addressing, placeOfEach, type AddressingOptions, type Places } from './address/places.ts';
import { authoritiesEach, type Authorities } from './authority/authorities.ts';
import {
  securityEach,
  type GatewaySecurity,
  type SecurityTables,
} from './certificate/gateway-security.ts';
import { gatewayGraph, type GatewayGraph, type OurGateway } from './class/our-gateways.ts';
import { gatewayContribution, type GatewayContribution } from './gateway-contribution.ts';
import type { CompiledParent } from './listener/compiled-parent.ts';
import { nameOwners, type NameOwners } from './listener/name-owners.ts';
import { parentGraph, type ParentGraph } from './listener/parent-graph.ts';
import { standingEach, type OwnerTables, type PortStanding } from './listener/port-standings.ts';
import { portWishes, type PortWishes } from './listener/port-wishes.ts';
import { servedNames, type ServedNames } from './listener/served-names.ts';
import {
  listenersOf,
  settledEach,
  type SettledParent,
  type SettledTables,
} from './listener/settle-parent.ts';
import type { SettledListener } from './listener/settled-listener.ts';
import { compileRules } from './rule/compile-rules.ts';

/** The addresses that the listeners of Gateways and ListenerSets want. */
interface GatewayPorts extends PortClaims {
  readonly gateways: GatewayGraph;
  readonly places: Places;
  readonly grants: Grants;
  readonly authorities: Mapped<ObjectKey, ConfigMap, Authorities>;
  readonly securities: Joined<ObjectKey, OurGateway, SecurityTables, GatewaySecurity>;
  readonly parents: ParentGraph;
  readonly wishes: PortWishes;
}

/** What the listeners serve, on the addresses that they have. */
interface GatewayNames extends ServerNameClaims {
  readonly standings: Joined<ListenerName, PortClaim, OwnerTables, PortStanding>;
  readonly names: NameOwners;
  readonly settled: Joined<ObjectRef, CompiledParent, SettledTables, SettledParent>;
  /** The listeners of each Gateway and ListenerSet, in the order of the spec: what routes attach to. */
  readonly listeners: Mapped<ObjectRef, SettledParent, readonly SettledListener[]>;
  readonly served: ServedNames;
}

/**
 * The Gateway API: Gateways have addresses, their listeners ports and hostnames, to which routes attach.
 *
 *     GatewayClass, Gateway ─▶ gateways ─┬─────────────▶ places ─────┐
 *     Secret, ConfigMap ─────────────────┼─▶ authorities, securities ┤
 *     ListenerSet ───────────────────────┴─────────────────────────▶ parents ─▶ wishes
 *                                                                       │         ┊ who has a port is
 *                                                                       ▼         ▼ settled in between
 *                                                                     names    standings
 *                                                                       └────┬────┘
 *                                                                            ▼
 *                                                        listeners ◀────── settled ─▶ served
 *                                                            ▼                 ▼
 *     HTTPRoute, GRPCRoute ───────────────────────────▶ routes ──────────▶ reports
 *                                                            ▲
 *     Service, BackendTLSPolicy ───────────────────────▶ backends
 *
 * Every reference to another namespace asks `grants`.
 */
export const gateway = (options: TranslateOptions): GatewayLanguage =>
  whileSpoken(isSpoken, ofNothing, spoken(options));

type GatewayLanguage = Language<GatewayPorts, GatewayNames, GatewayContribution>;

const spoken = (options: AddressingOptions & SystemTrust): GatewayLanguage => {
  const { unsupported, places: placesOf } = addressing(options);
  const gatewaysOf = gatewayGraph(unsupported);
  const contributionOf = gatewayContribution(options, compileRules);
  return {
    name: 'gateway',
    *ports(previous, store) {
      const gateways = yield* gatewaysOf(previous?.gateways, store);
      const places = yield* placesOf(previous?.places, gateways.gateways.output, store);
      const grants = yield* grantsByNamespace(previous?.grants, store.objects.ReferenceGrant);
      const authorities = yield* authoritiesEach(previous?.authorities, store.objects.ConfigMap);
      const securities = yield* securityEach(previous?.securities, gateways.gateways.output, {
        authorities: authorities.output,
        grants: grants.output,
        secrets: store.objects.Secret,
        faults: store.problems,
      });
      const parents = yield* parentGraph(previous?.parents, store, {
        gateways: gateways.gateways.output,
        places: placeOfEach(places),
        securities: securities.output,
        grants: grants.output,
      });
      const wishes = yield* portWishes(previous?.wishes, parents.all.output);
      const { ports } = wishes;
      return { gateways, places, grants, authorities, securities, parents, wishes, ports };
    },
    *serverNames(previous, _, { parents, wishes }, owners) {
      const standings = yield* standingEach(previous?.standings, wishes.claims.output, { owners });
      const names = yield* nameOwners(previous?.names, parents.all.output);
      const settled = yield* settledEach(previous?.settled, parents.all.output, {
        first: wishes.first.output,
        owners: names.owners.output,
        within: names.within.output,
        standings: standings.output,
      });
      const listeners = yield* listenersEach(previous?.listeners, settled.output);
      const served = yield* servedNames(previous?.served, settled.output);
      const { cleartext, serverNames } = served;
      return { standings, names, settled, listeners, served, cleartext, serverNames };
    },
    *contribution(previous, store, ports, { settled, listeners }, settlement) {
      return yield* contributionOf(previous, store, {
        gateways: ports.gateways,
        places: placeOfEach(ports.places),
        sets: ports.parents.sets.output,
        securities: ports.securities.output,
        grants: ports.grants,
        authorities: ports.authorities.output,
        settled: settled.output,
        listeners: listeners.output,
        layouts: settlement.layouts,
        serverNames: settlement.serverNames,
      });
    },
  };
};

/** A ReferenceGrant, or what else the language reads, means nothing without an object that refers to it. */
const isSpoken = ({ objects }: SyncedStore): boolean =>
  [
    objects.GatewayClass,
    objects.Gateway,
    objects.ListenerSet,
    objects.HTTPRoute,
    objects.GRPCRoute,
    objects.BackendTLSPolicy,
  ].some(({ size }) => size > 0);

const listenersEach = mapEach((parent: SettledParent, _: ObjectRef) => listenersOf(parent));

const ofNothing = saidOfNothing(spoken({}));
