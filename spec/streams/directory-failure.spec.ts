import test from 'ava';
import { map } from 'rxjs';

import { directory } from '../../streams/directory.ts';
import { marbles } from '../_support/property/marbles.ts';
import { aFile, aFolder, words } from '../_support/world/a-folder.ts';

const holdoff = { quiet: 3, max: 9 };
const a = aFile('a.yaml', 'a');
const b = aFile('b.yaml', 'b');
const gone = new Error('the folder is gone');

test(
  'repeats a failed read with back-off, reports it once, and takes the report back',
  marbles(({ hot, cold, expectObservable }) => {
    const fails$ = cold<never>('#', {}, gone);
    const works$ = cold('(w|)', { w: [a] });
    const changes$ = hot('1s |');
    const expected = '    r 299ms l 699ms |';

    const folder = aFolder(changes$, fails$, fails$, works$);
    expectObservable(words(directory(folder, holdoff))).toBe(expected, {
      r: 'folder manifests: 1',
      l: 'folder manifests: 0 default/a!',
    });
  }),
);

test(
  'keeps what it knows when a later read fails',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('-x 999ms |');
    const first$ = cold('(w|)', { w: [a] });
    const fails$ = cold<never>('#', {}, gone);
    const later$ = cold('(w|)', { w: [a, b] });
    const expected = '    l---r 99ms c 896ms |';

    const folder = aFolder(changes$, first$, fails$, later$);
    expectObservable(words(directory(folder, holdoff))).toBe(expected, {
      l: 'default/a!',
      r: 'folder manifests: 1',
      c: 'folder manifests: 0 +default/b',
    });
  }),
);

test(
  'does not wait for the back-off when something changes',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('-x--------|');
    const fails$ = cold<never>('#', {}, gone);
    const works$ = cold('(w|)', { w: [a] });
    const expected = '    r---l-----|';

    expectObservable(words(directory(aFolder(changes$, fails$, works$), holdoff))).toBe(expected, {
      r: 'folder manifests: 1',
      l: 'folder manifests: 0 default/a!',
    });
  }),
);

test(
  'says of a failure what was wrong with which folder',
  marbles(({ cold, hot, expectObservable }) => {
    const folder = aFolder(hot('----'), cold<never>('#', {}, gone));
    const problems$ = directory(folder, holdoff).pipe(
      map(({ events }) => events.flatMap((event) => ('problems' in event ? event.problems : []))),
    );

    expectObservable(problems$, '---!').toBe('r---', {
      r: [{ _tag: 'UnreadableFile', file: 'manifests', reason: 'the folder is gone' }],
    });
  }),
);

test(
  'keeps the last good version of a file that cannot be read any more',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('-x---x---|');
    const first$ = cold('(w|)', { w: [a, b] });
    const second$ = cold('(w|)', { w: [a, { file: 'b.yaml', unreadable: 'cannot be read' }] });
    const third$ = cold('(w|)', { w: [a, b] });
    const expected = '    l---r---c|';

    const folder = aFolder(changes$, first$, second$, third$);
    expectObservable(words(directory(folder, holdoff))).toBe(expected, {
      l: 'default/a! default/b!',
      r: 'file b.yaml: 1 ~default/b',
      c: 'file b.yaml: 0 +default/b',
    });
  }),
);

test(
  'passes an error of the watcher',
  marbles(({ hot, cold, expectObservable }) => {
    const changes$ = hot('----#');
    const files$ = cold('(f|)', { f: [a] });
    const expected = '    l---#';

    expectObservable(words(directory(aFolder(changes$, files$), holdoff))).toBe(expected, {
      l: 'default/a!',
    });
  }),
);

test(
  'lets go of the watcher, the read and its timers when unsubscribed',
  marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
    const changes$ = hot('-x-----------|');
    const first$ = cold('(f|)', { f: [a] });
    const second$ = cold('------(f|)', { f: [b] });
    const unsub = '       ------!';
    const subs = '        ^-----!';
    const reads = '       ----^-!';
    const expected = '    l------';

    const folder = aFolder(changes$, first$, second$);
    expectObservable(words(directory(folder, holdoff)), unsub).toBe(expected, { l: 'default/a!' });
    expectSubscriptions(changes$.subscriptions).toBe(subs);
    expectSubscriptions(second$.subscriptions).toBe(reads);
  }),
);
