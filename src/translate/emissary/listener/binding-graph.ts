import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { PortClaim, Ports } from '../../contribution/contribution.ts';
import type { CompiledListener, ListenerBinding } from './listener-binding.ts';

/** The Listeners that have their port, which Hosts can bind to. */
export interface BindingGraph {
  readonly owned: Joined<ObjectKey, CompiledListener, OwnerTables, ListenerBinding>;
  /** All of them under the one key `all`. */
  readonly all: Grouped<ObjectKey, ListenerBinding, 'all', ListenerBinding>;
}

interface OwnerTables {
  readonly owners: PortClaim;
}

/** Finds the Listeners that got the port they want. */
export function* bindingGraph(
  previous: BindingGraph | undefined,
  compiled: Collection<ObjectKey, CompiledListener>,
  owners: Ports,
): Work<BindingGraph> {
  const owned = yield* ownedEach(previous?.owned, compiled, { owners });
  return { owned, all: yield* bindingsOf(previous?.all, owned.output) };
}

const ownedEach = joinEach<ObjectKey, CompiledListener, OwnerTables, ListenerBinding>(
  ({ open, ref }, _, read) =>
    open !== undefined && read('owners', open.binding.name)?.listener.from.includes(ref) === true
      ? open.binding
      : undefined,
);

const bindingsOf = groupBy((binding: ListenerBinding, _: ObjectKey) => [['all', binding] as const]);
