import { values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { mapGiven, type MappedGiven } from '../../../collection/operator/map-given.ts';
import type { Work } from '../../../collection/work.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { Listener } from '../../../kube/emissary/listener.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { PortClaim, PortClaims } from '../../contribution/contribution.ts';
import { seniority, type Claimant } from '../../contribution/seniority.ts';
import { settledByAge, type SettledByAge } from '../../contribution/settled-by-age.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { listenerSettings, type ListenerSettings } from '../module/listener-settings.ts';
import type { ModuleSettings } from '../module/module-settings.ts';
import { compileListener, type CompiledListener } from './listener-binding.ts';

/** From Listener objects to the addresses they want. */
export interface ListenerGraph extends PortClaims {
  /** What all of them have in common. */
  readonly settings: ListenerSettings;
  readonly compiled: MappedGiven<ObjectKey, Listener, ListenerSettings, CompiledListener>;
  readonly byName: Grouped<ObjectKey, CompiledListener, ListenerName, Candidate>;
  readonly settled: Mapped<ListenerName, Collection<ObjectKey, Candidate>, SettledPort>;
  readonly claims: Mapped<ListenerName, SettledPort, PortClaim>;
}

/** A Listener that wants an address. */
interface Candidate extends Claimant {
  readonly claim: PortClaim;
}

/** The Listener that has an address. */
type SettledPort = SettledByAge<Candidate>;

/** Compiles our Listeners and settles which of them wants which port. */
export const listenerGraph = ({ ambassadorId, tlsLayout, accessLog }: TranslateOptions) => {
  const compileEach = mapGiven((listener: Listener, key: ObjectKey, settings: ListenerSettings) =>
    isForInstallation(listener.spec.ambassador_id, ambassadorId)
      ? compileListener(listener, key, tlsLayout, settings)
      : undefined,
  );
  return function* (
    previous: ListenerGraph | undefined,
    { objects }: SyncedStore,
    module: ModuleSettings,
  ): Work<ListenerGraph> {
    const settings = listenerSettings(module, accessLog);
    const compiled = yield* compileEach(previous?.compiled, objects.Listener, settings);
    const byName = yield* groupByName(previous?.byName, compiled.output);
    const settled = yield* settleEach(previous?.settled, byName.output);
    const claims = yield* claimEach(previous?.claims, settled.output);
    return { settings, compiled, byName, settled, claims, ports: claims.output };
  };
};

const groupByName = groupBy(({ open, ref }: CompiledListener, _: ObjectKey) =>
  open === undefined ? [] : [[open.claim.listener.name, candidate(ref, open.claim)] as const],
);

const candidate = (ref: ObjectRef, claim: PortClaim): Candidate =>
  definedOnly<Candidate>({ ref, claim, created: claim.created });

/** Of Listeners that want one port the oldest has it. */
const settleEach = mapEach((group: Collection<ObjectKey, Candidate>, _: ListenerName) =>
  settledByAge(values(group), (winner, loser) => ({
    field: loser.claim.field,
    reason: `port ${winner.claim.listener.port} is claimed by another Listener, which ${seniority(winner, loser)}`,
  })),
);

const claimEach = mapEach(({ winner }: SettledPort, _: ListenerName) => winner.claim);
