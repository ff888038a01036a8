import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { empty, entries, from, type Collection } from '../../../../src/collection/collection.ts';
import {
  union,
  unionOf,
  type Shared,
  type United,
  type UnitedAll,
} from '../../../../src/collection/operator/union.ts';
import { finish } from '../../../../src/collection/work.ts';
import { aHistory, sorted, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

interface Sides {
  readonly left: boolean;
  readonly right: boolean;
  readonly n: number;
}

/** On which sides each key is, perhaps on both; it can move from one to the other in one step. */
const sides = fc
  .record({ left: fc.boolean(), right: fc.boolean(), n: fc.nat(3) }, { noNullPrototype: true })
  .filter(({ left, right }) => left || right);

const sum = (a: Sides, b: Sides): Sides => ({ left: true, right: true, n: a.n + b.n });

test('law: by change equals from scratch, and is everything of both', (t) => {
  holds(
    t,
    fc.property(aHistory(sides), (history) => {
      let state: United<string, Sides> | undefined;
      for (const version of versionsOf(history)) {
        const all = [...entries(version)];
        const left = from(all.filter(([, side]) => side.left));
        const right = from(all.filter(([, side]) => side.right));
        state = finish(union(state, left, right, sum));
        assert.deepEqual(state.output, finish(union(undefined, left, right, sum)).output);
        const expected = all.map(([key, side]): [string, Sides] => [
          key,
          side.left && side.right ? { ...side, n: side.n * 2 } : side,
        ]);
        assert.deepEqual(sorted(entries(state.output)), sorted(expected));
        assert.deepEqual(
          sorted(entries(state.shared)),
          sorted(
            all
              .filter(([, side]) => side.left && side.right)
              .map(([key, side]): [string, Shared<Sides>] => [key, { left: side, right: side }]),
          ),
        );
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

test('what is on both sides is as on the left', (t) => {
  const [left, right] = [from([['a', 1]]), from([['a', 2]])];
  t.deepEqual([...entries(finish(union(undefined, left, right)).output)], [['a', 1]]);
});

test('where a side is empty the output shares all of the other one, also if it was not empty before', (t) => {
  const some = from([
    ['a', 1],
    ['c', 3],
  ]);
  const both = finish(union(undefined, some, from([['b', 2]])));
  for (const { output } of [
    finish(union(undefined, some, empty())),
    finish(union(undefined, empty(), some)),
    finish(union(both, some, empty())),
  ]) {
    t.is(output.root, some.root);
    t.not(output, some);
  }
});

test('of several the first one that has a key counts, and the output shares all of the only one', (t) => {
  const [a, b, c] = [
    from([
      ['w', 0],
      ['x', 1],
    ]),
    from([['y', 2]]),
    from([['y', 3] as const, ['z', 4] as const]),
  ];
  const all: UnitedAll<string, number> = finish(unionOf(undefined, [a, b, c]));
  t.deepEqual(sorted(entries(all.output)), [
    ['w', 0],
    ['x', 1],
    ['y', 2],
    ['z', 4],
  ]);
  const only = finish(unionOf(undefined, [a]));
  t.is(only.output.root, a.root);
  t.not(only.output, a);
  t.is(finish(unionOf(only, [a])).output, only.output);
  t.is(finish(unionOf(all, [a, b, c])).output, all.output);
});

test('from nothing it starts from the larger side, whose parts it shares', (t) => {
  const large = from(Array.from({ length: 1000 }, (_, i): [string, number] => [`large ${i}`, i]));
  const small = from([['small', 1]]);
  const parts = (all: Collection<string, number>): ReadonlySet<unknown> => new Set(all.root);
  for (const [left, right] of [
    [small, large],
    [large, small],
  ] as const) {
    const { output } = finish(union(undefined, left, right));
    const [own, shared] = [parts(large), parts(output)];
    t.true([...own].filter((part) => !shared.has(part)).length <= 2);
  }
});
