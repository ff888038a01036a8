import test from 'ava';

import { inSlices } from '../../../src/edge/in-slices.ts';

test('every item is visited in order, and the event loop turns meanwhile', async (t) => {
  const seen: number[] = [];
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);

  const items = Array.from({ length: 40 }, (_, i) => i);
  await inSlices(items, (item) => {
    seen.push(item);
    const until = performance.now() + 0.5;
    while (performance.now() < until);
  });
  isOver = true;

  t.deepEqual(seen, items);
  t.true(turns > 1);
});
