import test from 'ava';
import { map, type OperatorFunction } from 'rxjs';

import { keys } from '../../../src/collection/collection.ts';
import type { Batch } from '../../../src/journal/batch.ts';
import { kinds } from '../../../src/kube/kind.ts';
import { reduce } from '../../../streams/pipe/reduce.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aBatch, aResolver, nothingOf } from '../../_support/world/batches.ts';

const batches = {
  s: aBatch(0, ...nothingOf(...kinds.slice(1))),
  l: aBatch(0, ...nothingOf('Listener')),
  n: aBatch(0, ...nothingOf()),
  a: aBatch(0, aResolver('a')),
  b: aBatch(0, aResolver('b'), aResolver('c')),
  v: aBatch(0, { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] }),
};

/** The resolvers that are known, as words. */
const known = (): OperatorFunction<Batch, string> => (batches$) =>
  batches$.pipe(
    reduce(),
    map(({ store }) => [...keys(store.objects.KubernetesServiceResolver)].sort().join(' ')),
  );

test(
  'is silent until every kind has been listed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('-s-v-l-|', batches);
    const subs = '        ^------!';
    const expected = '    -----x-|';

    expectObservable(batches$.pipe(known())).toBe(expected, { x: '' });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

test(
  'gives one result for each batch that says something new after that',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-n-a-b-v-|', batches);
    const expected = '    -w-x-y-y-|';

    expectObservable(batches$.pipe(known())).toBe(expected, {
      w: '',
      x: 'default/a',
      y: 'default/a default/b default/c',
    });
  }),
);

test(
  'keeps what came before everything was listed',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-s-a-l-|', batches);
    const expected = '    -----x-|';

    expectObservable(batches$.pipe(known())).toBe(expected, { x: 'default/a' });
  }),
);

test(
  'passes the batch on',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-n-a-|', batches);
    const expected = '    -n-a-|';

    expectObservable(
      batches$.pipe(
        reduce(),
        map(({ batch }) => batch),
      ),
    ).toBe(expected, batches);
  }),
);

test(
  'passes no batch that changes nothing, but every answer of an Envoy',
  marbles(({ hot, expectObservable }) => {
    const stores = new Set<unknown>();
    const batches$ = hot('-n-a-a-v-|', batches);
    const expected = '    -1-2---2-|';

    const count$ = batches$.pipe(
      reduce(),
      map(({ store }) => String(stores.add(store).size)),
    );
    expectObservable(count$).toBe(expected);
  }),
);

test(
  'completes without a word when its source does',
  marbles(({ hot, expectObservable }) => {
    expectObservable(
      hot('--|').pipe(
        map(() => batches.n),
        known(),
      ),
    ).toBe('--|');
  }),
);

test(
  'passes an error and lets go when unsubscribed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const failing$ = hot('-n-#', batches);
    const batches$ = hot('-n-a-|', batches);
    const unsub = '       --!';
    const subs = '        ^-!';

    expectObservable(failing$.pipe(known())).toBe('-x-#', { x: '' });
    expectObservable(batches$.pipe(known()), unsub).toBe('-x-', { x: '' });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);
