import { entries, values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { mapGiven, type MappedGiven } from '../../collection/operator/map-given.ts';
import { union, unionOf, type United, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import { turnedOff, type FilterUse } from '../../ir/filter/filter.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { Route } from '../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { FilterClaim } from '../contribution/contribution.ts';
import { listenerOfTable } from '../contribution/table-names.ts';

/** The filters that do something by themselves, or hold a place for one that does, each with the language that brings it, by its place. */
export interface BroughtFilters {
  readonly ofLanguage: Readonly<Record<string, Mapped<FilterName, FilterClaim, Brought>>>;
  readonly all: UnitedAll<FilterName, Brought>;
  readonly ofListener: Grouped<FilterName, Brought, ListenerName, Brought>;
}

interface Brought {
  readonly language: number;
  /** What a route says that does not pass it. */
  readonly off: FilterUse;
  /** Whether it only holds a place. */
  readonly isIdle: boolean;
  readonly listeners: readonly ListenerName[];
}

/** The virtual hosts of one language, which pass no filter of others. */
export interface OwnHosts {
  readonly changed: MappedGiven<VirtualHostKey, VirtualHost, Off, VirtualHost>;
  readonly all: United<VirtualHostKey, VirtualHost>;
}

/** What routes on each listener say of the filters of others. */
type Off = Readonly<Record<ListenerName, readonly FilterUse[]>>;

/** Says which filters languages bring; `undefined` stands for a language without any. */
export function* broughtFilters(
  previous: BroughtFilters | undefined,
  languages: readonly (Collection<FilterName, FilterClaim> | undefined)[],
): Work<BroughtFilters> {
  const ofLanguage: Record<string, BroughtFilters['ofLanguage'][string]> = {};
  for (const [i, claims] of languages.entries())
    if (claims !== undefined) ofLanguage[i] = yield* broughtBy(i)(previous?.ofLanguage[i], claims);
  const all = yield* unionOf(
    previous?.all,
    Object.values(ofLanguage).map(({ output }) => output),
  );
  return { ofLanguage, all, ofListener: yield* byListener(previous?.ofListener, all.output) };
}

/**
 * The virtual hosts of a language (or `undefined`: those that are no language's), whose requests pass no filter
 * of another one, although they share a listener. Where no other brings any filter, nothing changes.
 */
export function* ownHosts(
  previous: OwnHosts | undefined,
  language: number | undefined,
  hosts: Collection<VirtualHostKey, VirtualHost>,
  { ofListener }: BroughtFilters,
): Work<OwnHosts> {
  const off = offFor(language, ofListener.output);
  const changed = yield* changeEach(previous?.changed, hosts, off);
  return { changed, all: yield* union(previous?.all, changed.output, hosts) };
}

const changeEach = mapGiven(
  (host: VirtualHost, _: VirtualHostKey, off: Off): VirtualHost | undefined => {
    const uses = off[listenerOfTable(host.table)];
    return uses && { ...host, routes: host.routes.map((route) => passing(route, uses)) };
  },
);

/**
 * Absent: no other brings a filter. One that only holds a place is turned off too: what takes its place is sent before
 * routes, and is for no request of another language in that instant either. The gateway's own answers, which are on many
 * listeners, wait for it.
 */
const offFor = (
  language: number | undefined,
  ofListener: Collection<ListenerName, Collection<FilterName, Brought>>,
): Off | undefined => {
  const all = [...entries(ofListener)].flatMap(([listener, brought]) => {
    const foreign = [...values(brought)].filter(
      (one) => one.language !== language && (language !== undefined || !one.isIdle),
    );
    const off = foreign.map((one) => one.off).sort((a, b) => (a.filter < b.filter ? -1 : 1));
    return off.length === 0 ? [] : [[listener, off] as const];
  });
  return all.length === 0 ? undefined : Object.fromEntries(all);
};

/** What does nothing where no route asks for it needs no word. */
const broughtBy = (language: number) =>
  mapEach(({ filter, listeners }: FilterClaim, name: FilterName): Brought | undefined => {
    const off = turnedOff(name, filter);
    return off && { language, off, isIdle: filter._tag === 'Idle', listeners };
  });

const byListener = groupBy((brought: Brought, _: FilterName) =>
  brought.listeners.map((listener) => [listener, brought] as const),
);

const passing = (route: Route, off: readonly FilterUse[]): Route => ({
  ...route,
  filters: [...(route.filters ?? []), ...off],
});
