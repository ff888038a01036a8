import { entries, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { Listener as IrListener, ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Listener } from '../../../kube/emissary/listener.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { isForInstallation } from '../ambassador-id.ts';
import {
  compileListener,
  type CompiledListener,
  type ListenerBinding,
} from './listener-binding.ts';

/** The Listener that has an address, and what is wrong with others that want it. */
export interface Settled {
  readonly listener: IrListener;
  readonly binding: ListenerBinding;
  readonly problems: readonly Problem[];
}

type Candidate = Pick<Settled, 'listener' | 'binding'> & { readonly ref: ObjectRef };

/** From Listener objects to what Hosts can bind to. */
export interface ListenerGraph {
  readonly compiled: Mapped<ObjectKey, Listener, CompiledListener>;
  readonly byName: Grouped<ObjectKey, CompiledListener, ListenerName, Candidate>;
  readonly settled: Mapped<ListenerName, Collection<ObjectKey, Candidate>, Settled>;
  /** All of them under the one key `all`. */
  readonly bindings: Grouped<ListenerName, Settled, 'all', ListenerBinding>;
}

/** Compiles our Listeners and settles who has which port. */
export const listenerGraph = ({ ambassadorId, tlsLayout }: TranslateOptions) => {
  const compile = mapEach((listener: Listener, key: ObjectKey) =>
    isForInstallation(listener.spec.ambassador_id, ambassadorId)
      ? compileListener(listener, key, tlsLayout)
      : undefined,
  );
  return function* (
    previous: ListenerGraph | undefined,
    { objects }: SyncedStore,
  ): Work<ListenerGraph> {
    const compiled = yield* compile(previous?.compiled, objects.Listener);
    const byName = yield* groupByName(previous?.byName, compiled.output);
    const settled = yield* settleEach(previous?.settled, byName.output);
    return {
      compiled,
      byName,
      settled,
      bindings: yield* bindingsOf(previous?.bindings, settled.output),
    };
  };
};

const groupByName = groupBy(({ open, ref }: CompiledListener, _: ObjectKey) =>
  open === undefined ? [] : [[open.listener.name, { ...open, ref }] as const],
);

/** Two Listeners on one port: the one with the lesser key has it. */
const settleEach = mapEach(
  (group: Collection<ObjectKey, Candidate>, _: ListenerName): Settled | undefined => {
    const [winner, ...losers] = [...entries(group)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, candidate]) => candidate);
    if (winner === undefined) return undefined;
    return {
      listener: winner.listener,
      binding: winner.binding,
      problems: losers.map(({ ref, listener }) => ({
        _tag: 'Conflict',
        object: ref,
        field: 'spec.port',
        other: winner.ref,
        reason: `port ${listener.port} is claimed by two Listeners`,
      })),
    };
  },
);

const bindingsOf = groupBy(({ binding }: Settled, _: ListenerName) => [['all', binding] as const]);
