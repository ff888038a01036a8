import test from 'ava';

import type { Kind } from '../../src/kube/kind.ts';
import type { Decoded, KubeEvent } from '../../src/kube/kube-event.ts';
import type { LastGood } from '../../src/kube/last-good.ts';
import { recalled } from '../../streams/recalled.ts';
import { marbles } from '../_support/property/marbles.ts';

const problem = { _tag: 'UnknownField', object: 'Host default/a', field: 'spec' } as const;

const content = (hostname: string) => ({
  metadata: { name: 'a', namespace: 'default', labels: {} },
  spec: { hostname },
});

const kept = (more: Partial<LastGood<'Host'>> = {}): LastGood => ({
  ...{ kind: 'Host', key: 'default/a', content: content('kept.example'), because: 'Invalid' },
  ...more,
});

const bad: Decoded = { key: 'default/a', problems: [problem] };
const good: Decoded = { ...bad, object: content('good.example') };
const former: Decoded = { ...bad, object: content('kept.example'), former: true };

const listed = (item: Decoded, kind: Kind = 'Host'): readonly KubeEvent[] => [
  { _tag: 'Listed', kind, items: [item] },
];
const applied: readonly KubeEvent[] = [{ _tag: 'Applied', kind: 'Host', item: bad }];

test(
  'the first list of a kind has the last good version of what is not valid; nothing else is changed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const values = {
      ...{ l: listed(bad), s: listed(bad, 'Secret'), a: applied },
      ...{ m: listed(former) },
    };
    const events$ = hot('-s-a-l-l-|', values);
    const subs = '       ^--------!';
    const expected = '   -s-a-m-l-|';

    expectObservable(events$.pipe(recalled([kept()]))).toBe(expected, values);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'each subscription begins anew',
  marbles(({ cold, expectObservable }) => {
    const events$ = cold('-l-|', { l: listed(bad) }).pipe(recalled([kept()]));

    expectObservable(events$).toBe('-m-|', { m: listed(former) });
    expectObservable(events$).toBe('-m-|', { m: listed(former) });
  }),
);

test(
  'what is valid stays, and so does what is another object, or is refused by Envoys alone',
  marbles(({ hot, expectObservable }) => {
    const uid = (one: string): Decoded => ({ ...bad, version: { uid: one } });
    const list = (item: Decoded, ...known: readonly LastGood[]) =>
      hot('l|', { l: listed(item) }).pipe(recalled(known));

    expectObservable(list(good, kept())).toBe('l|', { l: listed(good) });
    expectObservable(list(uid('2'), kept({ uid: '1' }))).toBe('l|', { l: listed(uid('2')) });
    expectObservable(list(uid('2'), kept())).toBe('l|', { l: listed(uid('2')) });
    expectObservable(list(bad, kept({ because: 'Refused' }))).toBe('l|', { l: listed(bad) });
    expectObservable(list(uid('2'), kept({ uid: '2' }))).toBe('l|', {
      l: listed({ ...former, version: { uid: '2' } }),
    });
  }),
);

test(
  'passes an error and lets go when unsubscribed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const failing$ = hot('-a-#', { a: applied });
    const events$ = hot(' -a-a|', { a: applied });
    const unsub = '       --!';

    expectObservable(failing$.pipe(recalled([kept()]))).toBe('-a-#', { a: applied });
    expectObservable(events$.pipe(recalled([kept()])), unsub).toBe('-a-', { a: applied });
    expectSubscriptions(events$.subscriptions).toBe('^-!');
  }),
);
