import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { showRef, type ObjectKey } from '../../../ir/object-ref.ts';
import { lineOfOwn } from '../../../problem/show-problem.ts';
import type { PortClaim, Ports } from '../../contribution/contribution.ts';
import type { CompiledListener, HostBinding, ListenerBinding } from './listener-binding.ts';

/** The Listeners that have their port, which Hosts can bind to. */
export interface BindingGraph {
  readonly owned: Joined<ObjectKey, CompiledListener, OwnerTables, ListenerBinding>;
  /** All of them under the one key `all`. */
  readonly all: Grouped<ObjectKey, ListenerBinding, 'all', ListenerBinding>;
  /** The others. */
  readonly unopened: Joined<ObjectKey, CompiledListener, OwnerTables, UnopenedListener>;
  readonly allUnopened: Grouped<ObjectKey, UnopenedListener, 'all', UnopenedListener>;
}

/** A Listener that has no port, which Hosts would bind to. */
export interface UnopenedListener extends HostBinding {
  /** Why it is not open, to be read after its name. */
  readonly reason: string;
}

interface OwnerTables {
  readonly owners: PortClaim;
}

/** Finds the Listeners that got the port they want, and why others did not. */
export function* bindingGraph(
  previous: BindingGraph | undefined,
  compiled: Collection<ObjectKey, CompiledListener>,
  owners: Ports,
): Work<BindingGraph> {
  const owned = yield* ownedEach(previous?.owned, compiled, { owners });
  const all = yield* bindingsOf(previous?.all, owned.output);
  const unopened = yield* unopenedEach(previous?.unopened, compiled, { owners });
  const allUnopened = yield* unopenedOf(previous?.allUnopened, unopened.output);
  return { owned, all, unopened, allUnopened };
}

const ownedEach = joinEach<ObjectKey, CompiledListener, OwnerTables, ListenerBinding>(
  ({ open, ref }, _, read) =>
    open !== undefined && read('owners', open.binding.name)?.listener.from.includes(ref) === true
      ? open.binding
      : undefined,
);

const unopenedEach = joinEach<ObjectKey, CompiledListener, OwnerTables, UnopenedListener>(
  ({ open, ref, takes, problems }, _, read) => {
    const [fault] = problems;
    if (open === undefined)
      return fault && { ...takes, reason: `is not open: ${lineOfOwn(fault)}` };
    const owner = read('owners', open.binding.name)?.listener;
    if (owner?.from.includes(ref) === true) return undefined;
    const { port } = open.claim.listener;
    const [winner] = owner?.from ?? [];
    const who = winner === undefined ? 'another object' : showRef(winner);
    return { ...takes, reason: `is not open: ${who} has port ${port}` };
  },
);

const unopenedOf = groupBy((one: UnopenedListener, _: ObjectKey) => [['all', one] as const]);

const bindingsOf = groupBy((binding: ListenerBinding, _: ObjectKey) => [['all', binding] as const]);
