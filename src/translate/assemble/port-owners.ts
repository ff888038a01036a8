import { unionOf, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { PortClaim, Ports } from '../contribution/contribution.ts';
import { byAge } from '../contribution/seniority.ts';
import { contested, type Contested } from './contested.ts';

/** Who has each address. */
export interface PortOwners {
  readonly ports: UnitedAll<ListenerName, PortClaim>;
  readonly conflicts: Contested<ListenerName, PortClaim>;
}

/** Settles who has an address that several languages claim: the oldest, of one age the first of them. */
export function* portOwners(
  previous: PortOwners | undefined,
  claims: readonly Ports[],
): Work<PortOwners> {
  const ports = yield* unionOf(previous?.ports, claims, oldest);
  return { ports, conflicts: yield* conflictsOf(previous?.conflicts, ports.unions) };
}

const oldest = (left: PortClaim, right: PortClaim): PortClaim =>
  byAge(left, right) > 0 ? right : left;

const conflictsOf = contested<ListenerName, PortClaim>({
  objects: ({ listener }) => listener.from,
  field: ({ field }) => field,
  reason: ({ listener }) =>
    `${listener.transport === 'udp' ? 'UDP port' : 'port'} ${listener.port} is claimed by both`,
  winner: oldest,
});
