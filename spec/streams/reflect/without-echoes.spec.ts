import test from 'ava';
import type { Observable } from 'rxjs';

import type { Reflected } from '../../../src/kube/reflect/reflected.ts';
import { withoutEchoes, type Stamped } from '../../../streams/reflect/without-echoes.ts';
import { marbles } from '../../_support/property/marbles.ts';

const item = (name: string, stamp?: string): Stamped => ({
  key: `default/${name}`,
  ...(stamp !== undefined && { stamp }),
});

const said: Readonly<Record<string, Reflected<Stamped>>> = {
  S: { _tag: 'Synced', items: [item('a', '1'), item('b', '1')] },
  a: { _tag: 'Upserted', item: item('a', '1') },
  A: { _tag: 'Upserted', item: item('a', '2') },
  b: { _tag: 'Upserted', item: item('b', '1') },
  n: { _tag: 'Upserted', item: item('new', '1') },
  u: { _tag: 'Upserted', item: item('unstamped') },
  x: { _tag: 'Removed', item: item('a', '1') },
  i: { _tag: 'Interrupted', cause: 'Unreachable', message: 'gone' },
  r: { _tag: 'Restored' },
};

const heard = (reflected$: Observable<Reflected<Stamped>>) => reflected$.pipe(withoutEchoes());

test(
  'drops what comes again as it was, and nothing else',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const reflected$ = hot('-S-a-A-A-a-n-n-u-u-|', said);
    const subs = '          ^------------------!';
    const expected = '      -S---A---a-n---u-u-|';

    expectObservable(heard(reflected$)).toBe(expected, said);
    expectSubscriptions(reflected$.subscriptions).toBe(subs);
  }),
);

test(
  'an object that is created again is new',
  marbles(({ hot, expectObservable }) => {
    expectObservable(heard(hot('-S-x-a-a-|', said))).toBe('-S-x-a---|', said);
  }),
);

test(
  'a list passes always, and begins anew',
  marbles(({ hot, expectObservable }) => {
    expectObservable(heard(hot('-S-A-S-a-A-|', said))).toBe('-S-A-S---A-|', said);
  }),
);

test(
  'everything else passes, and an error',
  marbles(({ hot, expectObservable }) => {
    expectObservable(heard(hot('-i-r-#', said))).toBe('-i-r-#', said);
  }),
);
