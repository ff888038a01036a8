import type { Collection } from '../../collection/collection.ts';
import type { Mapped } from '../../collection/operator/map-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { Ir } from '../../ir/ir.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Contribution } from '../contribution/contribution.ts';
import { advertisedHosts, type AdvertisedHosts } from './advertised-hosts.ts';
import { bySeniority, type BySeniority } from './by-seniority.ts';
import { countedRoutes } from './counted-routes.ts';
import { broughtFilters, ownHosts, type BroughtFilters, type OwnHosts } from './foreign-filters.ts';
import { misdirectedGraph, type MisdirectedGraph } from './misdirected.ts';
import type { ServerNameGraph } from './server-names.ts';

/** The virtual hosts of all languages, and those that answer 421. */
export interface MergedHosts {
  readonly brought: BroughtFilters;
  /** By the place of the language. */
  readonly own: Readonly<Record<string, OwnHosts>>;
  readonly merged: BySeniority<VirtualHostKey, VirtualHost>;
  readonly advertised: AdvertisedHosts;
  readonly misdirected: MisdirectedGraph;
  /** Of the latter. */
  readonly ofNone: OwnHosts;
  /** Absent: the routes are not counted. */
  readonly counted?: Mapped<VirtualHostKey, VirtualHost, VirtualHost>;
  readonly all: United<VirtualHostKey, VirtualHost>;
}

/** Whether requests are counted by route. */
export interface CountingOptions {
  readonly routeStats?: boolean;
}

/**
 * Merges the routes of a domain that several languages serve in one table: the routes of the oldest
 * object come first, then those of the next, for requests that no route of the first matches.
 */
export function* mergedHosts(
  previous: MergedHosts | undefined,
  store: SyncedStore,
  contributions: readonly Pick<Contribution, 'hosts' | 'filters'>[],
  { listeners, filterChains }: Pick<Ir, 'listeners' | 'filterChains'>,
  names: Pick<ServerNameGraph, 'claims' | 'layouts'>,
  { routeStats }: CountingOptions,
): Work<MergedHosts> {
  const brought = yield* broughtFilters(
    previous?.brought,
    contributions.map(({ filters }) => filters),
  );
  const own: Record<string, OwnHosts> = {};
  const hosts: Collection<VirtualHostKey, VirtualHost>[] = [];
  for (const [i, contribution] of contributions.entries()) {
    const ofLanguage = yield* ownHosts(previous?.own[i], i, contribution.hosts, brought);
    own[i] = ofLanguage;
    hosts.push(ofLanguage.all.output);
  }
  const merged = yield* mergeHosts(previous?.merged, store, hosts);
  const advertised = yield* advertisedHosts(previous?.advertised, listeners, merged.settled.output);
  const served = advertised.all.output;
  const misdirected = yield* misdirectedGraph(previous?.misdirected, filterChains, names, served);
  const counted = routeStats === true ? yield* countedRoutes(previous?.counted, served) : undefined;
  const answered = misdirected.virtualHosts.output;
  const ofNone = yield* ownHosts(previous?.ofNone, undefined, answered, brought);
  const all = yield* union(previous?.all, counted?.output ?? served, ofNone.all.output);
  return {
    brought,
    own,
    merged,
    advertised,
    misdirected,
    ofNone,
    ...(counted !== undefined && { counted }),
    all,
  };
}

const mergeHosts = bySeniority<VirtualHostKey, VirtualHost>({
  chosen: ([first, ...others]) => ({
    ...first,
    routes: first.routes.concat(...others.map(({ routes }) => routes)),
    from: first.from.concat(...others.map(({ from }) => from)),
  }),
  problems: (ranked) => notesOf(ranked.filter(({ routes }) => routes.length > 0)),
});

/** All routes are in effect, so nothing is wrong: whose routes come later should know it. */
const notesOf = ([first, ...others]: readonly VirtualHost[]): readonly Problem[] => {
  const [other] = first?.from ?? [];
  return other === undefined
    ? []
    : others.flatMap(({ domain, table, from }) =>
        from.map((object) => ({
          _tag: 'Note',
          object,
          field: '',
          note: `${domain} on ${table} is also served by ${other}, whose routes are tried first`,
        })),
      );
};
