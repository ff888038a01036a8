import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, from, get, set, type Collection } from '../../../../src/collection/collection.ts';
import { diff } from '../../../../src/collection/diff.ts';
import { groupBy, type Grouped } from '../../../../src/collection/operator/group-by.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { aHistory, sorted, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

/** An item joins some groups and contributes its number to each. */
type Item = { readonly groups: readonly string[]; readonly n: number };
const anItem: fc.Arbitrary<Item> = fc.record(
  {
    groups: fc.uniqueArray(fc.constantFrom('red', 'green', 'blue', 'a651y-2ya8', 'a651y-zki6')),
    n: fc.nat(2),
  },
  { noNullPrototype: true },
);
const contributions = ({ groups, n }: Item) => groups.map((group) => [group, { n }] as const);

type State = Grouped<string, Item, string, { readonly n: number }>;

/** The groups with their members, found by looking at every item. */
const plain = (input: Collection<string, Item>) => {
  const all = new Map<string, (readonly [string, { readonly n: number }])[]>();
  for (const [key, item] of sorted(entries(input)))
    for (const [group, member] of contributions(item))
      all.set(group, [...(all.get(group) ?? []), [key, member]]);
  return sorted(all);
};

const shown = ({ output }: State) =>
  sorted(entries(output)).map(([group, members]) => [group, sorted(entries(members))]);

test('law: by change equals from scratch, and equals a plain grouping', (t) => {
  holds(
    t,
    fc.property(aHistory(anItem), (history) => {
      const step = atOnce(groupBy(contributions));
      let state: State | undefined;
      for (const version of versionsOf(history)) {
        state = step(state, version);
        assert.deepEqual(state.output, step(undefined, version).output);
        assert.deepEqual(shown(state), plain(version));
      }
    }),
    { numRuns: 200 },
  );
});

test('law: the batching does not matter', (t) => {
  holds(
    t,
    fc.property(aHistory(anItem), (history) => {
      fc.pre(history.flat().length > 0);
      const step = atOnce(groupBy(contributions));
      const oneByOne = versionsOf(history.flat().map((write) => [write])).reduce<State | undefined>(
        step,
        undefined,
      );
      const whole = versionsOf([history.flat()]).reduce<State | undefined>(step, undefined);
      assert.deepEqual(oneByOne?.output, whole?.output);
    }),
  );
});

test('runs for the entries that changed and for no other', (t) => {
  holds(
    t,
    fc.property(aHistory(anItem), (history) => {
      const computed = new Set<string>();
      const step = atOnce(
        groupBy((item: Item, key: string) => {
          computed.add(key);
          return contributions(item);
        }),
      );
      let state: State | undefined;
      for (const version of versionsOf(history)) {
        computed.clear();
        const changed = diff(state?.input ?? from([]), version).map(({ key }) => key);
        state = step(state, version);
        assert.deepEqual([...computed].sort(), changed.toSorted());
      }
    }),
  );
});

test('a group that a change does not concern keeps its identity', (t) => {
  const step = atOnce(groupBy(contributions));
  const before = step(
    undefined,
    from([
      ['x', { groups: ['red', 'green'], n: 1 }],
      ['y', { groups: ['green', 'blue'], n: 1 }],
    ]),
  );
  const after = step(before, set(before.input, 'x', { groups: ['red', 'blue'], n: 1 }));
  t.is(get(after.output, 'red'), get(before.output, 'red'));
  t.deepEqual(shown(after), [
    [
      'blue',
      [
        ['x', { n: 1 }],
        ['y', { n: 1 }],
      ],
    ],
    ['green', [['y', { n: 1 }]]],
    ['red', [['x', { n: 1 }]]],
  ]);
});

test('a group without members does not exist', (t) => {
  const step = atOnce(groupBy(contributions));
  const before = step(undefined, from([['x', { groups: ['red'], n: 1 }]]));
  const after = step(before, set(before.input, 'x', { groups: [], n: 1 }));
  t.is(after.output.size, 0);
});

test('an equal contribution changes nothing', (t) => {
  const step = atOnce(groupBy(contributions));
  const before = step(undefined, from([['x', { groups: ['red'], n: 1 }]]));
  const after = step(before, set(before.input, 'x', { groups: ['red'], n: 1 }));
  t.is(after.output, before.output);
  t.is(step(after, after.input), after);
});
