import test from 'ava';
import { defer, map, of, timer, type Observable } from 'rxjs';

import {
  workQueue,
  type Turned,
  type WorkLimits,
  type Worked,
} from '../../../streams/status/work-queue.ts';
import { marbles } from '../../_support/property/marbles.ts';

const limits: WorkLimits = {
  concurrency: 2,
  rate: { perSecond: 1_000, burst: 100 },
  perKey: { most: 100, within: 1_000 },
  backoff: { first: 4, max: 8 },
};

const done: Worked = { _tag: 'Done' };

/** Works three frames on each key, with the gate open and the whole back-off. */
const steady = {
  work: (_: string): Observable<Worked> | undefined => timer(3).pipe(map(() => done)),
  open$: of(true),
  jitter: () => 1,
};

const keysOf = map(({ key }: Turned<string>) => key);

const resultsOf = map(({ result }: Turned<string>) => result.slice(0, 1));

const groups = { a: ['a'], b: ['b'], c: ['c'], x: ['a'], y: ['b', 'c'] };

test(
  'works on a few keys at a time, on the first that came first',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const keys$ = hot('  -abc------|', groups);
    const subs = '       ^---------!';
    const expected = '   ----ab-c--|';

    expectObservable(keys$.pipe(workQueue(limits, steady), keysOf)).toBe(expected);
    expectSubscriptions(keys$.subscriptions).toBe(subs);
  }),
);

test(
  'a key that comes while it waits is the same turn, while it is worked on another one',
  marbles(({ hot, expectObservable }) => {
    const keys$ = hot('  -abcc-cc--------|', groups);
    const expected = '   ----ab-c--c-----|';

    expectObservable(keys$.pipe(workQueue(limits, steady), keysOf)).toBe(expected);
  }),
);

test(
  'what there is to do is asked when the turn comes',
  marbles(({ hot, expectObservable }) => {
    const keys$ = hot('  -a---------|', groups);
    const gate = '       f-----t';
    const expected = '   ---------n-|';
    let asked = 'too early';
    const work = (): Observable<Worked> => {
      asked = 'now';
      return timer(3).pipe(map(() => done));
    };
    const open$ = hot(gate, { f: false, t: true });
    const asking = workQueue<string>(limits, { ...steady, work, open$ });

    expectObservable(
      keys$.pipe(
        asking,
        map(() => asked[0]),
      ),
    ).toBe(expected);
  }),
);

test(
  'what failed comes again, later each time, and no sooner than it was asked to',
  marbles(({ hot, expectObservable }) => {
    const keys$ = hot('  -a---------------------------------|', groups);
    const expected = '   -f---f-------f--------------d------|';
    const outcomes: Worked[] = [
      { _tag: 'Failed' },
      { _tag: 'Failed', retryAfter: 1 },
      { _tag: 'Failed', retryAfter: 15 },
      done,
    ];
    const work = (): Observable<Worked> => defer(() => of(outcomes.shift() ?? done));
    const result = map(({ result: was }: Turned<string>) => was.slice(0, 1).toLowerCase());

    expectObservable(keys$.pipe(workQueue(limits, { ...steady, work }), result)).toBe(expected);
  }),
);

test(
  'a key that comes during its back-off waits for the end of it',
  marbles(({ hot, expectObservable }) => {
    const keys$ = hot('  -aaa-----|', groups);
    const expected = '   -F---D---|';
    const outcomes: Worked[] = [{ _tag: 'Failed' }];
    const work = (): Observable<Worked> => defer(() => of(outcomes.shift() ?? done));

    expectObservable(keys$.pipe(workQueue(limits, { ...steady, work }), resultsOf)).toBe(expected);
  }),
);

test(
  'a key that had its share is postponed, and others are not',
  marbles(({ hot, expectObservable }) => {
    const keys$ = hot('  -a-a-a-b----------|', groups);
    const expected = '   -D-D-P-D---D------|';
    const work = (): Observable<Worked> => of(done);
    const queue = workQueue<string>(
      { ...limits, perKey: { most: 2, within: 10 } },
      { ...steady, work },
    );

    expectObservable(keys$.pipe(queue, resultsOf)).toBe(expected);
  }),
);

test(
  'nothing to do takes nothing from the rate',
  marbles(({ hot, expectObservable }) => {
    const keys$ = hot('  -aab------|', groups);
    const expected = '   -NND------|';
    const work = (key: string) => (key === 'a' ? undefined : of(done));
    const rate = { perSecond: 1, burst: 1 };
    const queue = workQueue<string>({ ...limits, rate }, { ...steady, work });

    expectObservable(keys$.pipe(queue, resultsOf)).toBe(expected);
  }),
);

test('ten thousand keys at once, and once more, are worked on at the rate', (t) => {
  const frames: number[] = [];
  let latest = 0;
  marbles(({ hot, flush }, time) => {
    const all = Array.from({ length: 10_000 }, (_, i) => `key ${i}`);
    const keys$ = hot('-x 10s x 120s |', { x: all });
    const work = (): Observable<Worked> => {
      frames.push(time.now());
      return of(done);
    };
    const queue = workQueue<string>(
      { ...limits, concurrency: 8, rate: { perSecond: 100, burst: 200 } },
      { ...steady, work },
    );
    keys$.pipe(queue).subscribe(({ waiting }) => (latest = waiting));
    flush();
  })(t);

  const within = (from: number, ms: number) =>
    frames.filter((at) => at >= from && at < from + ms).length;
  t.is(within(0, 1_000), 299);
  t.true([5_000, 15_000, 50_000, 90_000].every((at) => within(at, 1_000) === 100));
  t.is(frames.length, 11_200);
  t.is(latest, 0);
});

test(
  'stops with its source, whatever waits; an error passes; unsubscribing lets go',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const ending$ = hot('-abc|', groups);
    const failing$ = hot('-ab#', groups);
    const keys$ = hot('-a------', groups);
    const unsub = '    --!';
    const subs = '     ^-!';
    const queue = workQueue(limits, steady);

    expectObservable(ending$.pipe(queue, keysOf)).toBe('----|');
    expectObservable(failing$.pipe(queue, keysOf)).toBe('---#');
    expectObservable(keys$.pipe(queue, keysOf), unsub).toBe('---');
    expectSubscriptions(keys$.subscriptions).toBe(subs);
  }),
);
