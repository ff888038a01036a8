import test from 'ava';

import { liveness } from '../../../../src/edge/admin/liveness.ts';

/** The liveness of a pipe with a limit of a minute, and its clock. */
const aPipe = () => {
  let time = 0;
  const { arrived, handled, stuck } = liveness({ limit: 60_000, now: () => time });
  return { arrived, handled, stuck, wait: (seconds: number) => (time += seconds * 1000) };
};

test('a source that says nothing is no reason to restart', (t) => {
  const { stuck, arrived, handled, wait } = aPipe();
  wait(100_000);
  t.is(stuck(), undefined);
  arrived(['event']);
  handled();
  wait(100_000);
  t.is(stuck(), undefined);
});

test('a group without an event is no reason to wait for a batch', (t) => {
  const { stuck, arrived, wait } = aPipe();
  arrived([]);
  wait(100_000);
  t.is(stuck(), undefined);
  arrived(['event']);
  wait(59);
  t.is(stuck(), undefined);
});

test('events that wait for a minute are one', (t) => {
  const { stuck, arrived, wait } = aPipe();
  arrived(['event']);
  wait(59);
  t.is(stuck(), undefined);
  wait(1);
  t.is(stuck(), 'events have been waiting for 60 s and no batch was handled');
});

test('the wait begins with the first event, whatever arrives after it', (t) => {
  const { stuck, arrived, wait } = aPipe();
  for (let second = 0; second < 60; second += 1) {
    arrived(['event']);
    wait(1);
  }
  t.is(stuck(), 'events have been waiting for 60 s and no batch was handled');
});

test('a batch that is handled ends the wait', (t) => {
  const { stuck, arrived, handled, wait } = aPipe();
  arrived(['event']);
  wait(90);
  handled();
  t.is(stuck(), undefined);
  wait(90);
  t.is(stuck(), undefined);
});
