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
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import type { Place } from '../address/place.ts';
import type { OurGateway, OurGateways } from '../class/our-gateways.ts';
import type { GatewaySecurity } from '../certificate/gateway-security.ts';
import type { NamespaceGrants } from '../../grants.ts';
import { compileEntry, type EntryTables } from './compile-entry.ts';
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

/** What has been found out of our Gateways already. */
interface KnownGateways {
  readonly gateways: OurGateways;
  readonly places: Collection<ObjectKey, Place>;
  readonly securities: Collection<ObjectKey, GatewaySecurity>;
  readonly grants: Collection<string, NamespaceGrants>;
}

/** Compiles the listeners of our Gateways, and of the ListenerSets that count for them. */
export function* parentGraph(
  previous: ParentGraph | undefined,
  { objects, problems }: SyncedStore,
  { gateways, ...known }: KnownGateways,
): Work<ParentGraph> {
  const sets = yield* listenerSetEach(previous?.sets, objects.ListenerSet, {
    gateways,
    namespaces: objects.Namespace,
  });
  const tables = { ...known, secrets: objects.Secret, faults: problems };
  const ofGateways = yield* gatewayEach(previous?.ofGateways, gateways, tables);
  const ofSets = yield* setEach(previous?.ofSets, sets.output, tables);
  const gatewaysByRef = yield* refEach(previous?.gatewaysByRef, ofGateways.output);
  const setsByRef = yield* refEach(previous?.setsByRef, ofSets.output);
  const byRef = yield* union(previous?.byRef, gatewaysByRef.output, setsByRef.output);
  const all = yield* onlyEach(previous?.all, byRef.output);
  return { sets, ofGateways, ofSets, gatewaysByRef, setsByRef, byRef, all };
}

const gatewayEach = joinEach((ours: OurGateway, key: ObjectKey, read: Read<EntryTables>) => {
  const { metadata, spec } = ours.gateway;
  const rank = { gateway: claimant(ours) };
  return compile(ours, 'Gateway', metadata.namespace, key, rank, spec.listeners, read);
});

const setEach = joinEach((ours: OurListenerSet, _: ObjectKey, read: Read<EntryTables>) => {
  const { parent, refusal, set } = ours;
  if (refusal !== undefined) return undefined;
  const { metadata, spec } = set;
  const rank = { gateway: claimant(parent), set: claimant(ours) };
  return compile(ours, 'ListenerSet', metadata.namespace, parent.key, rank, spec.listeners, read);
});

const compile = (
  owner: Claimant,
  kind: 'Gateway' | 'ListenerSet',
  namespace: string,
  gateway: ObjectKey,
  rank: Rank,
  entries: readonly ListenerEntry[],
  read: Read<EntryTables>,
): CompiledParent => {
  const from = { group: gatewayGroup, kind, namespace };
  return definedOnly<CompiledParent>({
    ref: owner.ref,
    created: owner.created,
    gateway,
    rank,
    backendCertificate: read('securities', gateway)?.backend,
    entries: entries.map((entry, at) =>
      compileEntry({ ref: owner.ref, from, gateway }, entry, at, read),
    ),
  });
};

const claimant = ({ ref, created }: Claimant): Claimant => definedOnly<Claimant>({ ref, created });

const refEach = groupBy((parent: CompiledParent, _: ObjectKey) => [[parent.ref, parent] as const]);

/** A reference names one object. */
const onlyEach = mapEach((parents: Collection<ObjectKey, CompiledParent>, _: ObjectRef) => {
  const [only] = values(parents);
  return only;
});
