import { empty, entries, get, values } from '../../collection/collection.ts';
import type { Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { equal } from '../../collection/equal.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterChainKey } from '../../ir/filter-chain.ts';
import type { ListenerName } from '../../ir/listener.ts';
import {
  isPlain,
  plainCertificate,
  type ServedName,
  type ServerNames,
} from '../../ir/server-name.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Ports, ServerNameClaims } from '../contribution/contribution.ts';
import { listenerOf } from '../contribution/table-names.ts';
import type { ListenerLayout, TlsLayouts } from '../contribution/tls-layout.ts';
import { bySeniority, type BySeniority } from './by-seniority.ts';
import { tlsLayouts } from './tls-layouts.ts';

/** What each listener serves for server names, its layout, and the certificates that come on demand. */
export interface ServerNameGraph {
  readonly claims: BySeniority<FilterChainKey, ServedName>;
  readonly ofListener: Grouped<FilterChainKey, ServedName, ListenerName, true>;
  readonly byNames: Grouped<FilterChainKey, ServedName, ServerNames, ServedName>;
  readonly agreed: Grouped<ServerNames, Served, TwoListeners, true>;
  /** The names that are not served by a certificate alone. */
  readonly special: Grouped<FilterChainKey, ServedName, ListenerName, ServedName>;
  readonly layouts: OwnStep<Demand, TlsLayouts>;
  readonly certificates: Joined<ServerNames, Served, LayoutTables, ServedName>;
}

/** What decides the layouts. */
type Demand = Readonly<{
  ports: Ports;
  ofListener: Collection<ListenerName, Collection<FilterChainKey, true>>;
  agreed: Collection<TwoListeners, Collection<ServerNames, true>>;
  special: Collection<ListenerName, Collection<FilterChainKey, ServedName>>;
}>;

/** The lesser name comes first. */
type TwoListeners = `${ListenerName} ${ListenerName}`;

/** What each of several listeners serves for the same names. */
type Served = Collection<FilterChainKey, ServedName>;

interface LayoutTables {
  readonly layouts: ListenerLayout;
}

/** Settles who has each server name, then how each listener serves its names. */
export function* serverNameGraph(
  previous: ServerNameGraph | undefined,
  store: SyncedStore,
  claimed: readonly ServerNameClaims[],
  ports: Ports,
): Work<ServerNameGraph> {
  const claims = yield* settleNames(
    previous?.claims,
    store,
    claimed.map(({ serverNames }) => serverNames),
  );
  const ofListener = yield* byListener(previous?.ofListener, claims.settled.output);
  const byNames = yield* namesOf(previous?.byNames, claims.settled.output);
  const agreed = yield* agreementsOf(previous?.agreed, byNames.output);
  const special = yield* specialOf(previous?.special, claims.settled.output);
  const layouts = layoutsAfter(previous, {
    ports,
    ofListener: ofListener.output,
    agreed: agreed.output,
    special: special.output,
  });
  return {
    claims,
    ofListener,
    byNames,
    agreed,
    special,
    layouts,
    certificates: yield* onDemandEach(previous?.certificates, byNames.output, {
      layouts: layouts.output,
    }),
  };
}

/** Whether the layouts are those that follow directly from a former state. */
export const followsFrom = (
  before: ServerNameGraph | undefined,
  { layouts: { inputs, output } }: ServerNameGraph,
): boolean =>
  diff(output, layoutsAfter(before, inputs).output).every((change) =>
    equal(change.before, change.after),
  );

const layoutsAfter = (
  before: ServerNameGraph | undefined,
  inputs: Demand,
): ServerNameGraph['layouts'] => {
  const serverNames = (name: ListenerName): number => get(inputs.ofListener, name)?.size ?? 0;
  const output = tlsLayouts(before?.layouts.output ?? empty(), {
    ports: values(inputs.ports),
    serverNames,
    special: (name) => values(get(inputs.special, name) ?? empty()),
    agree: (a, b) => {
      const two: TwoListeners = a < b ? `${a} ${b}` : `${b} ${a}`;
      const agreements = get(inputs.agreed, two)?.size ?? 0;
      return agreements === serverNames(a) && agreements === serverNames(b);
    },
  });
  return { operator: 'own', inputs, output };
};

const byListener = groupBy((_: ServedName, key: FilterChainKey) => [
  [listenerOf(key), true as const] as const,
]);

const specialOf = groupBy((served: ServedName, key: FilterChainKey) =>
  isPlain(served) ? [] : [[listenerOf(key), served] as const],
);

const namesOf = groupBy((served: ServedName, _: FilterChainKey) => [
  [served.names, served] as const,
]);

/** For each pair of listeners the names for which both have the same certificate, or none. */
const agreementsOf = groupBy((served: Served, _: ServerNames) => {
  const offers = sorted(served);
  return offers.flatMap(([a, left], i) =>
    offers
      .slice(i + 1)
      .filter(([, right]) => plainCertificate(left) === plainCertificate(right))
      .map(([b]) => [`${listenerOf(a)} ${listenerOf(b)}`, true as const] as const),
  );
});

/**
 * The certificate that Envoy gets when it asks for a server name. All listeners that serve on demand agree.
 *
 * Envoy gets one, too, if every listener has chains: a listener that served on demand until now may be in
 * the middle of handshakes, for which Envoy asks after the listener was replaced. In that case it gets none
 * for a name that any of the listeners does not serve by a certificate alone.
 */
const onDemandEach = joinEach(
  (served: Served, _: ServerNames, read: Read<LayoutTables>): ServedName | undefined => {
    const offers = sorted(served);
    const asked = offers.find(([key]) => read('layouts', listenerOf(key))?.layout === 'on-demand');
    const chosen = asked ?? offers.find(([, one]) => !isPlain(one)) ?? offers[0];
    return chosen?.[1];
  },
);

const sorted = (served: Served): readonly (readonly [FilterChainKey, ServedName])[] =>
  [...entries(served)].sort(([a], [b]) => (a < b ? -1 : 1));

const settleNames = bySeniority<FilterChainKey, ServedName>({
  chosen: ([first]) => first,
  problems: ([first, ...others], key) =>
    others.flatMap(({ names, from }) =>
      from.map((object) => ({
        _tag: 'Conflict',
        object,
        field: '',
        other: first.from[0] ?? object,
        reason: `the server name ${names} on ${listenerOf(key)} is claimed by both`,
      })),
    ),
});
