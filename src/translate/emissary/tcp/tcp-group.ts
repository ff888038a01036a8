import { values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { FilterChainKey, Tcp, WeightedCluster } from '../../../ir/filter-chain.ts';
import { namespaceOf, type ObjectKey } from '../../../ir/object-ref.ts';
import type { ServerNames } from '../../../ir/server-name.ts';
import type { Problem } from '../../../problem/problem.ts';
import { bySeniority, seniority } from '../../contribution/seniority.ts';
import { trustedNamespaces } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { foreignMembers } from '../route/foreign-members.ts';
import { partsOf } from '../route/weights.ts';
import type { CompiledTcpMapping, TcpAddress } from './compile-tcp-mapping.ts';

/** The TCPMappings that share the connections of an address, or of a server name there. */
export interface TcpGroup {
  readonly address: TcpAddress;
  readonly host?: ServerNames;
  /** The oldest first. */
  readonly members: readonly [CompiledTcpMapping, ...CompiledTcpMapping[]];
  readonly backends: readonly WeightedCluster[];
  readonly idleTimeout?: number;
  readonly problems: readonly Problem[];
}

/**
 * Shares connections among TCPMappings by their weights. The cluster of each has its own settings; the idle
 * time-out is that of the oldest that has one. With isolation they are those of one namespace, of which the oldest
 * is, and of trusted ones.
 */
export const tcpGroup = (options: TranslateOptions) => {
  const trusted = trustedNamespaces(options);
  return (
    found: Collection<ObjectKey, CompiledTcpMapping>,
    _: FilterChainKey,
  ): TcpGroup | undefined => {
    const all = [...values(found)].sort(bySeniority);
    const [oldest] = all;
    if (oldest?.address === undefined) return undefined;
    const mayJoin = ({ key }: CompiledTcpMapping): boolean =>
      options.isolation !== true ||
      [namespaceOf(oldest.key), ...trusted].includes(namespaceOf(key));
    const others = all.filter((one) => one !== oldest && mayJoin(one));
    const members = [oldest, ...others] as const;
    const timing = members.find(({ idleTimeout }) => idleTimeout !== undefined);
    const { parts, problems } = partsOf(members.filter(({ cluster }) => cluster !== undefined));
    return definedOnly<TcpGroup>({
      address: oldest.address,
      host: oldest.host,
      members,
      backends: weightedClusters(parts),
      idleTimeout: timing?.idleTimeout,
      problems: [
        ...all
          .filter((one) => !mayJoin(one))
          .map((one) => conflict(one, oldest, 'spec.port', wants)),
        ...members
          .filter(({ idleTimeout }) => idleTimeout !== timing?.idleTimeout)
          .map((one) => conflict(one, timing ?? oldest, 'spec.idle_timeout_ms', times)),
        ...foreignMembers(members, 'connections'),
        ...problems,
      ],
    });
  };
};

/** Where the connections of a group go. */
export const passedOn = (
  { backends, idleTimeout }: Pick<TcpGroup, 'backends' | 'idleTimeout'>,
  statPrefix: string,
): Tcp => definedOnly<Tcp>({ _tag: 'Tcp', statPrefix, backends, idleTimeout });

const wants = 'the same connections are for a TCPMapping of another namespace';
const times = 'they share connections, which have one idle time-out';

const conflict = (
  one: CompiledTcpMapping,
  other: CompiledTcpMapping,
  field: string,
  what: string,
): Problem => ({
  _tag: 'Conflict',
  object: one.ref,
  field,
  other: other.ref,
  reason: `${what}, and the other ${seniority(other, one)}`,
});

/** Weights are whole numbers; the parts of those without a weight are a rest by their number. */
const weightedClusters = (
  parts: readonly { readonly member: CompiledTcpMapping; readonly part: number }[],
): readonly WeightedCluster[] => {
  const sharing = parts.filter(({ member }) => member.weight === undefined).length || 1;
  return parts.flatMap(({ member: { cluster }, part }) =>
    cluster === undefined ? [] : [{ cluster: cluster.name, weight: Math.round(part * sharing) }],
  );
};
