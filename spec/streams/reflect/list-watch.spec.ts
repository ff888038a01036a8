import test from 'ava';
import { NEVER } from 'rxjs';

import { ApiFault } from '../../../src/kube/reflect/api-fault.ts';
import { listWatch, type WatchCall } from '../../../streams/reflect/list-watch.ts';
import {
  bookmark,
  followed,
  gone,
  nameOf,
  opened,
  page,
  scriptedApi,
  there,
} from '../../_support/api-server/scripted-api.ts';
import { marbles } from '../../_support/property/marbles.ts';

const frames = {
  O: opened,
  a: there('a', 3),
  E: bookmark(5, true),
  c: there('c', 6),
  x: gone('a', 11),
  B: bookmark(9),
  d: there('d', 10),
};

const words = { A: 'all: a', C: 'all: a c', c: '+c', x: '-a', d: '+d' };

const refused = new ApiFault('sendInitialEvents is forbidden', { status: 422 });

test(
  'begins with everything there is and goes on with what changes',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('Oa-E-c-B-x', frames);
    const unsub = '        -----------!';
    const expected = '     ---A-c---x-';

    expectObservable(followed([['objects', objects$]]), unsub).toBe(expected, words);
    expectSubscriptions(objects$.subscriptions).toBe('^----------!');
  }),
);

test(
  'reads nothing before it is subscribed, and everything anew each time',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('OaE', frames);
    const followed$ = listWatch(
      { list: () => NEVER, watch: () => objects$ },
      { project: nameOf, random: () => 0.5 },
    );

    expectSubscriptions(objects$.subscriptions).toBe(['---^-----!']);
    expectObservable(followed$, '---^-----!').toBe('-----s', {
      s: { _tag: 'Synced', items: ['a'] },
    });
  }),
);

test(
  'lists page by page, then watches, where the server refuses a streaming list',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('#', undefined, refused);
    const page$ = cold('   -(p|)', { p: page(5, ['a'], 'x') });
    const next$ = cold('    -(p|)', { p: page(5, ['c']) });
    const watch$ = cold('    O-d', frames);
    const script = [
      ['objects', objects$],
      ['page', page$],
      ['page x', next$],
      ['watch 5', watch$],
    ] as const;
    const expected = '     --C-d-';

    expectObservable(followed(script), '-----!').toBe(expected, words);
    expectSubscriptions(watch$.subscriptions).toBe('--^--!');
  }),
);

test(
  'lists page by page where the server never ends a streaming list',
  marbles(({ cold, expectObservable }) => {
    const silent = [
      ['objects', cold('Oa', frames)],
      ['page', cold('(p|)', { p: page(5, ['a']) })],
      ['watch 5', cold('O', frames)],
    ] as const;
    const closed = [['objects', cold('Oa|', frames)], ...silent.slice(1)] as const;

    // The silence begins after the last frame; then comes the first wait, 100 ms.
    expectObservable(followed(silent, { silence: 30 }), '140ms !').toBe('131ms A', words);
    expectObservable(followed(closed), '110ms !').toBe('102ms A', words);
  }),
);

test(
  'does not ask for a streaming list again where there is none',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('#', undefined, refused)],
      ['page', cold('(p|)', { p: page(5, ['a']) })],
      ['watch 5', cold('#', undefined, new ApiFault('too old', { status: 410 }))],
      ['page', cold('(p|)', { p: page(8, ['a', 'c']) })],
      ['watch 8', cold('O', frames)],
    ] as const;

    expectObservable(followed(script), '110ms !').toBe('A 99ms C', words);
  }),
);

test(
  'goes on where it was when the server ends a watch, without a word',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('          OaE-c-|', frames);
    const first$ = cold('106ms       O 1999ms B|', frames);
    const second$ = cold('           O-d', frames);
    const script = [
      ['objects', objects$],
      ['watch 6', first$],
      ['watch 9', second$],
    ] as const;
    const unsub = '                  3000ms !';

    // 6 + 100 ms wait; 106 + 2000 ms of watching, and 100 ms wait.
    expectObservable(followed(script), unsub).toBe('--A-c 2310ms d', words);
    expectSubscriptions(first$.subscriptions).toBe('106ms ^ 2106ms !');
    expectSubscriptions(second$.subscriptions).toBe('2313ms ^ 686ms !');
  }),
);

test(
  'goes on where it was after a watch has been silent, once the server has confirmed it',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('     OaE', frames);
    const latest$ = cold('      --(p|)', { p: page(5, []) });
    const watch$ = cold('       Oc', frames);
    const script = [
      ['objects', objects$],
      ['latest', latest$],
      ['watch 5', watch$],
    ] as const;

    // 2 + 90,000 ms of silence, a wait of 100 ms, the answer after 2 ms.
    expectObservable(followed(script), '91s !').toBe('--A 90102ms c', words);
    expectSubscriptions(objects$.subscriptions).toBe('^ 90001ms !');
    expectSubscriptions(watch$.subscriptions).toBe('90104ms ^ 895ms !');
  }),
);

test(
  'is not disturbed by long silences between bookmarks',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const objects$ = cold('OaE 20ms B 20ms B 20ms d', frames);

    expectObservable(followed([['objects', objects$]], { silence: 25 }), '80ms !').toBe(
      '--A 62ms d',
      words,
    );
    expectSubscriptions(objects$.subscriptions).toBe('^ 79ms !');
  }),
);

test('asks for watches that last five to ten minutes, each a different time', (t) => {
  const calls: WatchCall[] = [];
  const watch = (call: WatchCall) => {
    calls.push(call);
    return NEVER;
  };
  for (const roll of [0, 0.999])
    listWatch({ list: () => NEVER, watch }, { project: nameOf, random: () => roll })
      .subscribe()
      .unsubscribe();

  t.deepEqual(calls, [{ timeoutSeconds: 300 }, { timeoutSeconds: 599 }]);
});

test(
  'passes what is no fault of the API: a port has a bug',
  marbles(({ cold, expectObservable }) => {
    const bug = new TypeError('undefined is not a function');
    const script = [['objects', cold('Oa-#', frames, bug)]] as const;

    expectObservable(followed(script)).toBe('---#', words, bug);
  }),
);

test(
  'ends the wait between two attempts when unsubscribed',
  marbles(({ cold, expectObservable }) => {
    const script = [['objects', cold('#', undefined, new ApiFault('refused'))]] as const;

    expectObservable(followed(script), '50ms !').toBe('');
    expectObservable(listWatch(scriptedApi([]), { project: nameOf, random: () => 0 })).toBe(
      '#',
      undefined,
      new Error('expected no call, got objects'),
    );
  }),
);
