import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterChainKey } from '../../../ir/filter-chain.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { ServedName, ServerNames } from '../../../ir/server-name.ts';
import type { ServerNameClaims } from '../../contribution/contribution.ts';
import { listenerOf, tlsChainKey } from '../../contribution/table-names.ts';
import { asksForTls, refusesTls, type AttachedHost } from './attachment.ts';

/** From attached Hosts to what they serve on each Listener, in cleartext and over TLS. */
export interface ServedNames extends ServerNameClaims {
  readonly byListener: Grouped<ObjectKey, AttachedHost, ListenerName, true>;
  readonly byServerName: Grouped<ObjectKey, AttachedHost, FilterChainKey, AttachedHost>;
  readonly served: Mapped<FilterChainKey, Collection<ObjectKey, AttachedHost>, ServedName>;
}

/**
 * Says what the Hosts serve for each server name, which no two of them have on one Listener. Every
 * Host answers in cleartext too.
 */
export function* servedNames(
  previous: ServedNames | undefined,
  hosts: Collection<ObjectKey, AttachedHost>,
): Work<ServedNames> {
  const byListener = yield* takersOf(previous?.byListener, hosts);
  const byServerName = yield* askedFor(previous?.byServerName, hosts);
  const served = yield* serveEach(previous?.served, byServerName.output);
  return {
    byListener,
    byServerName,
    served,
    cleartext: byListener.output,
    serverNames: served.output,
  };
}

/** Over QUIC nothing is served without TLS. */
const takersOf = groupBy((host: AttachedHost, _: ObjectKey) =>
  host.listeners
    .filter((binding) => binding.quic !== true || asksForTls(host, binding))
    .map(({ name }) => [name, true as const] as const),
);

const askedFor = groupBy((host: AttachedHost, _: ObjectKey) =>
  host.listeners
    .filter((binding) => asksForTls(host, binding))
    .map(({ name }) => [tlsChainKey(name, host.hostname), host] as const),
);

const serveEach = mapEach(
  (hosts: Collection<ObjectKey, AttachedHost>, key: FilterChainKey): ServedName | undefined => {
    const [only] = values(hosts);
    if (only === undefined) return undefined;
    const { hostname, certificate, ref, listeners } = only;
    const { context } = certificate;
    const name = listenerOf(key);
    const isRefused = listeners.some((one) => one.name === name && refusesTls(only, one));
    return servedBy(
      isRefused ? refused : only,
      hostname,
      context === undefined ? [ref] : [ref, context],
    );
  },
);

const refused: Pick<AttachedHost, 'certificate'> = { certificate: { refuse: true } };

/** What is served for these names as a Host asks for it over TLS. */
export const servedBy = (
  { certificate: { secret, settings } }: Pick<AttachedHost, 'certificate'>,
  names: ServerNames,
  from: readonly ObjectRef[],
): Exclude<ServedName, { readonly _tag: 'PassThrough' }> => {
  if (secret === undefined) return { _tag: 'Refuse', names, from };
  const terminate = { _tag: 'Terminate', names, certificates: [secret], from } as const;
  return settings === undefined ? terminate : { ...terminate, settings };
};
