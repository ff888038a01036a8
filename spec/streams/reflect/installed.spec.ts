import test from 'ava';

import type { ObjectKey } from '../../../src/ir/object-ref.ts';
import type { Reflected } from '../../../src/kube/reflect/reflected.ts';
import { installed } from '../../../streams/reflect/installed.ts';
import { marbles } from '../../_support/property/marbles.ts';

interface Defined {
  readonly key: ObjectKey;
}

const definition = (name: string): Defined => ({ key: `/${name}` });

const said: Readonly<Record<string, Reflected<Defined>>> = {
  N: { _tag: 'Synced', items: [definition('other')] },
  S: { _tag: 'Synced', items: [definition('other'), definition('a')] },
  a: { _tag: 'Upserted', item: definition('a') },
  b: { _tag: 'Upserted', item: definition('b') },
  o: { _tag: 'Upserted', item: definition('other') },
  x: { _tag: 'Removed', item: definition('a') },
  y: { _tag: 'Removed', item: definition('b') },
  f: { _tag: 'Interrupted', cause: 'Forbidden', message: 'no' },
  u: { _tag: 'Interrupted', cause: 'Unreachable', message: 'gone' },
  r: { _tag: 'Restored' },
};

const one = installed((name) => name === 'a' || name === 'b');
const is = { t: true, f: false };

const whether = (name: string, definitions: string, expected: string): void => {
  test(
    name,
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot(definitions, said).pipe(one)).toBe(expected, is);
    }),
  );
};

whether('a definition comes, and goes', '-N-a-x-a-|', '-f-t-f-t-|');
whether('what is said again is said once', '-S-a-S-o-|', '-t-------|');
whether('one of several is enough', '       -N-a-b-x-y-|', '-f-t-----f-|');
whether('a list replaces what was known', '-S-N-|', '-t-f-|');
whether('nothing is said before anything is known', '-u-r-S-|', '-----t-|');
whether('where definitions may not be read, none is there', '-f-r-S-|', '-f---t-|');
whether('what was known stays where they cannot be read any more', '-S-f-u-r-#', '-t-------#');
