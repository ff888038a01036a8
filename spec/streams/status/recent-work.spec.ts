import test from 'ava';

import { recentWork } from '../../../streams/status/recent-work.ts';

const aClock = () => {
  const clock = { at: 0, now: () => clock.at };
  return clock;
};

test('a key waits when it had its share, and others do not', (t) => {
  const clock = aClock();
  const { wait, done } = recentWork<string>({ most: 2, within: 100 }, clock);

  done('a');
  clock.at = 10;
  done('a');

  t.deepEqual([wait('a'), wait('b')], [90, 0]);
});

test('what was done longer ago does not count', (t) => {
  const clock = aClock();
  const { wait, done } = recentWork<string>({ most: 2, within: 100 }, clock);
  done('a');
  clock.at = 60;
  done('a');

  clock.at = 100;

  t.is(wait('a'), 0);
  done('a');
  t.is(wait('a'), 60);
});

test('a clock that jumps back by more than the time of the limit forgets', (t) => {
  const clock = aClock();
  clock.at = 3_600_000;
  const { wait, done } = recentWork<string>({ most: 1, within: 100 }, clock);
  done('a');

  clock.at = 0;

  t.is(wait('a'), 0);
});
