import type { Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import { showRef, type ObjectKey } from '../../../ir/object-ref.ts';
import { lineOfOwn } from '../../../problem/show-problem.ts';
import type { PortClaim, Ports } from '../../contribution/contribution.ts';
import type { CompiledListener, HostBinding, ListenerBinding } from './listener-binding.ts';

/** The Listeners that Hosts can bind to, and those that they would bind to. */
export interface BindingGraph {
  /** Those that have their port. */
  readonly owned: Joined<ObjectKey, CompiledListener, OwnerTables, ListenerBinding>;
  /** The others. */
  readonly unopened: Joined<ObjectKey, CompiledListener, OwnerTables, UnopenedListener>;
  readonly either: United<ObjectKey, AnyListener>;
  /** All of them under the one key `all`. */
  readonly all: Grouped<ObjectKey, AnyListener, 'all', AnyListener>;
}

/** A Listener that has its port, or not. */
export type AnyListener = ListenerBinding | UnopenedListener;

/** Whether a Listener has its port. */
export const isOpen = (one: AnyListener): one is ListenerBinding => !('reason' in one);

/** A Listener that has no port, which Hosts would bind to. */
export interface UnopenedListener extends HostBinding {
  /** Why it is not open, to be read after its name. */
  readonly reason: string;
  /** What another object has opened on its port. */
  readonly lost?: ListenerName;
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
  const unopened = yield* unopenedEach(previous?.unopened, compiled, { owners });
  const either = yield* union<ObjectKey, AnyListener>(
    previous?.either,
    owned.output,
    unopened.output,
  );
  const all = yield* allOf(previous?.all, either.output);
  return { owned, unopened, either, all };
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
    const { name } = open.binding;
    const owner = read('owners', name)?.listener;
    if (owner?.from.includes(ref) === true) return undefined;
    const { port } = open.claim.listener;
    const [winner] = owner?.from ?? [];
    const who = winner === undefined ? 'another object' : showRef(winner);
    return { ...takes, reason: `is not open: ${who} has port ${port}`, lost: name };
  },
);

/** One for connections takes no Host. */
const allOf = groupBy((one: AnyListener, _: ObjectKey) => [
  ['all', isOpen(one) && one.forConnections === true ? withoutRequests(one) : one] as const,
]);

const withoutRequests = ({ ref, namespace, from, selector }: HostBinding): UnopenedListener =>
  definedOnly<UnopenedListener>({
    ...{ ref, namespace, from, selector },
    reason: 'carries connections and no HTTP',
  });
