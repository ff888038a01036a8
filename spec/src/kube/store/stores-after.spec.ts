import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries } from '../../../../src/collection/collection.ts';
import { diff } from '../../../../src/collection/diff.ts';
import { kinds } from '../../../../src/kube/kind.ts';
import { applyAll, emptyStore, type ObjectStore } from '../../../../src/kube/store/object-store.ts';
import { storesAfter, weightOf } from '../../../../src/kube/store/stores-after.ts';
import { holds } from '../../../_support/property/property.ts';
import { aHost, aService, listed } from '../../../_support/world/builders.ts';
import { eventsOf } from '../../../_support/property/happening.ts';
import { someHistory } from '../../../_support/world/small-world.ts';

const start = applyAll(emptyStore, listed([aHost('default/h1'), aService('default/web')]));

const histories = fc
  .tuple(someHistory, someHistory, fc.integer({ min: 1, max: 5 }))
  .map(([before, after, most]) => ({
    before: applyAll(start, before.flat(2).flatMap(eventsOf)),
    events: after.flat(2).flatMap(eventsOf),
    most,
  }));

const shown = ({ objects, listed: known, problems, versions }: ObjectStore): unknown => ({
  objects: kinds.map((kind) => [...entries<string, unknown>(objects[kind])]),
  listed: [...known].sort(),
  problems: [...entries(problems)],
  versions: [...entries(versions)],
});

/** How many objects differ between two stores. */
const distance = (a: ObjectStore, b: ObjectStore): number =>
  kinds.reduce(
    (sum, kind) => sum + diff<string, unknown>(a.objects[kind], b.objects[kind]).length,
    0,
  );

/** An object with what it carries counts once: here it carries three others at most, and carried three before. */
const withCarried = 7;

const isGentle = (stores: readonly ObjectStore[], most: number): boolean =>
  stores.slice(1).every((store, i) => distance(stores[i] ?? store, store) <= most * withCarried);

test('events in steps lead where they lead at once, and no step is long', (t) => {
  holds(
    t,
    fc.property(histories, ({ before, events, most }) => {
      const stores = [before, ...storesAfter(before, events, most)];
      assert.deepEqual(shown(stores.at(-1) ?? before), shown(applyAll(before, events)));
      assert.ok(isGentle(stores, most));
    }),
  );
});

test('a kind that is listed without objects is known all the same', (t) => {
  const stores = [...storesAfter(emptyStore, listed([]), 1)];
  t.deepEqual([...(stores.at(-1)?.listed ?? [])], [...kinds]);
});

test('an event weighs as much as the objects it is about', (t) => {
  const two = listed([aHost('default/h1'), aHost('default/h2')]);
  const gone = { _tag: 'Deleted', kind: 'Host', key: 'default/h1' } as const;

  t.is(weightOf(emptyStore, [...two, gone]), 3);
  t.is(weightOf(applyAll(emptyStore, two), listed([])), 2);
});
