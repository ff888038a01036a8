import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries } from '../../../src/collection/collection.ts';
import { applyAll, emptyStore } from '../../../src/kube/store/object-store.ts';
import { makeSnapshot, type SnapshotGraph } from '../../../src/xds/make-snapshot.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';
import { preparation, unprepared, type Prepared } from '../../../streams/pipe/preparation.ts';
import { holds } from '../../_support/property/property.ts';
import {
  aHost,
  aListener,
  aService,
  listed,
  step,
  syncedStore,
} from '../../_support/world/builders.ts';
import { eventsOf, someHistory } from '../../_support/world/small-world.ts';

const options = { ambassadorId: 'default', namespace: 'default' };

const start = listed([aListener('default/l1'), aHost('default/h1'), aService('default/web')]);

/** Works everything out, and counts the turns that others had meanwhile. */
const prepared = (slices: Generator<void, Prepared>): { state: Prepared; turns: number } => {
  for (let turns = 0; ; turns += 1) {
    const { done, value } = slices.next();
    if (done === true) return { state: value, turns };
  }
};

const said = ({ resources }: SnapshotGraph): unknown =>
  typeUrls.map((typeUrl) => [...entries(resources[typeUrl])]);

test('what is worked out with pauses equals what is made at once, down to the bytes', (t) => {
  holds(
    t,
    fc.property(someHistory, someHistory, fc.integer({ min: 1, max: 4 }), (one, other, most) => {
      const prepare = preparation(options, most);
      const first = [...start, ...one.flat(2).flatMap(eventsOf)];
      const second = other.flat(2).flatMap(eventsOf);
      const { state: cold } = prepared(prepare(unprepared, first));
      const { state } = prepared(prepare(cold, second));
      const store = syncedStore(applyAll(applyAll(emptyStore, first), second));
      const translation = step(undefined, store);
      const ahead = state.made;
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
  const turnsOf = (most: number): number =>
    prepared(preparation(options, most)(unprepared, listed(objects))).turns;

  t.true(turnsOf(2) >= 30);
  t.true(turnsOf(20) < turnsOf(2));
});

test('nothing is translated while kinds are missing', (t) => {
  const [missing, ...others] = start;
  const { state } = prepared(preparation(options, 1)(unprepared, others));

  t.is(missing?._tag, 'Listed');
  t.is(state.made, undefined);
  t.is(state.store.listed.size, others.length);
});
