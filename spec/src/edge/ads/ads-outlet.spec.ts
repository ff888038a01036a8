import test from 'ava';

import { adsOutlet } from '../../../../src/edge/ads/ads-outlet.ts';

/** A call that takes a message only when it is told to. */
const aCall = () => {
  const written: string[] = [];
  const taken: (() => void)[] = [];
  return {
    written,
    take: () => taken.shift()?.(),
    write: (message: Buffer, done: () => void): boolean => {
      written.push(message.toString());
      taken.push(done);
      return true;
    },
  };
};

test('messages are written at once while there is room, and made only then', (t) => {
  const call = aCall();
  const { send } = adsOutlet(call as never, 4);
  let made = 0;
  const message = (text: string) => (): Buffer => {
    made += 1;
    return Buffer.from(text);
  };
  for (const text of ['ab', 'cdef', 'g', 'h']) send(message(text));
  t.deepEqual(call.written, ['ab', 'cdef']);
  t.is(made, 2);
  call.take();
  t.deepEqual(call.written, ['ab', 'cdef']);
  call.take();
  t.deepEqual(call.written, ['ab', 'cdef', 'g', 'h']);
});

test('a message larger than all the room is written when nothing else is under way', (t) => {
  const call = aCall();
  const { send } = adsOutlet(call as never, 2);
  send(() => Buffer.from('too large'));
  t.deepEqual(call.written, ['too large']);
});
