import test from 'ava';
import type { Observable } from 'rxjs';

import { ApiFault } from '../../../src/kube/reflect/api-fault.ts';
import { bookmark, followed, opened, page, there } from '../../_support/api-server/scripted-api.ts';
import { marbles } from '../../_support/property/marbles.ts';

const frames = { O: opened, a: there('a', 3), E: bookmark(5, true), c: there('c', 6) };

const words = {
  A: 'all: a',
  c: '+c',
  R: 'Restored',
  N: 'NotInstalled: no such kind',
  F: 'Forbidden: not allowed',
  U: 'Unreachable: cut',
};

const cut = new ApiFault('cut');
const absent = new ApiFault('no such kind', { status: 404 });
const forbidden = new ApiFault('not allowed', { status: 403 });
const unavailable = new ApiFault('starting', { status: 503 });

/** Attempts that fail at once are made at 0, 100, 300, 700 and 1500 ms, and then at 3100 ms. */
const many = <A>(call: string, answer$: A, times: number): [string, A][] =>
  Array.from({ length: times }, () => [call, answer$]);

test(
  'says once that a kind is not installed, when it has not been for a second',
  marbles(({ cold, expectObservable }) => {
    const script = many('objects', cold('#', undefined, absent), 6);

    expectObservable(followed(script), '6s !').toBe('1500ms N', words);
  }),
);

test(
  'does not say that a kind is not installed while an API server starts',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ...many('objects', cold('#', undefined, absent), 2),
      ...many('objects', cold('#', undefined, unavailable), 1),
      ...many('objects', cold('#', undefined, absent), 1),
      ['objects', cold('aE', frames)],
    ] as const;

    expectObservable(followed(script), '2s !').toBe('1501ms A', words);
  }),
);

test(
  'lists a kind that comes back after it was not installed',
  marbles(({ cold, expectObservable }) => {
    const absent$ = cold('#', undefined, absent);
    const script = [
      ['objects', cold('(aE#)', frames, cut)],
      ...many('latest', absent$, 4),
      ['objects', absent$],
      ['objects', cold('(aE)', frames)],
    ] as const;

    // The cut is the first failure; attempts at 100, 300, 700, 1500, 3100 and 6300 ms.
    expectObservable(followed(script), '7s !').toBe('A 1499ms N 4799ms (RA)', words);
  }),
);

test(
  'tries a kind that is not installed when it is told of a change, and again soon',
  marbles(({ cold, hot, expectObservable }) => {
    const absent$ = cold('#', undefined, absent);
    const readable$ = hot('-p 1999ms p');
    const script = [
      ...many('objects', absent$, 5),
      ...many('objects', absent$, 1),
      ['objects', cold('aE', frames)],
    ] as const;

    // Told at 1 ms, when it is not known yet, and at 2001 ms; the next attempt is 100 ms later.
    expectObservable(followed(script, { readable$ }), '3s !').toBe('1500ms N 601ms (RA)', words);
  }),
);

test(
  'keeps what it knows while it is forbidden, and lists when it is allowed again',
  marbles(({ cold, expectObservable }) => {
    const forbidden$ = cold('#', undefined, forbidden);
    const script = [
      ['objects', cold('(aE#)', frames, cut)],
      ...many('latest', forbidden$, 4),
      ...many('objects', forbidden$, 1),
      ['objects', cold('(aE)', frames)],
    ] as const;

    expectObservable(followed(script), '7s !').toBe('A 1499ms F 4799ms (RA)', words);
  }),
);

test(
  'says that it is forbidden to watch, though it may list',
  marbles(({ cold, expectObservable }) => {
    const latest$ = cold('(p|)', { p: page(5, []) });
    const forbidden$ = cold('#', undefined, forbidden);
    const script = [
      ['objects', cold('(aE|)', frames)],
      ...many('watch 5', forbidden$, 4).flatMap((one) => [one, ['latest', latest$] as const]),
      ['objects', forbidden$],
    ] as const;

    // Watches at 100, 200, 400 and 800 ms; at 1600 ms it has been so for longer than a second.
    expectObservable(followed(script), '1700ms !').toBe('A 1599ms F', words);
  }),
);

test(
  'lists again and again what it may list but not watch, and says once that it is forbidden',
  marbles(({ cold, expectObservable }) => {
    const page$ = cold('(p|)', { p: page(5, ['a']) });
    const script = [
      ['objects', cold('#', undefined, new ApiFault('unknown', { status: 400 }))],
      ['page', page$],
      ['watch 5', cold('#', undefined, forbidden)],
      ...many('latest', cold('#', undefined, forbidden), 4),
      ...[1, 2].flatMap(() => [
        ['page', page$] as const,
        ['watch 5', cold('#', undefined, forbidden)] as const,
      ]),
      ['page', page$],
      ['watch 5', cold('O', frames)],
    ] as const;

    expectObservable(followed(script), '13s !').toBe(
      'A 1499ms F 1599ms A 3199ms A 6399ms (AR)',
      words,
    );
  }),
);

test(
  'says nothing of trouble that is over within a second',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('(aE#)', frames, cut)],
      ...many('latest', cold('#', undefined, cut), 2),
      ['latest', cold('(p|)', { p: page(5, []) })],
      ['watch 5', cold('O-c', frames)],
    ] as const;

    // Tried at 100 and 300 ms; the third time it is answered, at 700 ms.
    expectObservable(followed(script), '2s !').toBe('A 701ms c', words);
  }),
);

test(
  'lists again after trouble that lasted longer, for the server may be another one then',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('(aE#)', frames, cut)],
      ...many('latest', cold('#', undefined, cut), 3),
      ['latest', cold('(p|)', { p: page(99, []) })],
      ['objects', cold('(aE)', frames)],
    ] as const;

    // Tried at 100, 300 and 700 ms; the fourth time it is answered, at 1500 ms.
    expectObservable(followed(script), '2s !').toBe('A 1499ms A', words);
  }),
);

test(
  'says once that nothing can be reached, and once that it can again',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ['objects', cold('(aE#)', frames, cut)],
      ...many('latest', cold('#', undefined, cut), 4),
      ...many('objects', cold('#', undefined, cut), 2),
      ['objects', cold('(aE)c', frames)],
    ] as const;

    // Tried at 100, 300, 700, 1500, 3100, 6300 and 11,300 ms.
    expectObservable(followed(script), '13s !').toBe('A 1499ms U 9799ms (RA)c', words);
  }),
);

test(
  'says that the trouble is another one now',
  marbles(({ cold, expectObservable }) => {
    const script = [
      ...many('objects', cold('#', undefined, cut), 5),
      ...many('objects', cold('#', undefined, forbidden), 2),
      ['objects', cold('(aE)', frames)],
    ] as const;

    // Unreachable until 1500 ms; forbidden at 3100 and 6300 ms.
    expectObservable(followed(script), '13s !').toBe('1500ms U 4799ms F 6399ms (RA)', words);
  }),
);

test(
  'tries again soon when it is told of a change during an attempt',
  marbles(({ cold, hot, expectObservable }) => {
    const absent$ = cold('#', undefined, absent);
    const readable$ = hot('3150ms p');
    const script = [
      ...many('objects', absent$, 5),
      ['objects', cold('100ms #', undefined, absent)],
      ['objects', cold('aE', frames)],
    ] as const;

    // The sixth attempt lasts from 3100 to 3200 ms; with its full wait the next would be at 6400 ms.
    expectObservable(followed(script, { readable$ }), '4s !').toBe('1500ms N 1800ms (RA)', words);
  }),
);

test(
  'a wait for an unreachable server ends early when it may be readable, but not one that the server asked for',
  marbles(({ cold, hot, expectObservable }) => {
    const asked = new ApiFault('cut', { status: 429, retryAfterMs: 5000 });
    const script = (fault: ApiFault) =>
      [
        ...many('objects', cold('#', undefined, cut), 4),
        ['objects', cold('#', undefined, fault)],
        ['objects', cold('(aE)', frames)],
      ] as const;
    const readable$ = (): Observable<string> => hot('2000ms p');

    // With its full wait the sixth attempt would be at 3100 ms; the server asks for 5 s more.
    expectObservable(followed(script(cut), { readable$: readable$() }), '9s !').toBe(
      '1500ms U 499ms (RA)',
      words,
    );
    expectObservable(followed(script(asked), { readable$: readable$() }), '9s !').toBe(
      '1500ms U 6599ms (RA)',
      words,
    );
  }),
);
