import test from 'ava';
import { map, Subject, tap, type MonoTypeOperatorFunction, type OperatorFunction } from 'rxjs';

import { coalesce } from '../../../streams/pipe/coalesce.ts';
import { marbles } from '../../_support/property/marbles.ts';

/** The batches of groups of one letter each, as words: what was gathered is read at a glance. */
const words =
  (quiet: number, max: number): OperatorFunction<string, string> =>
  (letter$) =>
    letter$.pipe(
      map((letter) => [letter]),
      coalesce({ quiet, max }),
      map(({ events }) => events.join('')),
    );

test(
  'is silent while its source is silent',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-----|');
    const subs = '       ^----!';
    const expected = '   -----|';

    expectObservable(events$.pipe(words(3, 9))).toBe(expected);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'lets a lonely event pass at once',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('--a------b------|');
    const subs = '       ^---------------!';
    const expected = '   --a------b------|';

    expectObservable(events$.pipe(words(3, 9))).toBe(expected);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'gathers what comes in the hold-off after a batch, one batch after another',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-abc-d-e-------f----|');
    const expected = '   -a--x--y-------f----|';

    expectObservable(events$.pipe(words(3, 9))).toBe(expected, {
      a: 'a',
      x: 'bc',
      y: 'de',
      f: 'f',
    });
  }),
);

test(
  'is idle again after a hold-off without events',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-a--b---|');
    const expected = '   -a--b---|';

    expectObservable(events$.pipe(words(3, 9))).toBe(expected);
  }),
);

test(
  'emits what is pending before it completes',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-abc|');
    const subs = '       ^---!';
    const expected = '   -a--(x|)';

    expectObservable(events$.pipe(words(6, 9))).toBe(expected, { a: 'a', x: 'bc' });
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'turns a synchronous burst into the first event and the rest',
  marbles(({ cold, expectObservable }) => {
    const events$ = cold('(abcd|)');
    const expected = '    (ax|)';

    expectObservable(events$.pipe(words(3, 9))).toBe(expected, { a: 'a', x: 'bcd' });
  }),
);

test(
  'passes an error at once',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-ab#');
    const subs = '       ^--!';
    const expected = '   -a-#';

    expectObservable(events$.pipe(words(5, 9))).toBe(expected);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'lets go of its source and its timer when unsubscribed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-abc--d--|');
    const unsub = '      ----!';
    const subs = '       ^---!';
    const expected = '   -a---';

    expectObservable(events$.pipe(words(5, 9)), unsub).toBe(expected);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'never splits a group and ignores an empty one',
  marbles(({ hot, expectObservable }) => {
    const groups$ = hot<readonly string[]>('-a-b---n-c-|', {
      a: ['a', 'A'],
      b: ['b', 'B'],
      n: [],
      c: ['c'],
    });
    const expected = '   -w---x---c-|';
    const values = { w: 'aA', x: 'bB', c: 'c' };

    const words$ = groups$.pipe(
      coalesce({ quiet: 4, max: 9 }),
      map(({ events }) => events.join('')),
    );
    expectObservable(words$).toBe(expected, values);
  }),
);

/** A downstream that is busy for so long with each batch, and then passes it on. */
const busyFor = (ms: number, time: { frame: number }): MonoTypeOperatorFunction<string> =>
  tap(() => {
    time.frame += ms;
  });

test(
  'holds off for as long as the last batch took',
  marbles(({ hot, expectObservable }, time) => {
    const events$ = hot('a-----b--c--------------|');
    const expected = '   ----a-------b-------c---|';
    // handled:          [ a ]   [ b ]   [ c ]      each hold-off is 4, as the handling before it

    expectObservable(events$.pipe(words(2, 50), busyFor(4, time))).toBe(expected);
  }),
);

test(
  'holds off for no longer than its ceiling',
  marbles(({ hot, expectObservable }, time) => {
    const events$ = hot('a---------b------------------|');
    const expected = '   --------a----------b---------|';
    // handled:          [   a   ]  [   b   ]     the hold-off between them is 3

    expectObservable(events$.pipe(words(2, 3), busyFor(8, time))).toBe(expected);
  }),
);

test('gathers what comes back while a batch is being handled', (t) => {
  const events$ = new Subject<string>();
  const seen: string[] = [];
  const subscription = events$.pipe(words(0, 0)).subscribe((word) => {
    seen.push(`[${word}`);
    if (word === 'a') for (const answer of ['b', 'c']) events$.next(answer);
    seen.push(`${word}]`);
  });

  events$.next('a');
  events$.complete();

  t.deepEqual(seen, ['[a', 'a]', '[bc', 'bc]']);
  t.true(subscription.closed);
});

test(
  'says when the first event of a batch arrived',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-a-b-c----|');
    const expected = '   -a----x---|';

    const batches$ = events$.pipe(
      map((event) => [event]),
      coalesce({ quiet: 5, max: 9 }),
    );
    expectObservable(batches$).toBe(expected, {
      a: { at: 1, events: ['a'] },
      x: { at: 3, events: ['b', 'c'] },
    });
  }),
);
