import { joinEach } from '../../../collection/operator/join-each.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { PortClaim } from '../../contribution/contribution.ts';

/** Whether an address that is claimed for listeners is theirs. */
export interface PortStanding {
  /** Whether they have it, be it alone or together with another language. */
  readonly isOpen: boolean;
  /** Who has it instead, where it is known. */
  readonly other?: ObjectRef;
}

/** Who has each address. */
export interface OwnerTables {
  readonly owners: PortClaim;
}

/** Looks who has each address that is claimed; all that listeners claim on one is claimed together. */
export const standingEach = joinEach<ListenerName, PortClaim, OwnerTables, PortStanding>(
  ({ listener: { from } }, name, read) => {
    const owner = read('owners', name);
    if (owner === undefined) return { isOpen: false };
    const [own] = from;
    if (own !== undefined && owner.listener.from.includes(own)) return { isOpen: true };
    const [other] = owner.listener.from;
    return other === undefined ? { isOpen: false } : { isOpen: false, other };
  },
);
