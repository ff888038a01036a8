import { setImmediate } from 'node:timers/promises';

import test from 'ava';
import { Subject } from 'rxjs';

import { fanOut } from '../../../../src/edge/ads/ads-fan-out.ts';

/** No time at all: every slice is one subscriber long. */
const shortest = -1;

test('the first is told at once and the others in turn', async (t) => {
  const source$ = new Subject<number>();
  const { latest$ } = fanOut(source$, shortest);
  const told: string[] = [];
  for (const name of ['a', 'b', 'c']) latest$.subscribe((n) => told.push(`${name}${n}`));
  source$.next(1);
  t.deepEqual(told, ['a1']);
  await setImmediate();
  await setImmediate();
  t.deepEqual(told, ['a1', 'b1', 'c1']);
});

test('who has not had its turn is told only the latest, and nobody is passed over', async (t) => {
  const source$ = new Subject<number>();
  const { latest$ } = fanOut(source$, shortest);
  const told: string[] = [];
  for (const name of ['a', 'b', 'c']) latest$.subscribe((n) => told.push(`${name}${n}`));
  source$.next(1);
  source$.next(2);
  for (let turn = 0; turn < 4; turn += 1) await setImmediate();
  t.deepEqual(told, ['a1', 'b2', 'c2', 'a2']);
});

test('a newcomer is told the latest at once, and one that left nothing more', async (t) => {
  const source$ = new Subject<number>();
  const { latest$, latest } = fanOut(source$, shortest);
  const told: string[] = [];
  const first = latest$.subscribe((n) => told.push(`a${n}`));
  const leaving = latest$.subscribe((n) => told.push(`b${n}`));
  source$.next(1);
  leaving.unsubscribe();
  latest$.subscribe((n) => told.push(`c${n}`));
  await setImmediate();
  first.unsubscribe();
  t.deepEqual(told, ['a1', 'c1']);
  t.is(latest(), 1);
});

test('when it is closed nobody is told anything, and the source is let go', async (t) => {
  const source$ = new Subject<number>();
  const { latest$, close } = fanOut(source$, shortest);
  const told: number[] = [];
  latest$.subscribe((n) => told.push(n));
  latest$.subscribe((n) => told.push(n));
  source$.next(1);
  close();
  await setImmediate();
  t.deepEqual(told, [1]);
  t.false(source$.observed);
});
