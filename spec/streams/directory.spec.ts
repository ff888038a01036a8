import test from 'ava';
import { map } from 'rxjs';

import { directory } from '../../streams/directory.ts';
import { marbles } from '../_support/property/marbles.ts';
import { aFile, aFolder, words } from '../_support/world/a-folder.ts';

const holdoff = { quiet: 3, max: 9 };
const a = aFile('a.yaml', 'a');
const b = aFile('b.yaml', 'b');

test(
  'reads once at the start and lists what it finds',
  marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
    const changes$ = hot('-----|');
    const subs = '        ^----!';
    const files$ = cold(' --(f|)', { f: [a] });
    const expected = '    --l--|';

    expectObservable(words(directory(aFolder(changes$, files$), holdoff))).toBe(expected, {
      l: 'default/a!',
    });
    expectSubscriptions(changes$.subscriptions).toBe(subs);
  }),
);

test(
  'lists every kind in its first events',
  marbles(({ hot, cold, expectObservable }) => {
    const count$ = directory(aFolder(hot('|'), cold('(f|)', { f: [] })), holdoff).pipe(
      map(({ events }) => events.filter(({ _tag }) => _tag === 'Listed').length),
    );

    expectObservable(count$).toBe('(n|)', { n: 29 });
  }),
);

test(
  'reads again when the folder has been quiet, and emits what one read found as one',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('---xx-----|');
    const first$ = cold(' (f|)', { f: [a] });
    const second$ = cold('(s|)', { s: [aFile('b.yaml', 'b'), aFile('c.yaml', 'c')] });
    const expected = '    l------c--|';

    expectObservable(words(directory(aFolder(changes$, first$, second$), holdoff))).toBe(expected, {
      l: 'default/a!',
      c: '-default/a +default/b +default/c',
    });
  }),
);

test(
  'finds no difference in a file that was only renamed',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('---x------|');
    const first$ = cold(' (f|)', { f: [a] });
    const second$ = cold('(s|)', { s: [aFile('renamed.yaml', 'a')] });
    const expected = '    l-----c---|';

    expectObservable(words(directory(aFolder(changes$, first$, second$), holdoff))).toBe(expected, {
      l: 'default/a!',
      c: '',
    });
  }),
);

test(
  'is silent when nothing changed after all',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('---x------|');
    const files$ = cold(' (f|)', { f: [a, b] });
    const expected = '    l---------|';

    expectObservable(words(directory(aFolder(changes$, files$), holdoff))).toBe(expected, {
      l: 'default/a! default/b!',
    });
  }),
);

test(
  'waits no longer than its ceiling for quiet',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('-x-x-x-x-x-x-|');
    const first$ = cold(' (f|)', { f: [a] });
    const second$ = cold('(s|)', { s: [a, b] });
    const expected = '    l---------c--|';

    expectObservable(words(directory(aFolder(changes$, first$, second$), holdoff))).toBe(expected, {
      l: 'default/a!',
      c: '+default/b',
    });
  }),
);

test(
  'reads again after a change that came during a read',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('-x-----------|');
    const first$ = cold(' ------(f|)', { f: [a] });
    const second$ = cold('(s|)', { s: [a, b] });
    const expected = '    ------l--c---|';

    expectObservable(words(directory(aFolder(changes$, first$, second$), holdoff))).toBe(expected, {
      l: 'default/a!',
      c: '+default/b',
    });
  }),
);

test(
  'reads what is due before it completes',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('---x|');
    const first$ = cold(' (f|)', { f: [a] });
    const second$ = cold('(s|)', { s: [b] });
    const expected = '    l---(c|)';

    expectObservable(words(directory(aFolder(changes$, first$, second$), holdoff))).toBe(expected, {
      l: 'default/a!',
      c: '-default/a +default/b',
    });
  }),
);
