import test from 'ava';
import { map, of } from 'rxjs';

import { keys } from '../../../src/collection/collection.ts';
import type { BackendStep } from '../../../src/status/backends/backend-book.ts';
import { backends } from '../../../streams/status/backends.ts';
import type { AskClusters } from '../../../streams/status/cluster-sweep.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aHost, aListener, aMapping, aService, aSlice } from '../../_support/world/builders.ts';
import { world } from '../../_support/world/status-world.ts';

const times = { endpoints: 3, envoy: 4, recovery: 6, tick: 100, all: 5, rest: 1 };

const gateway = [
  ...[aListener('default/http'), aHost('default/all'), aService('default/web')],
  aMapping('default/a'),
];
const [ready, empty] = world([...gateway, aSlice('default/w', 'web', ['10.0.0.1'])], gateway);
if (ready === undefined || empty === undefined) throw new Error('expected two worlds');
const [cluster = ''] = keys(ready.translation.ir.clusters);

const published = { r: ready, e: empty };

/** What is said of the cluster after each step; in upper case where its user is to be told. */
const said = map(({ book, due }: BackendStep) => {
  const [fault] = [...keys(book.said)];
  const word = fault === undefined ? 'ok' : 'down';
  return due.length > 0 ? word.toUpperCase() : word;
});

const words = { o: 'ok', O: 'OK', d: 'down', D: 'DOWN' };

/** Says, each time it is asked, that another connection to the only host failed. */
const failing = (): AskClusters => {
  let failed = 0;
  return () => {
    failed += 1;
    const troubled = [{ address: '10.0.0.1:80', failed, requests: 0 }];
    return of([{ name: cluster, hosts: 1, troubled }]);
  };
};

const says = test.macro({
  exec(t, input: string, expected: string, more: { ask?: AskClusters; tick?: number } = {}) {
    marbles(({ hot, expectObservable, expectSubscriptions }, time) => {
      const published$ = hot(input, published);
      const { tick = times.tick, ask } = more;
      const sources = { namespace: 'default', ask };
      expectObservable(published$.pipe(backends(sources, { ...times, tick }, time), said)).toBe(
        expected,
        words,
      );
      expectSubscriptions(published$.subscriptions).toBe(`^${'-'.repeat(input.length - 2)}!`);
    })(t);
  },
  title: (name = '') => name,
});

test('each publication is a step', says, '-r--r----|', '-o--o----|');

test('time that passes says what has lasted', says, '-e---------|', '-o-o-D-d-d-|', { tick: 2 });

test('what recovers is said when it has lasted', says, '-e----r--------|', '-o-o-Ddd-d-d-O-|', {
  tick: 2,
});

test('an Envoy is asked once something was published', says, '--r----------|', '--(oo)-D----d|', {
  ask: failing(),
});

test('nothing is said where nothing happens', says, '-----|', '-----|', { ask: failing() });

test(
  'an error passes at once, and unsubscribing lets go',
  marbles(({ hot, expectObservable, expectSubscriptions }, time) => {
    const failing$ = hot('-r-#', published);
    const published$ = hot('-r--', published);
    const step = backends({ namespace: 'default' }, times, time);
    expectObservable(failing$.pipe(step, said)).toBe('-o-#', words);
    expectObservable(published$.pipe(step, said), '---!').toBe('-o-', words);
    expectSubscriptions(published$.subscriptions).toBe('^--!');
  }),
);
