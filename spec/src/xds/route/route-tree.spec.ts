import test from 'ava';
import * as fc from 'fast-check';

import type { Route } from '../../../../src/ir/route.ts';
import { routeTree } from '../../../../src/xds/route/route-tree.ts';
import { holds } from '../../../_support/property/property.ts';
import { aRoute } from '../../../_support/world/an-ir.ts';
import { anyRequest, anyRoutes } from '../../../_support/world/any-routes.ts';
import { firstMatch, matchInTree } from '../../../_support/xds/first-match.ts';

const prefix = (value: string, fields: Partial<Route['match']> = {}): Route =>
  aRoute({
    match: {
      path: { _tag: 'Prefix', value, caseSensitive: true },
      headers: [],
      queryParameters: [],
      ...fields,
    },
  });

const onlyWith = { headers: [{ name: 'x-flag', match: { _tag: 'Present' } }] } as const;

test('a tree finds the route that is the first to match in the list', (t) => {
  holds(
    t,
    fc.property(
      anyRoutes(1, 80).chain((routes) =>
        fc.tuple(
          fc.constant(routes),
          fc.array(anyRequest(routes), { minLength: 40, maxLength: 40 }),
        ),
      ),
      ([routes, requests]) => {
        const tree = routeTree(routes);
        if (tree !== undefined)
          for (const request of requests) {
            const [expected, got] = [firstMatch(routes, request), matchInTree(tree, request)];
            if (got !== expected)
              throw new Error(
                `${JSON.stringify(request)}: expected route ${expected === undefined ? 'none' : routes.indexOf(expected)}, got ${got === undefined ? 'none' : routes.indexOf(got)}`,
              );
          }
      },
    ),
    { numRuns: 300 },
  );
});

test('all leaves together have at most twice as many entries as the list', (t) => {
  holds(
    t,
    fc.property(anyRoutes(1, 200), (routes) => {
      const tree = routeTree(routes);
      const lists = tree === undefined ? [] : [...tree.leaves.values(), tree.otherwise];
      const entries = lists.reduce((sum, { length }) => sum + length, 0);
      if (entries > 2 * routes.length) throw new Error(`${entries} of ${routes.length}`);
    }),
    { numRuns: 200 },
  );
});

test('a leaf ends with the first route that takes every path below it', (t) => {
  const [deep, short, all] = [prefix('/a/b/'), prefix('/a/'), prefix('/')];
  t.deepEqual(routeTree([deep, short, all]), {
    leaves: new Map([
      ['/a/b/', [deep]],
      ['/a/', [short]],
      ['/', [all]],
    ]),
    otherwise: [],
  });
});

test('a leaf repeats what may match of shorter prefixes, in the order of the list', (t) => {
  const [short, deep, all] = [prefix('/a/', onlyWith), prefix('/a/b/', onlyWith), prefix('/')];
  const tree = routeTree([short, deep, prefix('/a/b/'), all]);
  t.deepEqual(tree?.leaves.get('/a/b/'), [short, deep, prefix('/a/b/')]);
  t.deepEqual(tree?.leaves.get('/a/'), [short, all]);
});

test('a prefix that no path without its query has takes nothing for certain', (t) => {
  const [never, short] = [prefix('/a?b'), prefix('/a')];
  t.deepEqual(routeTree([never, short])?.leaves.get('/a?b'), [never, short]);
});

test('routes that would repeat more than they bring stay with a shorter prefix', (t) => {
  const patterns = Array.from({ length: 5 }, (_, n) =>
    prefix('', { path: { _tag: 'Regex', value: `.*${n}` } }),
  );
  const few = [prefix('/a/1'), prefix('/a/2')];
  const many = Array.from({ length: 9 }, (_, n) => prefix(`/b/${n}`));
  t.deepEqual(routeTree([...patterns, ...few, ...many]), {
    leaves: new Map([['/b/', [...patterns, ...many]]]),
    otherwise: [...patterns, ...few],
  });
  const more = Array.from({ length: 200 }, (_, n) => prefix(`/b/${n}/`));
  const bigger = routeTree([...patterns, ...few, ...more]);
  t.is(bigger?.leaves.get('/b/17')?.length, 5 + 11);
  t.deepEqual(bigger?.otherwise, [...patterns, ...few, prefix('/b/0/'), prefix('/b/1/')]);
});

test('without prefixes to tell routes apart there is no tree', (t) => {
  t.is(routeTree([prefix('', onlyWith), prefix('')]), undefined);
  t.is(routeTree([]), undefined);
});

test('prefixes as many and as long as one likes do not exhaust the stack', (t) => {
  const routes = Array.from({ length: 20_000 }, (_, n) => prefix('/a'.repeat(n % 4000), onlyWith));
  t.true((routeTree(routes)?.leaves.size ?? 0) > 1);
});
