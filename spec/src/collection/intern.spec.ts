import test from 'ava';

import { interned, interning } from '../../../src/collection/intern.ts';

test('gives the very same thing for a text it knows', (t) => {
  const letters = interned((text) => [...text]);
  const first = letters('ab');
  t.deepEqual(first, ['a', 'b']);
  t.is(letters('ab'), first);
  t.deepEqual(letters('c'), ['c']);
});

test('what is made of a text may be nothing, and is not made again', (t) => {
  let made = 0;
  const nothing = interned(() => {
    made += 1;
    return undefined;
  });
  t.is(nothing('a'), undefined);
  t.is(nothing('a'), undefined);
  t.is(made, 1);
});

test('forgets all texts when there are too many, and is right all the same', (t) => {
  const letters = interned((text) => [...text], 2);
  const first = letters('a');
  letters('b');
  t.is(letters('a'), first);
  letters('c');
  t.not(letters('a'), first);
  t.deepEqual(letters('a'), first);
});

test('a thing is made only where its name is new', (t) => {
  const known = interning<readonly number[]>();
  const first = known('one', () => [1]);
  t.is(
    known('one', () => [2]),
    first,
  );
  t.deepEqual(
    known('two', () => [2]),
    [2],
  );
});
