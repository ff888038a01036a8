import test from 'ava';

import { ApiFault } from '../../../src/kube/reflect/api-fault.ts';
import { readLatest, readList } from '../../../streams/reflect/read-list.ts';
import { nameOf, page, scriptedApi } from '../../_support/api-server/scripted-api.ts';
import { marbles } from '../../_support/property/marbles.ts';

test(
  'reads page after page and says the whole list at once',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const first$ = cold(' --(p|)', { p: page(7, ['a', 'b'], 'x') });
    const second$ = cold('  --(p|)', { p: page(7, ['c'], 'y') });
    const third$ = cold('     --(p|)', { p: page(7, ['d']) });
    const api = scriptedApi([
      ['page', first$],
      ['page x', second$],
      ['page y', third$],
    ]);
    const expected = '     ------(l|)';

    expectObservable(readList(api, nameOf)).toBe(expected, {
      l: { _tag: 'Listed', items: ['a', 'b', 'c', 'd'], resourceVersion: '7' },
    });
    expectSubscriptions(first$.subscriptions).toBe(' ^-!');
    expectSubscriptions(second$.subscriptions).toBe('--^-!');
    expectSubscriptions(third$.subscriptions).toBe(' ----^-!');
  }),
);

test(
  'projects the objects of a page before it asks for the next one',
  marbles(({ cold, expectObservable }) => {
    const projected: string[] = [];
    const project = (object: unknown): string => {
      projected.push(nameOf(object));
      return projected.join('');
    };
    const api = scriptedApi([
      ['page', cold('--(p|)', { p: page(7, ['a', 'b'], 'x') })],
      ['page x', cold('--(p|)', { p: page(7, ['c']) })],
    ]);

    expectObservable(readList(api, project)).toBe('----(l|)', {
      l: { _tag: 'Listed', items: ['a', 'ab', 'abc'], resourceVersion: '7' },
    });
  }),
);

test(
  'says nothing of a list whose next page fails',
  marbles(({ cold, expectObservable }) => {
    const expired = new ApiFault('the continue token is too old', { status: 410 });
    const api = scriptedApi([
      ['page', cold('--(p|)', { p: page(7, ['a'], 'x') })],
      ['page x', cold('--#', undefined, expired)],
    ]);

    expectObservable(readList(api, nameOf)).toBe('----#', undefined, expired);
  }),
);

test(
  'asks for nothing more when unsubscribed',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const first$ = cold('---(p|)', { p: page(7, ['a'], 'x') });

    expectObservable(readList(scriptedApi([['page', first$]]), nameOf), '--!').toBe('---');
    expectSubscriptions(first$.subscriptions).toBe('^-!');
  }),
);

test(
  'reads the latest version from the smallest list',
  marbles(({ cold, expectObservable }) => {
    const api = scriptedApi([['latest', cold('--(p|)', { p: page(7, ['a'], 'x') })]]);

    expectObservable(readLatest(api)).toBe('--(c|)', {
      c: { _tag: 'Confirmed', resourceVersion: '7' },
    });
  }),
);
