import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, from, type Collection } from '../../../../src/collection/collection.ts';
import { mapGiven, type MappedGiven } from '../../../../src/collection/operator/map-given.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { aHistory, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

interface Rate {
  readonly times: number;
}

/** Odd products have no entry. */
const product = (n: number, _: string, { times }: Rate): number | undefined =>
  (n * times) % 2 === 1 ? undefined : n * times;

const aRate = fc.option(fc.record({ times: fc.nat(3) }, { noNullPrototype: true }), {
  nil: undefined,
});

test('law: by change equals from scratch, whatever is given when', (t) => {
  holds(
    t,
    fc.property(aHistory(fc.nat(5)), fc.array(aRate, { minLength: 1 }), (history, rates) => {
      const step = atOnce(mapGiven(product));
      let state: MappedGiven<string, number, Rate, number> | undefined;
      for (const [i, version] of versionsOf(history).entries()) {
        const rate = rates[i % rates.length];
        state = step(state, version, rate);
        assert.deepEqual(state.output, step(undefined, version, rate).output);
        assert.equal(state.input, version);
      }
    }),
    { numRuns: 300 },
  );
});

test('while nothing is given nobody looks at the entries, and the result stays the same', (t) => {
  const unread = (size: number): Collection<string, number> => ({
    size,
    get root(): never {
      throw new Error('expected that nobody looks at the entries');
    },
  });
  const step = atOnce(mapGiven(product));
  const first = step(undefined, unread(1), undefined);
  const second = step(first, unread(2), undefined);
  t.is(first.output.size, 0);
  t.is(second.output, first.output);
});

test('what equals the value before computes nothing anew', (t) => {
  const computed: string[] = [];
  const step = atOnce(
    mapGiven((n: number, key: string, { times }: Rate) => {
      computed.push(key);
      return n * times;
    }),
  );
  const input = from([
    ['a', 1],
    ['b', 2],
  ]);
  const first = step(undefined, input, { times: 2 });
  computed.length = 0;
  const same = step(first, input, { times: 2 });
  t.deepEqual(computed, []);
  t.is(same.output, first.output);
  t.deepEqual([...entries(step(same, input, { times: 3 }).output)].sort(), [
    ['a', 3],
    ['b', 6],
  ]);
});
