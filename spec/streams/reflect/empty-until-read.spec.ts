import test from 'ava';

import type { Reflected } from '../../../src/kube/reflect/reflected.ts';
import { emptyUntilRead } from '../../../streams/reflect/empty-until-read.ts';
import { marbles } from '../../_support/property/marbles.ts';

const said: Readonly<Record<string, Reflected<string>>> = {
  0: { _tag: 'Synced', items: [] },
  S: { _tag: 'Synced', items: ['a'] },
  b: { _tag: 'Upserted', item: 'b' },
  f: { _tag: 'Interrupted', cause: 'Forbidden', message: 'no' },
  u: { _tag: 'Interrupted', cause: 'Unreachable', message: 'gone' },
  r: { _tag: 'Restored' },
};

test(
  'what may not be read is empty until it was read, and said to be empty once',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const reflected$ = hot('-f---f-rS-b-f-|', said);
    const subs = '          ^-------------!';
    const expected = '      -(0f)f-rS-b-f-|';

    expectObservable(reflected$.pipe(emptyUntilRead())).toBe(expected, said);
    expectSubscriptions(reflected$.subscriptions).toBe(subs);
  }),
);

test(
  'what cannot be reached is waited for, and errors pass',
  marbles(({ hot, expectObservable }) => {
    const reflected$ = hot('-u-S-f-#', said);

    expectObservable(reflected$.pipe(emptyUntilRead())).toBe('-u-S-f-#', said);
  }),
);
