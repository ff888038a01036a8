import test from 'ava';

import { tokenBucket } from '../../../streams/status/token-bucket.ts';

const aClock = () => {
  const clock = { at: 0, now: () => clock.at };
  return clock;
};

test('as many as the burst are free at once, then one at a time', (t) => {
  const { take } = tokenBucket({ perSecond: 10, burst: 3 }, aClock());

  t.deepEqual([take(), take(), take(), take(), take()], [0, 0, 0, 100, 200]);
});

test('the bucket fills with time, and no higher than the burst', (t) => {
  const clock = aClock();
  const { tryTake } = tokenBucket({ perSecond: 10, burst: 2 }, clock);

  t.deepEqual([tryTake(), tryTake(), tryTake()], [true, true, false]);
  clock.at = 100;
  t.deepEqual([tryTake(), tryTake()], [true, false]);
  clock.at = 100_000;
  t.deepEqual([tryTake(), tryTake(), tryTake()], [true, true, false]);
});

test('what is given back can be taken again', (t) => {
  const { take, giveBack } = tokenBucket({ perSecond: 1, burst: 1 }, aClock());

  take();
  giveBack();

  t.is(take(), 0);
});

test('a clock that jumps back stops nothing', (t) => {
  const clock = aClock();
  clock.at = 3_600_000;
  const { tryTake } = tokenBucket({ perSecond: 10, burst: 1 }, clock);
  tryTake();

  clock.at = 0;
  tryTake();
  clock.at = 100;

  t.true(tryTake());
});
