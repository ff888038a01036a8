import { values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { unionOf, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import { turnedOff, type FilterUse } from '../../ir/filter/filter.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { Route } from '../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { FilterClaim } from '../contribution/contribution.ts';
import { listenerOfTable } from '../contribution/table-names.ts';

/** The filters that do something, each with the language that brings it, by its place. */
export interface BroughtFilters {
  readonly ofLanguage: Readonly<Record<string, Mapped<FilterName, FilterClaim, Brought>>>;
  readonly all: UnitedAll<FilterName, Brought>;
  readonly ofListener: Grouped<FilterName, Brought, ListenerName, Brought>;
}

interface Brought {
  readonly language: number;
  /** What a route says that does not pass it. */
  readonly off: FilterUse;
  readonly listeners: readonly ListenerName[];
}

/** The virtual hosts of one language, which pass no filter of others; absent: there is none. */
export type OwnHosts = Joined<VirtualHostKey, VirtualHost, ForeignTables, VirtualHost>;

interface ForeignTables {
  readonly brought: Collection<FilterName, Brought>;
}

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
 * of another one, although they share a listener. Where no other brings any filter, nothing is done.
 */
export function* ownHosts(
  previous: OwnHosts | undefined,
  language: number | undefined,
  hosts: Collection<VirtualHostKey, VirtualHost>,
  { all, ofListener }: BroughtFilters,
): Work<OwnHosts | undefined> {
  const isForeign = (one: Brought): boolean => one.language !== language;
  if (![...values(all.output)].some(isForeign)) return undefined;
  return yield* withoutFilters(language)(previous, hosts, { brought: ofListener.output });
}

/** A filter that only holds a place does nothing to anybody, and what does nothing by itself needs no word. */
const broughtBy = (language: number) =>
  mapEach(({ filter, listeners }: FilterClaim, name: FilterName): Brought | undefined => {
    const off = turnedOff(name, filter);
    return off === undefined ? undefined : { language, off, listeners };
  });

const byListener = groupBy((brought: Brought, _: FilterName) =>
  brought.listeners.map((listener) => [listener, brought] as const),
);

const withoutFilters = (language: number | undefined) =>
  joinEach<VirtualHostKey, VirtualHost, ForeignTables, VirtualHost>((host, _, read) => {
    const brought = read('brought', listenerOfTable(host.table));
    if (brought === undefined) return host;
    const off = [...values(brought)].flatMap((one) => (one.language === language ? [] : [one.off]));
    return off.length === 0
      ? host
      : { ...host, routes: host.routes.map((one) => passing(one, off)) };
  });

const passing = (route: Route, off: readonly FilterUse[]): Route => ({
  ...route,
  filters: [...(route.filters ?? []), ...off],
});
