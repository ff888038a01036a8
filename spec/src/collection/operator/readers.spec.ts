import test from 'ava';

import {
  from,
  get,
  remove,
  set,
  withEdits,
  type Collection,
} from '../../../../src/collection/collection.ts';
import { editOf } from '../../../../src/collection/edit.ts';
import { readersOf } from '../../../../src/collection/operator/dependency.ts';
import { joinEach } from '../../../../src/collection/operator/join-each.ts';
import { fewReaders } from '../../../../src/collection/operator/readers.ts';
import { atOnce } from '../../../../src/collection/work.ts';

/** Each entry looks up the key that it is, and after it one that all have in common. */
const step = atOnce(
  joinEach<string, string, { words: number }, number>(
    (wanted, _, read) => (read('words', wanted) ?? 0) + (read('words', 'all') ?? 0),
  ),
);

const names = Array.from({ length: fewReaders + 2 }, (_, i) => `entry-${i}`);
const asMany = (count: number): Collection<string, string> =>
  from(names.slice(0, count).map((name) => [name, `own ${name}`] as const));
const words = { words: from([['all', 1]]) };

test('the readers of a key are the same few or many, and whichever way they became so', (t) => {
  const counts = [
    1,
    2,
    fewReaders,
    fewReaders + 1,
    fewReaders + 2,
    fewReaders + 1,
    fewReaders,
    3,
    1,
  ];
  let state = step(undefined, asMany(0), words);
  for (const count of counts) {
    const input = asMany(count);
    state = step(state, input, words);
    const scratch = step(undefined, input, words);
    t.deepEqual(state.dependencies, scratch.dependencies);
    const readers = [...readersOf(state.dependencies.words, 'all')];
    t.deepEqual(readers.sort(), names.slice(0, count).sort());
    t.deepEqual([...readersOf(state.dependencies.words, 'own entry-0')], ['entry-0']);
  }
});

test('all of very many readers notice that what they looked up changed', (t) => {
  const before = step(undefined, asMany(names.length), words);
  const after = step(before, before.input, { words: set(words.words, 'all', 5) });
  t.is(after.output.size, names.length);
  for (const name of names) t.is(get(after.output, name), 5);
});

test('who ceases to look up a key that very many look up is no reader of it', (t) => {
  const only = atOnce(
    joinEach<string, string, { words: number }, number>(
      (wanted, _, read) => read('words', wanted) ?? 0,
    ),
  );
  const all = from(names.map((name) => [name, 'all'] as const));
  const before = only(undefined, all, words);
  const input = withEdits(
    all,
    names.slice(0, 2).map((name) => editOf(name, 'other')),
  );
  const after = only(before, remove(input, 'entry-2'), words);
  t.deepEqual([...readersOf(after.dependencies.words, 'all')].sort(), names.slice(3).sort());
  t.deepEqual([...readersOf(after.dependencies.words, 'other')].sort(), ['entry-0', 'entry-1']);
});
