import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries } from '../../../src/collection/collection.ts';
import { finish, type Work } from '../../../src/collection/work.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import { learnt, type Known } from '../../../src/plane/known.ts';
import { making } from '../../../src/plane/made.ts';
import { makeSnapshot, type SnapshotGraph } from '../../../src/xds/make-snapshot.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';
import { holds } from '../../_support/property/property.ts';
import {
  aHost,
  aListener,
  aService,
  listed,
  step,
  syncedStore,
} from '../../_support/world/builders.ts';
import { eventsOf } from '../../_support/property/happening.ts';
import { someHistory } from '../../_support/world/small-world.ts';

const make = making({ ambassadorId: 'default', namespace: 'default' });

const nothing: Known = { store: emptyStore };

const start = listed([aListener('default/l1'), aHost('default/h1'), aService('default/web')]);

/** How many turns others have until everything is worked out. */
const turnsOf = (work: Work<Known>): number => {
  for (let turns = 0; ; turns += 1) if (work.next().done === true) return turns;
};

const said = ({ resources }: SnapshotGraph): unknown =>
  typeUrls.map((typeUrl) => [...entries(resources[typeUrl])]);

test('what is worked out with pauses equals what is made at once, down to the bytes', (t) => {
  holds(
    t,
    fc.property(someHistory, someHistory, fc.integer({ min: 1, max: 4 }), (one, other, most) => {
      const first = [...start, ...one.flat(2).flatMap(eventsOf)];
      const second = other.flat(2).flatMap(eventsOf);
      const cold = finish(learnt(make, nothing, first, most));
      const { made: ahead } = finish(learnt(make, cold, second, most));
      const store = syncedStore(applyAll(applyAll(emptyStore, first), second));
      const translation = step(undefined, store);
      assert.ok(ahead !== undefined);
      assert.deepEqual(ahead.translation.ir, translation.ir);
      assert.deepEqual(
        [...entries(ahead.translation.problems)],
        [...entries(translation.problems)],
      );
      assert.deepEqual(said(ahead.graph), said(makeSnapshot(undefined, translation.ir)));
    }),
    { numRuns: 50 },
  );
});

test('others have a turn after each few objects', (t) => {
  const objects = Array.from({ length: 20 }, (_, i) => aService(`default/web-${i}`));
  const turns = (most: number): number => turnsOf(learnt(make, nothing, listed(objects), most));

  t.true(turns(2) >= 30);
  t.true(turns(20) < turns(2));
});

test('nothing is translated while kinds are missing', (t) => {
  const [missing, ...others] = start;
  const known = finish(learnt(make, nothing, others, 1));

  t.is(missing?._tag, 'Listed');
  t.is(known.made, undefined);
  t.is(known.store.listed.size, others.length);
});
