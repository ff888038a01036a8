import { empty, entries, get, values } from '../../collection/collection.ts';
import type { Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { equal } from '../../collection/equal.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { unionOf, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterChainKey, ListenerName } from '../../ir/listener.ts';
import type { ServerCertificate, ServerNames } from '../../ir/server-certificate.ts';
import type { Ports, ServerNameClaims } from '../contribution/contribution.ts';
import { listenerOf } from '../contribution/table-names.ts';
import type { ListenerLayout, TlsLayouts } from '../contribution/tls-layout.ts';
import { contested, type Contested } from './contested.ts';
import { tlsLayouts } from './tls-layouts.ts';

/** What each listener serves for server names, how, and the certificates that come on demand. */
export interface ServerNameGraph extends Demand {
  readonly claims: UnitedAll<FilterChainKey, ServerCertificate>;
  readonly conflicts: Contested<FilterChainKey, ServerCertificate>;
  readonly byNames: Grouped<FilterChainKey, ServerCertificate, ServerNames, ServerCertificate>;
  readonly layouts: TlsLayouts;
  readonly certificates: Joined<ServerNames, Served, LayoutTables, ServerCertificate>;
}

/** What decides the layouts. */
interface Demand {
  readonly ports: Ports;
  readonly ofListener: Grouped<FilterChainKey, ServerCertificate, ListenerName, true>;
  readonly agreed: Grouped<ServerNames, Served, TwoListeners, true>;
}

type TwoListeners = `${ListenerName} ${ListenerName}`;

/** What the listeners serve for the same names. */
type Served = Collection<FilterChainKey, ServerCertificate>;

interface LayoutTables {
  readonly layouts: ListenerLayout;
}

/** Settles which language has each server name, then how each listener serves its names. */
export function* serverNameGraph(
  previous: ServerNameGraph | undefined,
  claimed: readonly ServerNameClaims[],
  ports: Ports,
): Work<ServerNameGraph> {
  const claims = yield* unionOf(
    previous?.claims,
    claimed.map(({ serverNames }) => serverNames),
  );
  const ofListener = yield* byListener(previous?.ofListener, claims.output);
  const byNames = yield* namesOf(previous?.byNames, claims.output);
  const agreed = yield* agreementsOf(previous?.agreed, byNames.output);
  const demand = { ports, ofListener, agreed };
  const layouts = layoutsAfter(previous, demand);
  return {
    ...demand,
    claims,
    conflicts: yield* conflictsOf(previous?.conflicts, claims.unions),
    byNames,
    layouts,
    certificates: yield* onDemandEach(previous?.certificates, byNames.output, { layouts }),
  };
}

/** Whether the layouts are those that follow from a former state, whatever was in between. */
export const followsFrom = (before: ServerNameGraph | undefined, after: ServerNameGraph): boolean =>
  diff(after.layouts, layoutsAfter(before, after)).every((change) =>
    equal(change.before, change.after),
  );

const layoutsAfter = (
  before: ServerNameGraph | undefined,
  { ports, ofListener, agreed }: Demand,
): TlsLayouts => {
  const serverNames = (name: ListenerName): number => get(ofListener.output, name)?.size ?? 0;
  return tlsLayouts(before?.layouts ?? empty(), {
    ports: values(ports),
    serverNames,
    agree: (a, b) => {
      const agreements = get(agreed.output, `${a} ${b}`)?.size ?? 0;
      return agreements === serverNames(a) && agreements === serverNames(b);
    },
  });
};

const byListener = groupBy((_: ServerCertificate, key: FilterChainKey) => [
  [listenerOf(key), true as const] as const,
]);

const namesOf = groupBy((served: ServerCertificate, _: FilterChainKey) => [
  [served.names, served] as const,
]);

/** For each two listeners the names for which they serve the same. */
const agreementsOf = groupBy((served: Served, _: ServerNames) => {
  const offers = sorted(served);
  return offers.flatMap(([a, left], i) =>
    offers
      .slice(i + 1)
      .filter(([, right]) => left.secret === right.secret)
      .map(([b]) => [`${listenerOf(a)} ${listenerOf(b)}`, true as const] as const),
  );
});

/**
 * The certificate that Envoy is given when it asks by name. All listeners that serve on demand agree.
 *
 * There is one, too, where every listener has chains: one that served on demand until now may have begun
 * handshakes, and asks for their names after it was replaced.
 */
const onDemandEach = joinEach(
  (served: Served, _: ServerNames, read: Read<LayoutTables>): ServerCertificate | undefined => {
    const offers = sorted(served);
    const asked = offers.find(([key]) => read('layouts', listenerOf(key))?.layout === 'on-demand');
    return (asked ?? offers[0])?.[1];
  },
);

const sorted = (served: Served): readonly (readonly [FilterChainKey, ServerCertificate])[] =>
  [...entries(served)].sort(([a], [b]) => (a < b ? -1 : 1));

const conflictsOf = contested<FilterChainKey, ServerCertificate>({
  objects: ({ from }) => from,
  field: () => '',
  reason: ({ names }, key) => `the server name ${names} on ${listenerOf(key)} is claimed by both`,
});
