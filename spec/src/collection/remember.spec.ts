import test from 'ava';

import { remember } from '../../../src/collection/remember.ts';

test('what was computed for the same arguments is not computed again', (t) => {
  let runs = 0;
  const pair = remember((a: object, b: object) => {
    runs += 1;
    return [a, b];
  });
  const [a, b] = [{}, {}];
  t.is(pair(a, b), pair(a, b));
  t.is(runs, 1);
  t.deepEqual(pair(b, a), [b, a]);
  t.is(runs, 2);
});

test('only the latest results are kept', (t) => {
  let runs = 0;
  const same = remember((n: number) => {
    runs += 1;
    return n;
  }, 2);
  t.deepEqual(
    [1, 2, 3, 3, 2, 1].map((n) => same(n)),
    [1, 2, 3, 3, 2, 1],
  );
  t.is(runs, 4);
});
