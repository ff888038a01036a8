import test from 'ava';

import { empty, from, get, type Collection } from '../../../src/collection/collection.ts';
import { groupBy } from '../../../src/collection/operator/group-by.ts';
import { joinEach } from '../../../src/collection/operator/join-each.ts';
import { mapEach } from '../../../src/collection/operator/map-each.ts';
import { union } from '../../../src/collection/operator/union.ts';
import { atOnce, finish, type Work } from '../../../src/collection/work.ts';

const many = 10_000;

/** As many entries as it says, each a number under a key that tells it. */
const numbers = (count: number, add = 0): Collection<string, number> =>
  from(Array.from({ length: count }, (_, i) => [`key-${i}`, i + add] as const));

/** Does some work, and tells the most calls of what it counts between two pauses. */
const watched = <R>(work: Work<R>, calls: () => number): { result: R; most: number } => {
  let most = 0;
  for (let before = calls(); ; before = calls()) {
    const { done, value } = work.next();
    most = Math.max(most, calls() - before);
    if (done === true) return { result: value, most };
  }
};

/** A function that counts how often it is called. */
const counting = <A extends readonly unknown[], R>(f: (...args: A) => R) => {
  let count = 0;
  const counted = (...args: A): R => {
    count += 1;
    return f(...args);
  };
  return { counted, calls: () => count };
};

const small = numbers(many);
const other = numbers(many / 2, 1);

test('a map of many entries pauses, at first and when they change', (t) => {
  const { counted, calls } = counting((n: number) => n * 2);
  const step = mapEach((n: number, _: string) => counted(n));

  const first = watched(step(undefined, small), calls);
  t.deepEqual(
    first.result.output,
    from(Array.from({ length: many }, (_, i) => [`key-${i}`, i * 2])),
  );
  t.true(first.most < 200, `${first.most} entries without a pause`);

  const next = watched(step(first.result, other), calls);
  t.deepEqual(next.result.output, finish(step(undefined, other)).output);
  t.true(next.most <= 64, `${next.most} entries without a pause`);
});

test('many groups, and one of very many, are made with pauses', (t) => {
  const { counted, calls } = counting((n: number, key: string) => [
    ['all', n] as const,
    [key, n] as const,
  ]);
  const step = groupBy(counted);

  const first = watched(step(undefined, small), calls);
  t.is(first.result.output.size, many + 1);
  t.deepEqual(get(first.result.output, 'all'), small);
  t.true(first.most <= 64);

  const next = watched(step(first.result, other), calls);
  t.deepEqual(next.result.output, finish(step(undefined, other)).output);
  t.deepEqual(get(next.result.output, 'all'), other);
  t.true(next.most <= 2 * 64);
});

test('a join of many entries that all look up one key pauses, and knows who did', (t) => {
  const { counted, calls } = counting((n: number, factor: number) => n * factor);
  const step = joinEach<string, number, { factors: number }, number>((n, _, read) =>
    counted(n, read('factors', 'all') ?? 0),
  );
  const twice = { factors: from([['all', 2]]) };

  const first = watched(step(undefined, small, twice), calls);
  t.is(get(first.result.output, 'key-7'), 14);
  t.true(first.most < 200);

  const next = watched(step(first.result, small, { factors: from([['all', 3]]) }), calls);
  t.is(get(next.result.output, 'key-7'), 21);
  t.is(calls(), 2 * many);
  t.true(next.most <= 64);

  const without = finish(step(next.result, small, { factors: empty<string, number>() }));
  t.is(get(without.output, 'key-7'), 0);
});

test('a union of many entries equals one made of few', (t) => {
  const left = numbers(many);
  const right = from(Array.from({ length: many }, (_, i) => [`other-${i}`, i] as const));
  const unite = atOnce(union<string, number>);

  const state = unite(unite(undefined, empty(), empty()), left, right);
  t.deepEqual(state.output, unite(undefined, left, right).output);
  t.is(state.output.size, 2 * many);
  t.is(unite(state, empty(), empty()).output.size, 0);
});
