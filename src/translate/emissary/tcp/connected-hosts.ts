import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterChainKey } from '../../../ir/filter-chain.ts';
import { refParts, type ObjectKey } from '../../../ir/object-ref.ts';
import type { AttachedHost } from '../host/attachment.ts';
import type { SettledTcp } from './tcp-names.ts';

/** The Hosts, those that TCPMappings use as well as those that Listeners take. */
export interface ConnectedHosts {
  readonly ends: Grouped<FilterChainKey, SettledTcp, ObjectKey, true>;
  readonly connected: Joined<ObjectKey, unknown, { hosts: AttachedHost }, AttachedHost>;
  readonly hosts: United<ObjectKey, AttachedHost>;
}

/** Marks the Hosts where TLS of TCPMappings ends: they have an effect, though no Listener may take them. */
export function* connectedHosts(
  previous: ConnectedHosts | undefined,
  settled: Collection<FilterChainKey, SettledTcp>,
  hosts: Collection<ObjectKey, AttachedHost>,
): Work<ConnectedHosts> {
  const ends = yield* endsOf(previous?.ends, settled);
  const connected = yield* connectedEach(previous?.connected, ends.output, { hosts });
  const all = yield* union(previous?.hosts, connected.output, hosts);
  return { ends, connected, hosts: all };
}

const endsOf = groupBy(({ end }: SettledTcp, _: FilterChainKey) => {
  if (end === undefined) return [];
  const [kind, key] = refParts(end);
  return kind === 'Host' ? [[key, true as const] as const] : [];
});

const connectedEach = joinEach(
  (_: unknown, key: ObjectKey, read: Read<{ hosts: AttachedHost }>): AttachedHost | undefined => {
    const host = read('hosts', key);
    return (
      host && {
        ...host,
        hasConnections: true,
        problems: host.problems.filter(({ _tag }) => _tag !== 'NotAttached'),
      }
    );
  },
);
