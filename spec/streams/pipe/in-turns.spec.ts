import test from 'ava';
import { firstValueFrom } from 'rxjs';

import type { Work } from '../../../src/collection/work.ts';
import { inTurns } from '../../../streams/pipe/in-turns.ts';

test('short work is done on subscription', (t) => {
  const short = function* (): Work<string> {
    yield;
    return 'done';
  };
  const results: string[] = [];
  inTurns(short()).subscribe((result) => results.push(result));

  t.deepEqual(results, ['done']);
});

test('others have their turn while long work is under way', async (t) => {
  const others = { hadTheirTurn: false };
  setTimeout(() => {
    others.hadTheirTurn = true;
  });
  const long = function* (): Work<string> {
    while (!others.hadTheirTurn) yield;
    return 'done';
  };

  t.is(await firstValueFrom(inTurns(long())), 'done');
});

test('an error of the work is one of the result, in the first turn and later', async (t) => {
  const now = { isLater: false };
  const broken = function* (): Work<never> {
    while (!now.isLater) yield;
    throw new Error('broken');
  };
  const later = firstValueFrom(inTurns(broken()));
  now.isLater = true;

  await t.throwsAsync(later, { message: 'broken' });
  await t.throwsAsync(firstValueFrom(inTurns(broken())), { message: 'broken' });
});

test('nobody goes on with work that is not wanted any more', async (t) => {
  let steps = 0;
  const endless = function* (): Work<never> {
    for (;;) {
      steps += 1;
      yield;
    }
  };
  inTurns(endless()).subscribe().unsubscribe();
  const before = steps;
  await new Promise((resolve) => setTimeout(resolve));

  t.is(steps, before);
});
