import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { budgetOf, nothing } from '../../../src/problem/budget.ts';
import { spending, type Spending } from '../../../src/budget/spending.ts';
import { entries, keys } from '../../../src/collection/collection.ts';
import { finish } from '../../../src/collection/work.ts';
import { kinds } from '../../../src/kube/kind.ts';
import { applyAll, emptyStore, type SyncedStore } from '../../../src/kube/store/object-store.ts';
import { eventsOf, historyOf } from '../../_support/property/happening.ts';
import { holds } from '../../_support/property/property.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aService,
  createdIn,
  listed,
  problemLines,
  routesOf,
  showRoute,
  step,
  storeOf,
  syncedStore,
} from '../../_support/world/builders.ts';
import { anObject } from '../../_support/world/small-world.ts';

const enough = budgetOf(0);

const spent = (budget: Partial<typeof enough>, ...stores: readonly SyncedStore[]): Spending =>
  stores.reduce<Spending | undefined>(
    (before, store) => finish(spending({ ...enough, ...budget })(before, store)),
    undefined,
  ) ?? assert.fail();

const over = ({ excess }: Spending): readonly string[] => [...keys(excess)].sort();

const shown = ({ excess, asked, within }: Spending): unknown => [
  [...entries(excess)],
  [...entries(asked)],
  kinds.map((kind) => [...entries<string, unknown>(within.objects[kind])]),
  [...entries(within.problems)],
  [...entries(within.withheld)],
];

test('what namespaces ask for, computed by change, equals what is computed from nothing', (t) => {
  const aged = fc
    .tuple(anObject, fc.constantFrom(undefined, 2020, 2021))
    .map(([object, year]) => (year === undefined ? object : createdIn(year, object)));
  holds(
    t,
    fc.property(
      historyOf(aged),
      fc.record({
        objects: fc.integer({ min: 1, max: 6 }),
        bytes: fc.integer({ min: 100, max: 900 }),
      }),
      (history, budget) => {
        let store = applyAll(emptyStore, listed([]));
        let state: Spending | undefined;
        for (const batch of history) {
          store = applyAll(store, batch.flatMap(eventsOf));
          state = finish(spending({ ...enough, ...budget })(state, syncedStore(store)));
          assert.deepEqual(shown(state), shown(spent(budget, syncedStore(store))));
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('the oldest objects of a namespace fit, then the first names, whatever came first', (t) => {
  const mappings = [
    createdIn(2023, aMapping('shop/a')),
    createdIn(2021, aMapping('shop/c')),
    createdIn(2021, aMapping('shop/b')),
    createdIn(2022, aMapping('shop/d')),
  ];
  const others = [createdIn(2024, aMapping('bank/z')), aService('shop/s1'), aService('shop/s2')];

  for (const order of [mappings, mappings.toReversed()])
    t.deepEqual(over(spent({ objects: 3 }, storeOf(...order, ...others))), ['Mapping shop/a']);
  t.deepEqual(over(spent({ objects: 1 }, storeOf(...mappings))), [
    'Mapping shop/a',
    'Mapping shop/c',
    'Mapping shop/d',
  ]);
});

test('who is over the budget serves nothing and is told; all others serve', (t) => {
  const { within } = spent(
    { objects: 1 },
    storeOf(
      aListener(),
      aHost('gate/h'),
      aMapping('shop/a', { prefix: '/a/' }),
      aMapping('shop/b', { prefix: '/b/' }),
      aMapping('bank/c', { prefix: '/c/' }),
    ),
  );
  const translation = step(undefined, within);

  t.deepEqual(
    routesOf(translation)
      .map((route) => showRoute(route).split(' ')[0])
      .sort(),
    ['/a/', '/c/'],
  );
  t.deepEqual(
    problemLines(translation).filter((line) => line.includes('shop/b')),
    [
      'Mapping shop/b: the objects of its namespace together ask for more than 1 objects; older ones come first, so this one has no effect',
    ],
  );
});

test('an AuthService that is over the budget lets nothing pass', (t) => {
  const { within } = spent(
    { objects: 1 },
    storeOf(
      aListener('gate/l'),
      aHost('lobby/h'),
      aMapping('shop/a', { prefix: '/a/' }),
      createdIn(2020, aMapping('default/old', { prefix: '/old/' })),
      aGuard('AuthService', 'default/auth', { auth_service: 'auth', proto: 'http' }),
    ),
  );
  const translation = step(undefined, within);

  t.true(
    problemLines(translation).includes(
      'AuthService default/auth: until it can be used, requests are answered 503, except those that are redirected and those of Mappings with bypass_auth',
    ),
  );
});

test('every part of a budget is asked for', (t) => {
  const { asked } = spent(
    {},
    storeOf(
      aMapping('shop/a', { prefix: '/[a-z]{3}', prefix_regex: true }),
      aMapping('shop/b', { regex_headers: { 'x-a': 'abc' }, add_request_headers: { 'x-b': 'é' } }),
    ),
  );
  const [[namespace, sum] = assert.fail()] = [...entries(asked)];

  t.is(namespace, 'shop');
  t.like(sum, { objects: 2, routes: 2, regex: 9 * 3 + 3 });
  t.true(sum.bytes > 150 && sum.bytes < 500);
  t.deepEqual(Object.keys(nothing), ['bytes', 'objects', 'routes', 'regex']);
});

test('100,000 ordinary Mappings of one namespace fit where memory is small', (t) => {
  const aThousand = storeOf(
    ...Array.from({ length: 1000 }, (_, i) =>
      aMapping(`shop/a-name-of-usual-length-${i}`, {
        hostname: `shop-${i}.customers.example.com`,
        prefix: `/api/v1/resource-${i}/`,
        service: `http://backend-${i}.shop:8080`,
        timeout_ms: 5000,
      }),
    ),
  );
  const [[, sum] = assert.fail()] = [...entries(spent({}, aThousand).asked)];
  const budget = budgetOf(256 * 2 ** 20);

  t.true(sum.bytes * 100 <= budget.bytes, `${sum.bytes} bytes`);
  t.true(sum.objects * 100 <= budget.objects);
  t.true(sum.routes * 100 <= budget.routes);
});
