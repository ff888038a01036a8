import test from 'ava';

import { empty, remove, set, type Collection } from '../../../src/collection/collection.ts';
import { retryPace } from '../../../streams/reflect/retry-pace.ts';

const none: Collection<string, true> = empty();
const one = set(none, 'one', true);
const both = set(one, 'two', true);

/** After how many ticks each of so many tries is due, when nothing changes by them. */
const tries = (
  { isDue, noted }: ReturnType<typeof retryPace>,
  failing: Collection<string, true>,
  count: number,
): readonly number[] =>
  Array.from({ length: count }, () => {
    let ticks = 1;
    while (!isDue()) ticks += 1;
    noted(failing, true);
    return ticks;
  });

test('nothing is tried while nothing fails', (t) => {
  const { isDue, noted } = retryPace(4);
  t.false(isDue());
  noted(one, false);
  noted(none, false);
  t.false(isDue());
});

test('what goes on failing is tried ever more rarely, up to a limit', (t) => {
  const pace = retryPace(4);
  pace.noted(one, false);
  t.deepEqual(tries(pace, one, 5), [1, 2, 4, 4, 4]);
});

test('something new that fails is tried soon, and what is mended changes nothing', (t) => {
  const pace = retryPace(8);
  pace.noted(one, false);
  tries(pace, one, 4);

  pace.noted(both, false);
  t.deepEqual(tries(pace, both, 2), [1, 2]);
  pace.noted(remove(both, 'two'), false);
  t.deepEqual(tries(pace, one, 1), [4]);
});

test('a try that takes long is not joined by another', (t) => {
  const { isDue, noted } = retryPace(4);
  noted(one, false);
  t.true(isDue());
  t.deepEqual([isDue(), isDue(), isDue()], [false, false, false]);

  noted(both, true);
  t.true(isDue());
});
