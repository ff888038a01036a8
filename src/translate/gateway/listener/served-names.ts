import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterChainKey } from '../../../ir/filter-chain.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ServedName } from '../../../ir/server-name.ts';
import type { ServerNameClaims } from '../../contribution/contribution.ts';
import { tlsChainKey } from '../../contribution/table-names.ts';
import type { SettledEntry, SettledParent } from './settle-parent.ts';

/** What listeners serve on each address, in cleartext and over TLS. */
export interface ServedNames extends ServerNameClaims {
  readonly inCleartext: Grouped<ObjectRef, SettledParent, ListenerName, true>;
  readonly byServerName: Grouped<ObjectRef, SettledParent, FilterChainKey, ServedName>;
  readonly served: Mapped<FilterChainKey, Collection<ObjectRef, ServedName>, ServedName>;
}

/** Says what listeners serve; no two of them have one hostname on an address. */
export function* servedNames(
  previous: ServedNames | undefined,
  settled: Collection<ObjectRef, SettledParent>,
): Work<ServedNames> {
  const inCleartext = yield* cleartextOf(previous?.inCleartext, settled);
  const byServerName = yield* askedFor(previous?.byServerName, settled);
  const served = yield* onlyEach(previous?.served, byServerName.output);
  return {
    inCleartext,
    byServerName,
    served,
    cleartext: inCleartext.output,
    serverNames: served.output,
  };
}

const cleartextOf = groupBy(({ entries }: SettledParent, _: ObjectRef) =>
  entries
    .filter(({ protocol, unserved }) => protocol === 'HTTP' && unserved === undefined)
    .flatMap(({ addresses }) => addresses.map(({ name }) => [name, true as const] as const)),
);

const askedFor = groupBy(({ entries }: SettledParent, ref: ObjectRef) =>
  entries.flatMap((entry) => {
    const served = servedName(entry, ref);
    return served === undefined
      ? []
      : entry.addresses.map(({ name }) => [tlsChainKey(name, served.names), served] as const);
  }),
);

const onlyEach = mapEach((all: Collection<ObjectRef, ServedName>, _: FilterChainKey) => {
  const [only] = values(all);
  return only;
});

const servedName = (
  { handshakes, hostname: names, certificates: [first, ...others], clients }: SettledEntry,
  ref: ObjectRef,
): ServedName | undefined => {
  if (handshakes === undefined) return undefined;
  const from = [ref];
  if (handshakes === 'Refuse' || first === undefined) return { _tag: 'Refuse', names, from };
  return {
    _tag: 'Terminate',
    names,
    certificates: [first, ...others],
    ...(clients !== undefined && { settings: { clients } }),
    from,
  };
};
