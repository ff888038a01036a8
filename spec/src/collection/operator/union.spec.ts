import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, from } from '../../../../src/collection/collection.ts';
import { union, type United } from '../../../../src/collection/operator/union.ts';
import { finish } from '../../../../src/collection/work.ts';
import { aHistory, sorted, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

/** Which side each key is on; a key moves from one side to the other in one step. */
const sides = fc.record({ right: fc.boolean(), n: fc.nat(3) }, { noNullPrototype: true });

test('law: by change equals from scratch, and is everything of both', (t) => {
  holds(
    t,
    fc.property(aHistory(sides), (history) => {
      let state: United<string, { right: boolean; n: number }> | undefined;
      for (const version of versionsOf(history)) {
        const all = [...entries(version)];
        const left = from(all.filter(([, { right }]) => !right));
        const right = from(all.filter(([, side]) => side.right));
        state = finish(union(state, left, right));
        assert.deepEqual(state.output, finish(union(undefined, left, right)).output);
        assert.deepEqual(sorted(entries(state.output)), sorted(all));
      }
    }),
    { numRuns: 200 },
  );
});

test('without a change the output is the same', (t) => {
  const [left, right] = [from([['a', 1]]), from([['b', 2]])];
  const state = finish(union(undefined, left, right));
  t.is(finish(union(state, left, right)).output, state.output);
});
