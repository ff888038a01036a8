import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import {
  entries,
  from,
  remove,
  set,
  type Collection,
} from '../../../../src/collection/collection.ts';
import { diff } from '../../../../src/collection/diff.ts';
import { joinEach, type Joined, type Read } from '../../../../src/collection/operator/join-each.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { aHistory, aKey, versionsOf } from '../../../_support/property/collection-history.ts';
import { holds } from '../../../_support/property/property.ts';

/** An item looks up a price, and where that says so, a discount under the price's own word. */
interface Item {
  readonly wants: string;
}
interface Price {
  readonly amount: number;
  readonly discount?: string;
}
interface Shelf {
  readonly prices: Price;
  readonly discounts: number;
}
type Bill = { readonly pays: number | 'nothing' };
type State = Joined<string, Item, Shelf, Bill>;

const bill = ({ wants }: Item, _: string, read: Read<Shelf>): Bill | undefined => {
  const price = read('prices', wants);
  if (price === undefined) return { pays: 'nothing' };
  if (price.amount === 3) return undefined;
  const discount = price.discount === undefined ? 0 : (read('discounts', price.discount) ?? 0);
  return { pays: price.amount - discount };
};

const anItem: fc.Arbitrary<Item> = fc.record({ wants: aKey }, { noNullPrototype: true });
const aPrice: fc.Arbitrary<Price> = fc.record(
  { amount: fc.nat(3), discount: aKey },
  { requiredKeys: ['amount'], noNullPrototype: true },
);

/** Histories of all three collections, in step. */
const aWorld = fc
  .tuple(aHistory(anItem), aHistory(aPrice), aHistory(fc.nat(1)))
  .map(([items, prices, discounts]) => {
    const inputs = [versionsOf(items), versionsOf(prices), versionsOf(discounts)] as const;
    const at = <V>(versions: readonly Collection<string, V>[], i: number) =>
      versions[Math.min(i, versions.length - 1)] ?? from<string, V>([]);
    return Array.from({ length: Math.max(...inputs.map(({ length }) => length)) }, (_, i) => ({
      items: at(inputs[0], i),
      tables: { prices: at(inputs[1], i), discounts: at(inputs[2], i) },
    }));
  });

test('law: by change equals from scratch, whichever of the inputs changed', (t) => {
  holds(
    t,
    fc.property(aWorld, (moments) => {
      const step = atOnce(joinEach(bill));
      let state: State | undefined;
      for (const { items, tables } of moments) {
        state = step(state, items, tables);
        const scratch = step(undefined, items, tables);
        assert.deepEqual(state.output, scratch.output);
        assert.deepEqual(state.dependencies, scratch.dependencies);
      }
    }),
    { numRuns: 300 },
  );
});

test('law: moments that nobody looked at do not matter', (t) => {
  holds(
    t,
    fc.property(aWorld, fc.infiniteStream(fc.boolean()), (moments, skips) => {
      const step = atOnce(joinEach(bill));
      let state: State | undefined;
      let sparse: State | undefined;
      for (const [i, { items, tables }] of moments.entries()) {
        state = step(state, items, tables);
        if (i === moments.length - 1 || skips.next().value === true)
          sparse = step(sparse, items, tables);
      }
      assert.deepEqual(sparse?.output, state?.output);
    }),
  );
});

test('computes again what changed and what looked up something that changed, and nothing else', (t) => {
  holds(
    t,
    fc.property(aWorld, (moments) => {
      const reads = new Map<string, Set<string>>();
      const computed = new Set<string>();
      const step = atOnce(
        joinEach((item: Item, key: string, read: Read<Shelf>) => {
          computed.add(key);
          const looked = new Set<string>();
          reads.set(key, looked);
          return bill(item, key, (table, wanted) => {
            looked.add(`${table} ${wanted}`);
            return read(table, wanted);
          });
        }),
      );
      let state: State | undefined;
      for (const { items, tables } of moments) {
        computed.clear();
        const moved = new Set(diff(state?.input ?? from([]), items).map(({ key }) => key));
        const lookups = new Set([
          ...diff(state?.tables.prices ?? from([]), tables.prices).map(
            ({ key }) => `prices ${key}`,
          ),
          ...diff(state?.tables.discounts ?? from([]), tables.discounts).map(
            ({ key }) => `discounts ${key}`,
          ),
        ]);
        const expected = [...entries(items)]
          .map(([key]) => key)
          .filter(
            (key) => moved.has(key) || [...(reads.get(key) ?? [])].some((one) => lookups.has(one)),
          );
        state = step(state, items, tables);
        assert.deepEqual([...computed].sort(), expected.sort());
      }
    }),
    { numRuns: 200 },
  );
});

test('law: the same holds where of a table no look-ups are kept, and none are', (t) => {
  holds(
    t,
    fc.property(aWorld, (moments) => {
      const step = atOnce(joinEach(bill, ['discounts']));
      let state: State | undefined;
      for (const { items, tables } of moments) {
        state = step(state, items, tables);
        const scratch = step(undefined, items, tables);
        assert.deepEqual(state.output, scratch.output);
        assert.deepEqual(state.dependencies, scratch.dependencies);
        assert.equal(state.dependencies.discounts, undefined);
      }
    }),
    { numRuns: 300 },
  );
});

test('what was not found counts as looked up: its appearance is noticed', (t) => {
  const step = atOnce(joinEach(bill));
  const items = from([['a', { wants: 'tea' }]]);
  const nothing = { prices: from<string, Price>([]), discounts: from<string, number>([]) };
  const before = step(undefined, items, nothing);
  t.deepEqual([...entries(before.output)], [['a', { pays: 'nothing' }]]);
  const after = step(before, items, { ...nothing, prices: from([['tea', { amount: 2 }]]) });
  t.deepEqual([...entries(after.output)], [['a', { pays: 2 }]]);
  t.deepEqual(step(after, items, nothing).output, before.output);
});

test('nobody is left among the readers when the last entry goes', (t) => {
  const step = atOnce(joinEach(bill));
  const tables = { prices: from([['tea', { amount: 2 }]]), discounts: from<string, number>([]) };
  const before = step(undefined, from([['a', { wants: 'tea' }]]), tables);
  const after = step(before, remove(before.input, 'a'), tables);
  t.is(after.output.size, 0);
  t.deepEqual(after.dependencies, {});
});

test('a table in which nothing is looked up is not gone through, however it changes', (t) => {
  const step = atOnce(joinEach(bill));
  const items = from([['a', { wants: 'tea' }]]);
  const prices = from<string, Price>([['tea', { amount: 2 }]]);
  const unread = (size: number): Collection<string, number> => ({
    size,
    get root(): never {
      throw new Error('expected that nobody goes through this table');
    },
  });
  const before = step(undefined, items, { prices, discounts: unread(1) });
  const after = step(before, items, { prices, discounts: unread(2) });
  t.is(after.output, before.output);
  const reduced = {
    prices: from([['tea', { amount: 4, discount: 'sale' }]]),
    discounts: from([['sale', 1]]),
  };
  t.deepEqual([...entries(step(after, items, reduced).output)], [['a', { pays: 3 }]]);
});

test('an equal result keeps its identity', (t) => {
  const step = atOnce(joinEach(bill));
  const tables = { prices: from([['tea', { amount: 2 }]]), discounts: from<string, number>([]) };
  const before = step(undefined, from([['a', { wants: 'tea' }]]), tables);
  const after = step(before, before.input, {
    ...tables,
    prices: set(tables.prices, 'tea', { amount: 2 }),
  });
  t.is(after.output, before.output);
});
