import test from 'ava';

import { saidBefore } from '../../../src/edge/said-before.ts';

test('a text is said before until many others were', (t) => {
  const isSaid = saidBefore();
  t.deepEqual(['a', 'b', 'a'].map(isSaid), [false, false, true]);
  for (let i = 0; i < 49; i += 1) isSaid(String(i));
  t.true(isSaid('a'), 'the last 50 are known');
  for (let i = 0; i < 50; i += 1) isSaid(`other ${i}`);
  t.false(isSaid('a'));
});
