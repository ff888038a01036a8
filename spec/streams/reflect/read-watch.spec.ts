import test from 'ava';
import type { Observable } from 'rxjs';

import type { WatchFrame } from '../../../src/kube/reflect/watch-frame.ts';
import { readWatch } from '../../../streams/reflect/read-watch.ts';
import { bookmark, gone, nameOf, opened, there } from '../../_support/api-server/scripted-api.ts';
import { marbles } from '../../_support/property/marbles.ts';

const frames = {
  O: opened,
  a: there('a', 3),
  b: there('b', 1),
  B: bookmark(4),
  E: bookmark(5, true),
  c: there('c', 6),
  d: gone('a', 7),
  s: { _tag: 'Silent' },
} as const;

const words = {
  o: { _tag: 'Opened' },
  n: { _tag: 'Listed', items: [], resourceVersion: '5' },
  l: { _tag: 'Listed', items: ['a', 'b'], resourceVersion: '5' },
  a: { _tag: 'Upserted', item: 'a', resourceVersion: '3' },
  b: { _tag: 'Upserted', item: 'b', resourceVersion: '1' },
  c: { _tag: 'Upserted', item: 'c', resourceVersion: '6' },
  d: { _tag: 'Removed', item: 'a', resourceVersion: '7' },
  B: { _tag: 'Bookmarked', resourceVersion: '4' },
  E: { _tag: 'Bookmarked', resourceVersion: '5' },
  s: { _tag: 'Silent' },
} as const;

const objects = (frames$: Observable<WatchFrame>) => frames$.pipe(readWatch('Objects', nameOf));
const changes = (frames$: Observable<WatchFrame>) => frames$.pipe(readWatch('Changes', nameOf));

test(
  'says what changes, as it comes',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const frames$ = cold('O-a-(bB)-c-d|', frames);
    const subs = '        ^-----------!';
    const expected = '    o-a-(bB)-c-d|';

    expectObservable(changes(frames$)).toBe(expected, words);
    expectSubscriptions(frames$.subscriptions).toBe(subs);
  }),
);

test(
  'makes one list of the initial events, then says what changes',
  marbles(({ cold, expectObservable }) => {
    const frames$ = cold('O-ab-E-c-d|', frames);
    const expected = '    o----l-c-d|';

    expectObservable(objects(frames$)).toBe(expected, words);
  }),
);

test(
  'counts what changes between the initial events as a part of the list',
  marbles(({ cold, expectObservable }) => {
    const frames$ = cold('abcBdxaE', { ...frames, x: gone('c', 8) });
    const expected = '    -------l';

    expectObservable(objects(frames$)).toBe(expected, { l: { ...words.l, items: ['b', 'a'] } });
  }),
);

test(
  'lists nothing where there is nothing',
  marbles(({ cold, expectObservable }) => {
    const frames$ = cold('OE-c', frames);
    const expected = '    on-c';

    expectObservable(objects(frames$)).toBe(expected, words);
  }),
);

test(
  'says nothing of a list that does not end',
  marbles(({ cold, expectObservable }) => {
    expectObservable(objects(cold('ab|', frames))).toBe('--|');
    expectObservable(objects(cold('ab-#', frames))).toBe('---#');
    expectObservable(objects(cold('ab-(s|)', frames))).toBe('---(s|)', words);
  }),
);

test(
  'lists anew each time it is subscribed',
  marbles(({ cold, expectObservable }) => {
    const read$ = objects(cold('abE', frames));

    expectObservable(read$).toBe('--l', words);
    expectObservable(read$).toBe('--l', words);
  }),
);

test(
  'ends the watch when unsubscribed',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const frames$ = cold('a---c', frames);
    const unsub = '       --!';

    expectObservable(changes(frames$), unsub).toBe('a--', words);
    expectSubscriptions(frames$.subscriptions).toBe('^-!');
  }),
);
