import test from 'ava';

import { from, get, values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import type { ObjectRef } from '../../../../src/ir/object-ref.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';
import { bySeniority, type BySeniority } from '../../../../src/translate/assemble/by-seniority.ts';
import { aHost, aService, createdIn, storeOf } from '../../../_support/world/builders.ts';

interface Wish {
  readonly from: readonly ObjectRef[];
}

/** What is chosen shows the order. */
const settle = atOnce(
  bySeniority<string, Wish>({
    chosen: (ranked) => ({ from: ranked.flatMap((wish) => wish.from) }),
    problems: ([first, ...others]) =>
      others.flatMap((wish) =>
        wish.from.map((object) => ({
          _tag: 'Note',
          object,
          field: '',
          note: `behind ${first.from.join()}`,
        })),
      ),
  }),
);

const storeWith = (years: Readonly<Record<string, number>>) =>
  storeOf(
    aHost('team/new'),
    aService('team/ageless'),
    ...Object.entries(years).map(([name, year]) => createdIn(year, aHost(`team/${name}`))),
  );

const wish = (...names: readonly string[]): Wish => ({
  from: names.map((name): ObjectRef => `Host team/${name}`),
});

type Wishes = Readonly<Record<string, Wish>>;

const settled = (
  previous: BySeniority<string, Wish> | undefined,
  years: Readonly<Record<string, number>>,
  ...languages: readonly Wishes[]
) =>
  settle(
    previous,
    storeWith(years),
    languages.map((wishes) => from(Object.entries(wishes))),
  );

const orderOf = (result: BySeniority<string, Wish>, key = 'a.example'): readonly string[] =>
  (get(result.settled.output, key)?.from ?? []).map((ref) => ref.slice('Host team/'.length));

const told = ({ problems }: BySeniority<string, Wish>): readonly string[] =>
  [...values(problems.output)].flat().map(showProblem);

test('what several languages ask for is in the order of age, whatever the order of languages', (t) => {
  const result = settled(
    undefined,
    { a: 2025, b: 2023, c: 2024 },
    { 'a.example': wish('a'), 'other.example': wish('a') },
    { 'a.example': wish('b') },
    { 'a.example': wish('c') },
  );
  t.deepEqual(orderOf(result), ['b', 'c', 'a']);
  t.deepEqual(told(result), ['Host team/c: behind Host team/b', 'Host team/a: behind Host team/b']);
  t.deepEqual(orderOf(result, 'other.example'), ['a']);
});

test('of one age, or without one, the first language comes first', (t) => {
  t.deepEqual(
    orderOf(
      settled(
        undefined,
        { a: 2024, b: 2024 },
        { 'a.example': wish('b') },
        { 'a.example': wish('a') },
      ),
    ),
    ['b', 'a'],
  );
  t.deepEqual(
    orderOf(settled(undefined, {}, { 'a.example': wish('new') }, { 'a.example': wish('unknown') })),
    ['new', 'unknown'],
  );
});

test('what no API server created comes last, and of several objects the oldest counts', (t) => {
  t.deepEqual(
    orderOf(
      settled(
        undefined,
        { a: 2025, b: 2024, c: 2023 },
        { 'a.example': { from: ['Service team/ageless'] } },
        { 'a.example': wish('b') },
        { 'a.example': wish('a', 'c') },
      ),
    ).slice(0, 3),
    ['a', 'c', 'b'],
  );
});

test('an object that is created anew is the youngest, and says nothing else', (t) => {
  const languages = [{ 'a.example': wish('a') }, { 'a.example': wish('b') }];
  let result = settled(undefined, { a: 2023, b: 2024 }, ...languages);
  t.deepEqual(orderOf(result), ['a', 'b']);
  result = settled(result, { a: 2025, b: 2024 }, ...languages);
  t.deepEqual(orderOf(result), ['b', 'a']);
  result = settled(result, { a: 2025 }, languages[0] ?? {}, {});
  t.deepEqual(orderOf(result), ['a']);
  t.deepEqual(told(result), []);
  result = settled(result, { a: 2023, b: 2024 }, ...languages);
  t.deepEqual(orderOf(result), ['a', 'b']);
});
