import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, from, get, set } from '../../../../src/collection/collection.ts';
import { diff } from '../../../../src/collection/diff.ts';
import { mapEach, type Mapped } from '../../../../src/collection/operator/map-each.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { aHistory, sorted, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

const anItem = fc.record({ n: fc.nat(4) }, { noNullPrototype: true });
type Item = { readonly n: number };

/** Odd numbers have no entry; the rest is halved, so that different items can give equal results. */
const halved = ({ n }: Item, key: string) =>
  n % 2 === 1 ? undefined : { key, half: Math.floor(n / 4) };

test('law: by change equals from scratch, and equals a plain map', (t) => {
  holds(
    t,
    fc.property(aHistory(anItem), (history) => {
      const step = atOnce(mapEach(halved));
      let state: Mapped<string, Item, { key: string; half: number }> | undefined;
      for (const version of versionsOf(history)) {
        state = step(state, version);
        assert.deepEqual(state.output, step(undefined, version).output);
        assert.deepEqual(
          sorted(entries(state.output)),
          sorted(entries(version)).flatMap(([key, item]) => {
            const value = halved(item, key);
            return value === undefined ? [] : [[key, value] as const];
          }),
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('law: the batching does not matter', (t) => {
  holds(
    t,
    fc.property(aHistory(anItem), (history) => {
      const step = atOnce(mapEach(halved));
      const oneByOne = versionsOf(history.flat().map((write) => [write])).reduce<
        Mapped<string, Item, { key: string; half: number }> | undefined
      >(step, undefined);
      const whole = versionsOf([history.flat()]).reduce<typeof oneByOne>(step, undefined);
      assert.deepEqual(oneByOne?.output, history.flat().length === 0 ? undefined : whole?.output);
    }),
  );
});

test('runs for the entries that changed and for no other', (t) => {
  holds(
    t,
    fc.property(aHistory(anItem), (history) => {
      const computed: string[] = [];
      const step = atOnce(
        mapEach((item: Item, key: string) => {
          computed.push(key);
          return halved(item, key);
        }),
      );
      let state: Mapped<string, Item, { key: string; half: number }> | undefined;
      for (const version of versionsOf(history)) {
        computed.length = 0;
        const changed = diff(state?.input ?? from([]), version)
          .filter(({ after }) => after !== undefined)
          .map(({ key }) => key);
        state = step(state, version);
        assert.deepEqual(computed.toSorted(), changed.toSorted());
      }
    }),
  );
});

test('a result equal to the former one is no change', (t) => {
  const step = atOnce(mapEach(halved));
  const before = step(
    undefined,
    from([
      ['a', { n: 4 }],
      ['b', { n: 0 }],
    ]),
  );
  const after = step(before, set(before.input, 'a', { n: 6 }));
  t.is(after.output, before.output);
  t.is(get(after.output, 'a'), get(before.output, 'a'));
});

test('the same input gives the same state', (t) => {
  const step = atOnce(mapEach(halved));
  const state = step(undefined, from([['a', { n: 4 }]]));
  t.is(step(state, state.input), state);
});
