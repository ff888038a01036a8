import test from 'ava';

import { from, set, type Collection } from '../../../../src/collection/collection.ts';
import { groupBy, type Grouped } from '../../../../src/collection/operator/group-by.ts';
import { joinEach } from '../../../../src/collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../../src/collection/operator/map-each.ts';
import { namedCollections } from '../../../../src/collection/operator/named-collections.ts';
import {
  union,
  unionOf,
  type United,
  type UnitedAll,
} from '../../../../src/collection/operator/union.ts';
import { atOnce, finish } from '../../../../src/collection/work.ts';

type Numbers = Collection<string, number>;

const some = from([
  ['a', 1],
  ['b', 2],
]);

const same = atOnce(mapEach<string, number, number>((n) => n));
const byParity = atOnce(groupBy<string, number, string, number>((n) => [[`${n % 2}`, n]]));
const known = atOnce(
  joinEach<string, number, { names: string; bounds: number }, string>((_, key, read) =>
    read('names', key),
  ),
);

test('a step is called by the way to it, and tells its operator, what it reads and how much it made', (t) => {
  const small = same(undefined, some);
  const parity = byParity(undefined, small.output);
  t.deepEqual(namedCollections({ given: { some }, numbers: { small, parity } }), [
    { name: 'given/some', entries: 2 },
    { name: 'numbers/small', entries: 2, operator: 'mapEach', reads: ['given/some'] },
    { name: 'numbers/parity', entries: 2, operator: 'groupBy', reads: ['numbers/small'] },
  ]);
});

test('a join reads what it goes through, then what it looks things up in, each once', (t) => {
  const names = from([['a', 'Ann']]);
  const joined = known(undefined, some, { names, bounds: some });
  t.deepEqual(namedCollections({ some, names, joined }).at(-1), {
    name: 'joined',
    entries: 1,
    operator: 'joinEach',
    reads: ['some', 'names'],
  });
});

test('a union of several is one step; what each later one shares with those before has a name too', (t) => {
  const [left, right] = [from([['a', 1]]), from([['a', 2]])];
  const two = finish(union(undefined, left, right));
  const all = finish(unionOf(undefined, [left, two.output]));
  const shared = same(undefined, from<string, number>([]));
  const inBoth = atOnce(mapEach(() => 1))(undefined, all.unions[0]?.shared ?? from([]));
  t.deepEqual(namedCollections({ left, right, two, all, inBoth, shared }).slice(2, 5), [
    { name: 'two', entries: 1, operator: 'union', reads: ['left', 'right'] },
    { name: 'all', entries: 1, operator: 'unionOf', reads: ['left', 'two'] },
    { name: 'all/shared/0', entries: 1, operator: 'unionOf', reads: ['left', 'two'] },
  ]);
});

test('a step of its own says itself what it reads, by name or in a list', (t) => {
  const [one, other] = [from([['a', 1]]), from([['b', 2]])];
  const own = (inputs: object) => ({ operator: 'own', inputs, output: from([]) });
  t.deepEqual(
    namedCollections({ one, other, named: own({ one, other }), listed: own([other]) }).slice(2),
    [
      { name: 'named', entries: 0, operator: 'own', reads: ['one', 'other'] },
      { name: 'listed', entries: 0, operator: 'own', reads: ['other'] },
    ],
  );
});

test('a collection has one name: that of the step that made it, else the first one', (t) => {
  const step = same(undefined, some);
  const names = (states: object) => namedCollections(states).map(({ name }) => name);
  t.deepEqual(names({ alias: step.output, step, again: step, outside: some, more: some }), [
    'step',
    'outside',
  ]);
});

test('the items of a list are called by their place, and what is no collection is left out', (t) => {
  const step = same(undefined, some);
  const states = { list: [some, step], n: 1, none: undefined, nil: null, of: new Set(['x']) };
  t.deepEqual(
    namedCollections(states).map(({ name }) => name),
    ['list/0', 'list/1'],
  );
});

test('what is read from nowhere in the record is unknown', (t) => {
  t.deepEqual(namedCollections({ step: same(undefined, some) }), [
    { name: 'step', entries: 2, operator: 'mapEach', reads: ['unknown'] },
  ]);
});

interface Former {
  readonly first: Mapped<string, number, number>;
  readonly second: Mapped<string, number, number>;
  readonly one: UnitedAll<string, number>;
  readonly two: United<string, number>;
  readonly parity: Grouped<string, number, string, number>;
}

test('steps that hand everything on, or have nothing, are told apart, also after changes', (t) => {
  const run = (numbers: Numbers, former?: Former) => {
    const first = same(former?.first, numbers);
    const second = same(former?.second, first.output);
    const one = finish(unionOf(former?.one, [second.output]));
    const two = finish(union(former?.two, one.output, numbers));
    const parity = byParity(former?.parity, two.output);
    const none = atOnce(mapEach(() => undefined))(undefined, parity.output);
    const nobody = atOnce(mapEach(() => undefined))(undefined, none.output);
    return { numbers, first, second, one, two, parity, none, nobody };
  };
  const one = from<string, number>([['a', 1]]);
  let states = run(from([]));
  const versions: readonly Numbers[] = [some, set<string, number>(some, 'c', 3), one, from([])];
  for (const numbers of versions) {
    states = run(numbers, states);
    t.deepEqual(
      namedCollections(states).map(({ name, reads }) => `${name} ← ${reads?.join() ?? ''}`),
      [
        'numbers ← ',
        'first ← numbers',
        'second ← first',
        'one ← second',
        'two ← one,numbers',
        'parity ← two',
        'none ← parity',
        'nobody ← none',
      ],
    );
  }
});
