import test from 'ava';

import { ApiFault } from '../../../src/kube/reflect/api-fault.ts';
import type { WatchFrame } from '../../../src/kube/reflect/watch-frame.ts';
import { bookmark, followed, opened, page, there } from '../../_support/api-server/scripted-api.ts';
import { marbles } from '../../_support/property/marbles.ts';

const broken = (message: string, status: number): WatchFrame => ({
  _tag: 'Broken',
  fault: new ApiFault(message, { status }),
});

const frames = {
  O: opened,
  a: there('a', 3),
  E: bookmark(5, true),
  b: there('b', 6),
  c: there('c', 7),
  F: bookmark(9, true),
  X: broken('too old resource version', 410),
  Y: broken('unable to decode an object', 500),
};

const words = { A: 'all: a', B: 'all: b', b: '+b', c: '+c', U: 'Unreachable: cut' };

const cut = new ApiFault('cut');
const expired = new ApiFault('too old', { status: 410, reason: 'Expired' });

test(
  'goes on where it was after a cut, once the server has confirmed it',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('      OaE-b#', frames, cut);
    const latest$ = cold('       (p|)', { p: page(6, []) });
    const watch$ = cold('        O-c', frames);
    const script = [
      ['objects', objects$],
      ['latest', latest$],
      ['watch 6', watch$],
    ] as const;
    const unsub = '              110ms !';
    const expected = '           --A-b 102ms c';

    expectObservable(followed(script), unsub).toBe(expected, words);
    expectSubscriptions(latest$.subscriptions).toBe('105ms (^!)');
    expectSubscriptions(watch$.subscriptions).toBe(' 105ms ^----!');
  }),
);

test(
  'waits longer after each failure, up to ten seconds, and short again after a good watch',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const fails$ = cold('#', undefined, cut);
    const watch$ = cold('aE 998ms b#', frames, cut);
    const times = Array.from({ length: 11 }, () => ['objects', fails$] as const);
    const script = [...times, ['objects', watch$], ['latest', fails$], ['latest', fails$]] as const;

    // Half of 0.2, 0.4, 0.8, 1.6, 3.2, 6.4 and then always of 10 s.
    const at = [0, 100, 300, 700, 1500, 3100, 6300, 11_300, 16_300, 21_300, 26_300];
    const begun = 31_300;
    // Announced when it has lasted for a second; the good watch ends it.
    const expected = '1500ms U 29800ms (RA) 995ms b';
    const again = [begun + 1001 + 100, begun + 1001 + 300];

    expectObservable(followed(script), `${begun + 1350}ms !`).toBe(expected, {
      ...words,
      R: 'Restored',
    });
    expectSubscriptions(fails$.subscriptions).toBe([...at, ...again].map((ms) => `${ms}ms (^!)`));
  }),
);

test(
  'waits as long as the server asks, and a little more',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const busy = new ApiFault('too many requests', { status: 429, retryAfterMs: 500 });
    const objects$ = cold('OaE', frames);
    const script = [
      ['objects', cold('-#', undefined, busy)],
      ['objects', objects$],
    ] as const;

    expectObservable(followed(script), '700ms !').toBe('603ms A', words);
    expectSubscriptions(objects$.subscriptions).toBe('601ms ^ 98ms !');
  }),
);

for (const [when, first] of [
  ['refuses to resume', 'aE-|'],
  ['says so within the watch', 'aE-X'],
  ['breaks the watch for another reason', 'aE-Y'],
] as const)
  test(
    `lists again, as one event, when the server has forgotten where we were: it ${when}`,
    marbles(({ cold, expectObservable }) => {
      const resumed = first.endsWith('|') ? [cold('#', undefined, expired)] : [];
      const script = [
        ['objects', cold(first, frames)],
        ...resumed.map((answer$) => ['watch 5', answer$] as const),
        ['objects', cold('bF', frames)],
      ] as const;
      const waits = resumed.length > 0 ? 202 : 102;

      expectObservable(followed(script), '500ms !').toBe(`-A ${waits}ms B`, words);
    }),
  );

test(
  'lists again from the start when the token of the next page has expired',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('#', undefined, new ApiFault('unknown', { status: 400 }))],
      ['page', cold('(p|)', { p: page(5, ['a'], 'x') })],
      ['page x', cold('#', undefined, expired)],
      ['page', cold('(p|)', { p: page(8, ['b']) })],
      ['watch 8', cold('O', frames)],
    ] as const;

    expectObservable(followed(script), '200ms !').toBe('100ms B', words);
  }),
);

test(
  'lists page by page when the server cannot get to its latest version in time',
  marbles(({ cold, expectObservable }) => {
    const tooLarge = new ApiFault('Too large resource version', {
      status: 504,
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    });
    const script = [
      ['objects', cold('#', undefined, tooLarge)],
      ['page', cold('(p|)', { p: page(5, ['a']) })],
      ['watch 5', cold('O', { O: opened })],
    ] as const;

    expectObservable(followed(script), '200ms !').toBe('A', words);
  }),
);

test(
  'lists again when the server is behind where we were: etcd was restored from a backup',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('aE-#', frames, cut)],
      ['latest', cold('(p|)', { p: page(4, []) })],
      ['objects', cold('bE', { ...frames, E: bookmark(4, true) })],
    ] as const;

    expectObservable(followed(script), '500ms !').toBe('-A 102ms B', words);
  }),
);

for (const [what, back] of [
  ['a bookmark', bookmark(4)],
  ['a change', there('old', 4)],
] as const)
  test(
    `lists again when ${what} goes back in time, and says nothing of it`,
    marbles(({ cold, expectObservable }) => {
      const script = [
        ['objects', cold('aE-(xc)', { ...frames, x: back })],
        ['objects', cold('bE', { ...frames, E: bookmark(4, true) })],
      ] as const;

      expectObservable(followed(script), '500ms !').toBe('-A 102ms B', words);
    }),
  );

test(
  'takes a change that comes twice for what it is',
  marbles(({ cold, expectObservable }) => {
    const script = [['objects', cold('aE-b-b-c', frames)]] as const;

    expectObservable(followed(script), '---------!').toBe('-A-b-b-c', words);
  }),
);

test(
  'lists again after three watches that the server ended at once',
  marbles(({ cold, expectObservable }) => {
    const ends$ = cold('O|', frames);
    const script = [
      ['objects', cold('aE|', frames)],
      ['watch 5', ends$],
      ['watch 5', ends$],
      ['objects', cold('bF', frames)],
    ] as const;

    // Each wait is 100 ms; the list itself was followed by the first of the three.
    expectObservable(followed(script), '500ms !').toBe('-A 303ms B', words);
  }),
);

test(
  'does not list again while watches that end at once have something to say',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('aE|', frames)],
      ['watch 5', cold('Ob|', frames)],
      ['watch 6', cold('O|', frames)],
      ['watch 6', cold('Oc|', frames)],
      ['watch 7', cold('O', frames)],
    ] as const;

    expectObservable(followed(script), '500ms !').toBe('-A 101ms b 202ms c', words);
  }),
);
