import test from 'ava';
import { map, throwError, timer } from 'rxjs';

import { clusterSweep, type AskClusters } from '../../../streams/status/cluster-sweep.ts';
import { marbles } from '../../_support/property/marbles.ts';

const pace = { all: 96, rest: 30 };

/** Answers after some milliseconds with one cluster, which is called like the question; not the second time. */
const answering = (after: number, failsOnce = false): AskClusters => {
  let asked = 0;
  return (filter) =>
    timer(after).pipe(
      map(() => {
        asked += 1;
        if (failsOnce && asked === 2) throw new Error('no answer');
        return [{ name: filter, hosts: 0, troubled: [] }];
      }),
    );
};

const parts = { a: '0/1 ', x: '0/16 0$', y: '1/16 1$', z: '2/16 2$' };

const asks = test.macro({
  exec(t, ask: AskClusters, clusters: number, expected: string, unsub: string) {
    marbles(({ expectObservable }, time) => {
      const swept$ = clusterSweep(ask, () => clusters, pace, time).pipe(
        map((swept) => `${swept.slice.index}/${swept.slice.of} ${swept.clusters[0]?.name}`),
      );
      expectObservable(swept$, unsub).toBe(expected, parts);
    })(t);
  },
  title: (name = '') => name,
});

test('few are asked for at once', asks, answering(0), 10, 'a 95ms a 95ms a', '200ms !');

test('many are asked for part by part', asks, answering(0), 10_000, 'x-----y-----z', '15ms !');

test('a long answer makes a long pause', asks, answering(4), 10, '----a 123ms a', '200ms !');

test(
  'where there is no answer the same part is asked for again, after a long pause',
  asks,
  answering(0, true),
  10_000,
  'x 101ms y-----z',
  '111ms !',
);

test(
  'unsubscribing ends a question',
  marbles(({ cold, expectObservable, expectSubscriptions }, time) => {
    const answer$ = cold<readonly never[]>('-----a');
    const unsub = '                         --!';
    const subs = '                          ^-!';
    const swept$ = clusterSweep(
      () => answer$,
      () => 1,
      pace,
      time,
    );
    expectObservable(swept$, unsub).toBe('---');
    expectSubscriptions(answer$.subscriptions).toBe(subs);
  }),
);

test(
  'an Envoy that never answers is asked again and again',
  marbles(({ expectObservable, flush }, time) => {
    let asked = 0;
    const ask: AskClusters = () => {
      asked += 1;
      return throwError(() => new Error('no answer'));
    };
    const swept$ = clusterSweep(ask, () => 1, pace, time);
    expectObservable(swept$.pipe(map(() => asked)), '300ms !').toBe('-');
    flush();
    if (asked !== 4) throw new Error(`expected 4 questions, got ${asked}`);
  }),
);
