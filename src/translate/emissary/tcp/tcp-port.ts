import { values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { FilterChainKey } from '../../../ir/filter-chain.ts';
import type { Listener } from '../../../ir/listener.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { PortClaim } from '../../contribution/contribution.ts';
import { bySeniority } from '../../contribution/seniority.ts';
import { connectionsPrefix, noConnections } from '../listener/listener-binding.ts';
import type { ListenerSettings } from '../module/listener-settings.ts';
import { passedOn, type TcpGroup } from './tcp-group.ts';

/** The groups of TCPMappings that are for one address: one for each server name, and one for all others. */
export type TcpGroups = Collection<FilterChainKey, TcpGroup>;

/** The claim of a Listener for connections, with those of the TCPMappings that are for its address. */
export const withConnections = (claim: PortClaim, groups: TcpGroups | undefined): PortClaim => ({
  ...claim,
  bare: bareOf(groups === undefined ? [] : [...values(groups)], claim.http.statPrefix),
});

/** The claim to an address that no Listener is for, by its TCPMappings; what a Module says of all counts there too. */
export const ownClaim = (
  groups: TcpGroups,
  { bufferLimit, accessLog }: ListenerSettings,
): PortClaim | undefined => {
  const all = [...values(groups)];
  const [first] = all;
  if (first === undefined) return undefined;
  const { address } = first;
  const members = all.flatMap((group) => group.members).sort(bySeniority);
  const tls = all.some(({ host }) => host !== undefined);
  const statPrefix = connectionsPrefix(address.port, tls);
  return definedOnly<PortClaim>({
    field: 'spec.port',
    created: members[0]?.created,
    listener: definedOnly<Listener>({
      ...address,
      transport: 'tcp',
      tlsInspector: tls,
      proxyProtocol: false,
      bufferLimit,
      accessLog,
      from: members.map(({ ref }) => ref),
    }),
    http: { statPrefix, trustedHops: 0 },
    bare: bareOf(all, statPrefix),
  });
};

/** Tells TCPMappings that their port is for requests: the Listener has it, as in Emissary. */
export const shutOut = (
  groups: TcpGroups,
  listener: PortClaim | undefined,
): readonly Problem[] | undefined => {
  const [other] = listener?.listener.from ?? [];
  if (listener === undefined || listener.bare !== undefined || other === undefined)
    return undefined;
  const reason = `port ${listener.listener.port} carries HTTP there; expected protocol TCP or TLS, or no Listener`;
  return [...values(groups)].flatMap(({ members }) =>
    members.map(
      ({ ref: object }) =>
        ({
          ...{ _tag: 'Conflict', object, field: 'spec.port', other, reason },
        }) as const,
    ),
  );
};

const bareOf = (
  groups: readonly TcpGroup[],
  statPrefix: string,
): NonNullable<PortClaim['bare']> => {
  const nameless = groups.find(({ host }) => host === undefined);
  return nameless === undefined
    ? { carries: noConnections(statPrefix), from: [] }
    : {
        carries: passedOn(nameless, statPrefix),
        from: nameless.members.map(({ ref }) => ref),
      };
};
