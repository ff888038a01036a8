import test from 'ava';
import { defer, map, NEVER, type Observable } from 'rxjs';

import { supervise, type Restarting, type Restarts } from '../../streams/supervise.ts';
import { marbles } from '../_support/property/marbles.ts';

const often: Restarts = { first: 2, max: 5, quiet: 100, crashes: 100, within: 1000 };

/** The delay stands for a restart, so that a diagram can show it as one digit. */
const supervised = (
  run$: Observable<string>,
  restarts = often,
  stop$: Observable<unknown> = NEVER,
) =>
  run$.pipe(
    supervise(restarts, stop$),
    map((event) => (typeof event === 'string' ? event : String(event.delay))),
  );

/** A source that is another one each time it is subscribed. */
const inTurn = (...runs: readonly Observable<string>[]): Observable<string> => {
  let run = 0;
  return defer(() => runs[run++] ?? NEVER);
};

test(
  'is silent while the run is silent',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const run$ = cold('-----');
    const subs = '     ^----';
    const expected = ' -----';

    expectObservable(supervised(run$)).toBe(expected);
    expectSubscriptions(run$.subscriptions).toBe(subs);
  }),
);

test(
  'passes what a run emits and completes with it',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const run$ = cold('-a-(bc)-|');
    const subs = '     ^-------!';
    const expected = ' -a-(bc)-|';

    expectObservable(supervised(run$)).toBe(expected);
    expectSubscriptions(run$.subscriptions).toBe(subs);
  }),
);

test(
  'runs again after an error, later each time and never later than the longest wait',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const run$ = cold('-a#');
    const expected = ' -a2--a4----a5-----a5-----';
    const unsub = '    ------------------------!';
    const subs = [
      '                ^-!',
      '                ----^-!',
      '                ----------^-!',
      '                -----------------^-!',
    ];

    expectObservable(supervised(run$), unsub).toBe(expected);
    expectSubscriptions(run$.subscriptions).toBe(subs);
  }),
);

test(
  'begins with the short wait again after a run that lasted',
  marbles(({ cold, expectObservable }) => {
    const run$ = inTurn(cold('#'), cold('#'), cold('a-------#'), cold('b|'));
    const expected = '        2-4---a-------2-b|';

    expectObservable(supervised(run$, { ...often, quiet: 8 })).toBe(expected);
  }),
);

test(
  'gives up in a crash loop and says what happened at last',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const run$ = cold('a#', undefined, new Error('exit code 1'));
    const expected = ' a2-a4---a#';
    const subs = ['    ^!', '   ---^!', '   --------^!'];

    expectObservable(supervised(run$, { ...often, crashes: 3, within: 1000 })).toBe(
      expected,
      undefined,
      new Error('crashed 3 times within 1 s, at last: exit code 1', {
        cause: new Error('exit code 1'),
      }),
    );
    expectSubscriptions(run$.subscriptions).toBe(subs);
  }),
);

test(
  'does not count crashes that are long past',
  marbles(({ cold, expectObservable }) => {
    const run$ = inTurn(cold('#'), cold('----------#'), cold('----------#'), cold('a|'));
    const expected = '        2-----------4-------------5----a|';

    expectObservable(supervised(run$, { ...often, crashes: 2, within: 10 })).toBe(expected);
  }),
);

test(
  'ends the wait when it is stopped',
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const run$ = cold('   a#');
    const stop$ = hot('   --s');
    const subs = '        ^!';
    const stopSubs = '    -^!';
    const expected = '    a5|';

    expectObservable(supervised(run$, { ...often, first: 5 }, stop$)).toBe(expected);
    expectSubscriptions(run$.subscriptions).toBe(subs);
    expectSubscriptions(stop$.subscriptions).toBe(stopSubs);
  }),
);

test(
  'leaves a run in progress alone when it is stopped',
  marbles(({ cold, hot, expectObservable }) => {
    const run$ = cold('   a----b|');
    const stop$ = hot('   --s');
    const expected = '    a----b|';

    expectObservable(supervised(run$, often, stop$)).toBe(expected);
  }),
);

test(
  'starts nothing any more when unsubscribed',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const run$ = cold('a#');
    const unsub = '    --!';
    const subs = '     ^!';
    const expected = ' a5';

    expectObservable(supervised(run$, { ...often, first: 5 }), unsub).toBe(expected);
    expectSubscriptions(run$.subscriptions).toBe(subs);
  }),
);

test(
  'hands on the error of the run it starts again after',
  marbles(({ cold, expectObservable }) => {
    const gone = new Error('gone');
    const run$ = inTurn(cold('#', undefined, gone), cold('--|'));
    const restarting: Restarting = { _tag: 'Restarting', error: gone, delay: 2 };

    expectObservable(run$.pipe(supervise(often))).toBe('r---|', { r: restarting });
  }),
);
