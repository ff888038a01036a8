import test from 'ava';

import { lazily } from '../../../src/plane/lazily.ts';

test('a value is made when it is first asked for, once', (t) => {
  let made = 0;
  const value = lazily(() => (made += 1));

  t.is(made, 0);
  t.deepEqual([value(), value(), made], [1, 1, 1]);
});

test('an error is thrown whenever it is asked for', (t) => {
  const value = lazily(() => {
    throw new Error('broken');
  });

  t.throws(value, { message: 'broken' });
  t.throws(value, { message: 'broken' });
});
