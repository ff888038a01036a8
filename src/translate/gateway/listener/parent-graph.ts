import { values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { ListenerEntry } from '../../../kube/gateway/listener-entry.ts';
import type { ListenerSet } from '../../../kube/gateway/listener-set.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import type { Place } from '../address/place.ts';
import type { OurGateway, OurGateways } from '../class/our-gateways.ts';
import { compileEntry } from './compile-entry.ts';
import type { CompiledParent, Rank } from './compiled-parent.ts';
import { listenerSetEach, type OurListenerSet, type ParentTables } from './our-listener-sets.ts';

/** From Gateways and the ListenerSets that they take to listeners. */
export interface ParentGraph {
  readonly sets: Joined<ObjectKey, ListenerSet, ParentTables, OurListenerSet>;
  readonly ofGateways: Joined<ObjectKey, OurGateway, EntryTables, CompiledParent>;
  readonly ofSets: Joined<ObjectKey, OurListenerSet, EntryTables, CompiledParent>;
  readonly gatewaysByRef: Grouped<ObjectKey, CompiledParent, ObjectRef, CompiledParent>;
  readonly setsByRef: Grouped<ObjectKey, CompiledParent, ObjectRef, CompiledParent>;
  readonly byRef: United<ObjectRef, Collection<ObjectKey, CompiledParent>>;
  readonly all: Mapped<ObjectRef, Collection<ObjectKey, CompiledParent>, CompiledParent>;
}

/** What listeners are compiled with. */
interface EntryTables {
  readonly places: Place;
}

/** The Gateways of ours, and where they are. */
interface Placed {
  readonly gateways: OurGateways;
  readonly places: Collection<ObjectKey, Place>;
}

/** Compiles the listeners of our Gateways, and of the ListenerSets that count for them. */
export function* parentGraph(
  previous: ParentGraph | undefined,
  { objects }: SyncedStore,
  { gateways, places }: Placed,
): Work<ParentGraph> {
  const sets = yield* listenerSetEach(previous?.sets, objects.ListenerSet, {
    gateways,
    namespaces: objects.Namespace,
  });
  const tables = { places };
  const ofGateways = yield* gatewayEach(previous?.ofGateways, gateways, tables);
  const ofSets = yield* setEach(previous?.ofSets, sets.output, tables);
  const gatewaysByRef = yield* refEach(previous?.gatewaysByRef, ofGateways.output);
  const setsByRef = yield* refEach(previous?.setsByRef, ofSets.output);
  const byRef = yield* union(previous?.byRef, gatewaysByRef.output, setsByRef.output);
  const all = yield* onlyEach(previous?.all, byRef.output);
  return { sets, ofGateways, ofSets, gatewaysByRef, setsByRef, byRef, all };
}

const gatewayEach = joinEach((ours: OurGateway, key: ObjectKey, read: Read<EntryTables>) =>
  compile(ours, key, { gateway: claimant(ours) }, ours.gateway.spec.listeners, read),
);

const setEach = joinEach((ours: OurListenerSet, _: ObjectKey, read: Read<EntryTables>) => {
  const { parent, refusal, set } = ours;
  if (refusal !== undefined) return undefined;
  const rank = { gateway: claimant(parent), set: claimant(ours) };
  return compile(ours, parent.key, rank, set.spec.listeners, read);
});

const compile = (
  owner: Claimant,
  gateway: ObjectKey,
  rank: Rank,
  entries: readonly ListenerEntry[],
  read: Read<EntryTables>,
): CompiledParent => {
  const place = read('places', gateway);
  return {
    ...claimant(owner),
    gateway,
    rank,
    entries: entries.map((entry, at) => compileEntry(owner.ref, entry, at, place)),
  };
};

const claimant = ({ ref, created }: Claimant): Claimant => definedOnly<Claimant>({ ref, created });

const refEach = groupBy((parent: CompiledParent, _: ObjectKey) => [[parent.ref, parent] as const]);

/** A reference names one object. */
const onlyEach = mapEach((parents: Collection<ObjectKey, CompiledParent>, _: ObjectRef) => {
  const [only] = values(parents);
  return only;
});
