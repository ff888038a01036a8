import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { KindOutcomes, ObjectOutcome } from '../../contribution/outcome.ts';
import type { Place } from '../address/place.ts';
import type { GatewaySecurity } from '../certificate/gateway-security.ts';
import type { OurClass } from '../class/compile-class.ts';
import type { OurGateway, OurGateways } from '../class/our-gateways.ts';
import type { OurListenerSet } from '../listener/our-listener-sets.ts';
import type { SettledParent } from '../listener/settle-parent.ts';
import { classReport } from './class-report.ts';
import type { AttachedRoutes, AttachmentTables } from './entry-report.ts';
import { gatewayReport, type GatewayTables } from './gateway-report.ts';
import { listenerSetReport, type ListenerSetOutcome } from './listener-set-report.ts';

/** What the owners of Gateways and ListenerSets are told. */
export interface ReportGraph {
  readonly sets: Joined<ObjectKey, OurListenerSet, AttachmentTables, ListenerSetOutcome>;
  readonly attachedSets: Grouped<ObjectKey, ListenerSetOutcome, ObjectKey, true>;
  readonly gateways: Joined<ObjectKey, OurGateway, GatewayTables, ObjectOutcome>;
}

/** What reports are made of. */
interface Reported {
  readonly gateways: OurGateways;
  readonly sets: Collection<ObjectKey, OurListenerSet>;
  readonly places: Collection<ObjectKey, Place>;
  readonly securities: Collection<ObjectKey, GatewaySecurity>;
  readonly settled: Collection<ObjectRef, SettledParent>;
  /** By `sectionKey`. */
  readonly attached: Collection<string, AttachedRoutes>;
}

/** Says what became of Gateways and ListenerSets. */
export function* reportGraph(
  previous: ReportGraph | undefined,
  { gateways, sets, attached, settled, places, securities }: Reported,
): Work<ReportGraph> {
  const ofSets = yield* setEach(previous?.sets, sets, { settled, attached });
  const attachedSets = yield* attachedOf(previous?.attachedSets, ofSets.output);
  const tables = { settled, attached, places, securities, sets: attachedSets.output };
  const ofGateways = yield* gatewayEach(previous?.gateways, gateways, tables);
  return { sets: ofSets, attachedSets, gateways: ofGateways };
}

/** What became of the objects of each kind. */
export const outcomesOf = (
  classes: Collection<ObjectKey, OurClass>,
  { gateways, sets }: ReportGraph,
): readonly KindOutcomes[] => [
  ofClasses(classes),
  ofGateways(gateways.output),
  ofSets(sets.output),
];

const setEach = joinEach(listenerSetReport);

const gatewayEach = joinEach(gatewayReport);

const attachedOf = groupBy(({ gateway, isAttached }: ListenerSetOutcome, _: ObjectKey) =>
  isAttached ? [[gateway, true as const] as const] : [],
);

const ofClasses = (entries: Collection<ObjectKey, OurClass>): KindOutcomes<OurClass> => ({
  kind: 'GatewayClass',
  entries,
  outcomeOf: classReport,
  parentsOf: () => [],
});

const ofGateways = (
  entries: Collection<ObjectKey, ObjectOutcome>,
): KindOutcomes<ObjectOutcome> => ({
  kind: 'Gateway',
  entries,
  outcomeOf: (outcome) => outcome,
  parentsOf: () => [],
});

const ofSets = (
  entries: Collection<ObjectKey, ListenerSetOutcome>,
): KindOutcomes<ListenerSetOutcome> => ({
  kind: 'ListenerSet',
  entries,
  outcomeOf: (outcome) => outcome,
  parentsOf: ({ gateway }) => [objectRef('Gateway', gateway)],
});
