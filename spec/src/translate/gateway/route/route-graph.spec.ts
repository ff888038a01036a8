import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { empty, entries, values } from '../../../../../src/collection/collection.ts';
import { atOnce } from '../../../../../src/collection/work.ts';
import type { ObjectKey } from '../../../../../src/ir/object-ref.ts';
import type { VirtualHost } from '../../../../../src/ir/virtual-host.ts';
import type { SettledListener } from '../../../../../src/translate/gateway/listener/settled-listener.ts';
import {
  routeGraph,
  type RouteGraph,
  type RouteInputs,
} from '../../../../../src/translate/gateway/route/route-graph.ts';
import type { CompileRules } from '../../../../../src/translate/gateway/route/compiled-object.ts';
import { holds } from '../../../../_support/property/property.ts';
import {
  aRouteWorld,
  hosts,
  namespaces,
  parentsOf,
  routeManifest,
  layoutsOf,
  type RouteWorld,
  type WrittenMatch,
  type WrittenRoute,
} from '../../../../_support/world/gateway-api/any-routes.ts';
import {
  compare,
  expectedRoutes,
  hostnameRank,
  nameOf,
  ownerFor,
  tableOf,
} from '../../../../_support/world/gateway-api/expected-routes.ts';
import { aRoute } from '../../../../_support/world/an-ir.ts';
import { storeOf } from '../../../../_support/world/builders.ts';
import { domainMatches } from '../../../../_support/xds/domain-matches.ts';

/** Compiles what is written in this world instead of the rules, so that only the order is at stake. */
const compileOf =
  (routes: readonly WrittenRoute[]): CompileRules =>
  ({ kind, object: { metadata } }) => {
    const written = routes.find(
      (one) =>
        one.kind === kind && one.namespace === metadata.namespace && one.name === metadata.name,
    );
    if (written === undefined) throw new Error('unknown route');
    return {
      routes: written.rules.flatMap((matches, rule) =>
        matches.map(({ path, value, method, headers, queryParams }, match) => ({
          route: aRoute({
            name: nameOf(written, rule, match),
            match: {
              path:
                path === 'RegularExpression'
                  ? { _tag: 'Regex', value }
                  : { _tag: path === 'Exact' ? path : 'Prefix', value, caseSensitive: true },
              headers: Array.from({ length: headers + Number(method) }, () => aHeader),
              queryParameters: Array.from({ length: queryParams }, () => aHeader),
            },
          }),
          order: {
            path,
            pathLength: value.length,
            hasMethod: method,
            headers,
            queryParams,
            rule,
            match,
            part: 0,
          },
        })),
      ),
      clusters: [],
      resolvedRefs: { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: '' },
      notes: [],
      services: [],
      problems: [],
    };
  };

const aHeader = { name: 'x', match: { _tag: 'Exact', value: 'y' } } as const;

const graphOf = (world: RouteWorld, previous?: RouteGraph): RouteGraph =>
  atOnce(routeGraph(compileOf(world.routes)))(
    previous,
    storeOf(...namespaces, ...world.routes.map(routeManifest)),
    {
      parents: parentsOf(world),
      ourSets: empty(),
      backends,
      layouts: layoutsOf(world),
      serverNames,
    },
  );

/** The compiler that is taken here looks nothing up. */
const backends: RouteInputs['backends'] = {
  services: empty(),
  grants: empty(),
  policies: empty(),
};

/** There is no other language. */
const serverNames: RouteInputs['serverNames'] = empty();

/** The virtual host that Envoy takes for a host. */
const found = (graph: RouteGraph, table: string, host: string): VirtualHost | undefined =>
  [...values(graph.virtualHosts.output)]
    .filter((one) => one.table === table && domainMatches(one.domain, host))
    .sort((a, b) => compare(hostnameRank(b.domain), hostnameRank(a.domain)))[0];

const checkHost = (
  world: RouteWorld,
  graph: RouteGraph,
  place: readonly SettledListener[],
  host: string,
): void => {
  const owner = ownerFor(place, host);
  if (owner === undefined) {
    for (const { table } of values(graph.virtualHosts.output))
      if (place.some(({ listener }) => table.startsWith(`${listener}/`)))
        assert.equal(found(graph, table, host), undefined);
    return;
  }
  const { protocol, unserved, hostname } = owner;
  const names = found(graph, tableOf(world, owner), host)?.routes.map(({ name }) => name);
  if (unserved !== undefined) {
    // The handshake for this name is refused; a request on another connection is not for it.
    assert.deepEqual(names, world.layout === 'chains' ? undefined : [owner.parent]);
    return;
  }
  const expected = expectedRoutes(world, owner, host);
  const guard = protocol === 'HTTPS' && world.layout === 'on-demand' && hostname !== '*';
  assert.deepEqual(names, guard ? [owner.parent, ...expected] : expected);
};

test('routes are tried as the specification says, on the most specific listener of their host', (t) => {
  holds(
    t,
    fc.property(aRouteWorld, (world) => {
      const graph = graphOf(world);
      const places = Map.groupBy(world.listeners, ({ listener }) => listener);
      for (const place of places.values())
        for (const host of hosts) checkHost(world, graph, place, host);
    }),
  );
});

test('each domain is in the table of the listener with the most specific hostname around it', (t) => {
  holds(
    t,
    fc.property(aRouteWorld, (world) => {
      for (const { table, domain } of values(graphOf(world).virtualHosts.output)) {
        const place = world.listeners.filter(({ listener }) => table.startsWith(`${listener}/`));
        // A wildcard means a name with any label in its place.
        const owner = ownerFor(place, domain.replace('*', 'any'));
        assert.ok(owner !== undefined && tableOf(world, owner) === table);
      }
    }),
  );
});

test('whatever the history, the virtual hosts are those of the last moment', (t) => {
  holds(
    t,
    fc.property(fc.array(aRouteWorld, { minLength: 2, maxLength: 4 }), (worlds) => {
      // One compiler for all moments, because it belongs to the graph.
      const all = worlds.map((world) => ({
        ...world,
        routes: world.routes.map((route) => ({ ...route, rules: [[anyMatch]] })),
      }));
      const step = atOnce(routeGraph(compileOf(all.flatMap(({ routes }) => routes))));
      const inputs = (world: RouteWorld) =>
        [
          storeOf(...namespaces, ...world.routes.map(routeManifest)),
          {
            parents: parentsOf(world),
            ourSets: empty<ObjectKey, unknown>(),
            backends,
            layouts: layoutsOf(world),
            serverNames,
          },
        ] as const;
      let graph: RouteGraph | undefined;
      for (const world of all) graph = step(graph, ...inputs(world));
      const last = all.at(-1);
      assert.ok(graph !== undefined && last !== undefined);
      const fresh = step(undefined, ...inputs(last));
      assert.deepEqual(
        [...entries(graph.virtualHosts.output)],
        [...entries(fresh.virtualHosts.output)],
      );
      assert.deepEqual(
        [...entries(graph.http.ofListener.output)].map(([key, group]) => [key, group.size]),
        [...entries(fresh.http.ofListener.output)].map(([key, group]) => [key, group.size]),
      );
    }),
  );
});

/** Not every request, or nothing would be behind it. */
const anyMatch: WrittenMatch = {
  path: 'Exact',
  value: '/',
  method: false,
  headers: 0,
  queryParams: 0,
};
