import test from 'ava';
import { map, NEVER, type Observable } from 'rxjs';

import { decode } from '../../../src/kube/decode.ts';
import type { Decoded, KubeEvent } from '../../../src/kube/kube-event.ts';
import type { Notice } from '../../../src/kube/reference/notice.ts';
import type { Reference } from '../../../src/kube/reference/reference.ts';
import { noticedByName } from '../../../streams/reflect/noticed-by-name.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aHost } from '../../_support/world/builders.ts';

/** A Host with the certificate of a Secret. */
const host = (name: string, secret: string): Decoded => {
  const decoding = decode(
    aHost(`default/${name}`, { hostname: `${name}.test`, tlsSecret: { name: secret } }),
  );
  if (decoding._tag !== 'Decoded') throw new Error('expected a Host');
  return decoding.item;
};

const applied = (name: string, secret: string): readonly KubeEvent[] => [
  { _tag: 'Applied', kind: 'Host', item: host(name, secret) },
];
const gone = (name: string): readonly KubeEvent[] => [
  { _tag: 'Deleted', kind: 'Host', key: `default/${name}` },
];

type News = readonly (KubeEvent | Notice)[];

const noticed = (name: string, version: string): News => [
  { _tag: 'Noticed', kind: 'Secret', key: `default/${name}`, version },
];

const followed =
  (follow: (reference: Reference) => Observable<News>) =>
  (events$: Observable<readonly KubeEvent[]>): Observable<string> =>
    events$.pipe(
      noticedByName({ isOurs: () => true, always: 'Secret default/fallback', follow }),
      map((news) => news.map(shown).join(' ')),
    );

const shown = (one: KubeEvent | Notice): string => {
  switch (one._tag) {
    case 'Applied':
      return one.item.key;
    case 'Noticed':
      return `${one.key}@${one.version}`;
    case 'Reported':
      return `${one.origin}: ${one.problems.length}`;
    default:
      return one._tag;
  }
};

/** What passes, by the letters of the diagrams. */
const passes = {
  n: 'AllNoticed AllNoticed', // Secrets and ConfigMaps
  x: 'default/x',
  y: 'default/y',
  z: 'Deleted',
  w: 'Deleted',
  1: 'default/a@1',
  2: 'default/a@2',
  u: 'changes of Secret default/a: 0',
};

const happens = {
  x: applied('x', 'a'),
  y: applied('y', 'a'),
  z: gone('x'),
  w: gone('y'),
};

/** Follows the Secret `default/a` like this, and no other. */
const only = (a$: Observable<News>) => (reference: Reference) =>
  reference === 'Secret default/a' ? a$ : NEVER;

test(
  'follows a Secret from the first Host that names it to the last, and completes with its source',
  marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
    const events$ = hot(' --x---y-z--w----|', happens);
    const a$ = cold('       -1---2', { 1: noticed('a', '1'), 2: noticed('a', '2') });
    const subs = '        --^--------!';
    const expected = '    n-x1--y2z--(wu)-|';

    expectObservable(events$.pipe(followed(only(a$)))).toBe(expected, passes);
    expectSubscriptions(a$.subscriptions).toBe(subs);
  }),
);

test(
  'follows it again when a Host names it again',
  marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
    const events$ = hot(' --y--w-----y-----|', happens);
    const a$ = cold('       -1', { 1: noticed('a', '1') });
    const subs = ['--^--!', '-----------^-----!'];
    const expected = '    n-y1-(wu)--y1----|';

    expectObservable(events$.pipe(followed(only(a$)))).toBe(expected, passes);
    expectSubscriptions(a$.subscriptions).toBe(subs);
  }),
);

test(
  'follows what is always needed, once, and ends with whoever listens',
  marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
    const events$ = hot(' --x-----', { x: applied('x', 'fallback') });
    const always$ = cold('--1', { 1: noticed('a', '1') });
    const unsub = '       -------!';
    const subs = '        ^------!';

    expectObservable(events$.pipe(followed(() => always$)), unsub).toBe('n-(x1)--', passes);
    expectSubscriptions(always$.subscriptions).toBe(subs);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'passes an error of its source',
  marbles(({ hot, expectObservable }) => {
    expectObservable(hot('--x--#', happens).pipe(followed(() => NEVER))).toBe('n-x--#', passes);
  }),
);
