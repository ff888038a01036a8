import { entries, values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { HostedRoutes } from './route-order.ts';
import {
  closed,
  closingPaths,
  mostAround,
  mostWide,
  wideRoutes,
  type Closed,
} from './wide-routes.ts';

/** The routes that are left out of virtual hosts for narrower hostnames; mostly none. */
export interface LeftOut {
  /** By the hostname of the routes, on a listener: where some are left out. */
  readonly places: Grouped<VirtualHostKey, VirtualHost, string, Closed>;
  readonly problems: Joined<
    string,
    Collection<VirtualHostKey, Closed>,
    LeftOutTables,
    readonly Problem[]
  >;
}

interface LeftOutTables {
  readonly routes: Collection<string, HostedRoutes>;
}

/** Finds out, by change, which owners are to be told that their routes are left out somewhere. */
export function* leftOut(
  previous: LeftOut | undefined,
  virtualHosts: Collection<VirtualHostKey, VirtualHost>,
  routes: Collection<string, Collection<string, HostedRoutes>>,
): Work<LeftOut> {
  const places = yield* placesOf(previous?.places, virtualHosts);
  const problems = yield* problemsEach(previous?.problems, places.output, { routes });
  return { places, problems };
}

const placesOf = groupBy(({ routes }: VirtualHost, _: VirtualHostKey) =>
  routes.flatMap((route) => {
    const found = closed(route);
    return found === undefined ? [] : [[found.name, found] as const];
  }),
);

const problemsEach = joinEach(
  (
    places: Collection<VirtualHostKey, Closed>,
    name: string,
    read: Read<LeftOutTables>,
  ): readonly Problem[] | undefined => {
    const hosted = read('routes', name);
    if (hosted === undefined) return undefined;
    const isAll = [...values(places)].some((place) => place.isAll);
    const objects = isAll ? [...values(hosted)] : wideRoutes(hosted, name).leftOut;
    return objects.map((object) => ({
      _tag: 'LeftOut',
      object: object.ref,
      field: 'spec.hostnames',
      reason: reasonOf(name, object, isAll, exampleOf(places)),
    }));
  },
);

const reasonOf = (name: string, object: HostedRoutes, isAll: boolean, example: string): string => {
  const [kind, parent, section, , hostname] = name.split(' ');
  const where = `narrower hostnames than ${hostname} on listener ${section} of ${kind} ${parent}, such as ${example}`;
  const why = isAll
    ? `the routes for all wider hostnames are more than ${mostAround} there`
    : `the routes of older objects for ${hostname} leave no room for its own (${mostWide} there)`;
  const paths = isAll ? [] : pathsOf(object);
  const what =
    paths.length === 0 || paths.includes('/') ? 'requests' : `requests for ${paths.join(', ')}`;
  return `${what} that no route before takes are answered 503 for ${where}: ${why}`;
};

/** Each object is told again whenever there is another narrower hostname, so its paths are found once. */
const pathsOf = (object: HostedRoutes): readonly string[] => {
  const found = known.get(object);
  if (found !== undefined) return found;
  const paths = closingPaths(object);
  known.set(object, paths);
  return paths;
};

const known = new WeakMap<HostedRoutes, readonly string[]>();

/** The domain of one of the virtual hosts. */
const exampleOf = (places: Collection<VirtualHostKey, Closed>): string => {
  const [first] = entries(places);
  return first === undefined ? '' : first[0].slice(first[0].lastIndexOf(' ') + 1);
};
