import { joinEach } from '../../../collection/operator/join-each.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { PortClaim } from '../../contribution/contribution.ts';

/** Whether an address that is claimed for listeners is theirs. */
export interface PortStanding {
  /** Whether HTTP can be served there, be it on a listener of another language. */
  readonly isOpen: boolean;
  /** Who has it, where it is known. */
  readonly other?: ObjectRef;
}

/** Who has each address. */
export interface OwnerTables {
  readonly owners: PortClaim;
}

/**
 * Looks who has each address that is claimed. One that another language has is shared where it carries HTTP
 * and nothing else: the domains of both have a place in its table.
 */
export const standingEach = joinEach<ListenerName, PortClaim, OwnerTables, PortStanding>(
  ({ listener: { from } }, name, read) => {
    const owner = read('owners', name);
    if (owner === undefined) return { isOpen: false };
    const [first] = owner.listener.from;
    if (first === undefined || from.includes(first)) return { isOpen: true };
    const isShared = owner.bare === undefined && !owner.listener.proxyProtocol;
    return { isOpen: isShared, other: first };
  },
);
