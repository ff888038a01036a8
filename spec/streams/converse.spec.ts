import test from 'ava';
import { map } from 'rxjs';

import { open } from '../../src/xds/session/conversation.ts';
import type { DeltaResponse } from '../../src/xds/session/discovery.ts';
import type { ConversationEvent } from '../../src/xds/session/step.ts';
import { TypeUrl } from '../../src/xds/type-url.ts';
import { converse } from '../../streams/converse.ts';
import { marbles } from '../_support/property/marbles.ts';
import { request } from '../_support/xds/fake-envoy.ts';
import { aCluster, aListener, aSnapshot } from '../_support/xds/xds-world.ts';

const publish = (version: string): ConversationEvent => ({
  _tag: 'Published',
  snapshot: aSnapshot(Number(version), { clusters: [aCluster('c', version)] }),
});
const answer = (nonce: string, error?: string): ConversationEvent => ({
  _tag: 'Requested',
  request: { ...request(TypeUrl.Cluster), nonce, ...(error === undefined ? {} : { error }) },
});

/** 1, 2, 3: snapshots; r: the first request; a: an ACK of the first response; n: a NACK of the second. */
const events = {
  1: publish('1'),
  2: publish('2'),
  3: publish('3'),
  r: answer(''),
  a: answer('1'),
  n: answer('2', 'no'),
};

const listening = (nonce: string, error?: string): ConversationEvent => ({
  _tag: 'Requested',
  request: { ...request(TypeUrl.Listener), nonce, ...(error === undefined ? {} : { error }) },
});
const taken =
  "Error adding/updating listener(s) l: cannot bind '0.0.0.0:80': Address already in use";

/** A listener: w publishes it, c and l ask, y accepts the clusters; the others refuse or accept the listener. */
const binding = {
  w: { _tag: 'Published', snapshot: aSnapshot(1, { listeners: [aListener('l')] }) } as const,
  c: answer(''),
  y: answer('1'),
  l: listening(''),
  1: listening('2', taken),
  2: listening('3', taken),
  3: listening('4', taken),
  o: listening('3'),
};

/** What a turn says: the version it sends, or nothing. */
const spoken = () =>
  map(({ responses }: { responses: readonly { resources: readonly { version: string }[] }[] }) =>
    responses.flatMap(({ resources }) => resources.map(({ version }) => version)).join(),
  );
const said = { '-': '', x: '1', y: '2', z: '3', o: '' };
const listens = { o: '', x: '1' };

test(
  'is silent as long as nothing happens',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('------', events);
    const expected = '   ------';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, said);
  }),
);

test(
  'gives one turn for one event',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-1----', events);
    const expected = '   -o----';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, said);
  }),
);

test(
  'skips the versions of a burst that the Envoy is too slow for',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-1r(23)--a--', events);
    const expected = '   -ox(oo)--z--';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, said);
  }),
);

test(
  'does not repeat what the Envoy refused',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-1r-a-2-n-2-3-', events);
    const expected = '   -ox-o-y-o-o-z-';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, said);
  }),
);

test(
  'completes with its source',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-1r--|', events);
    const subs = '       ^----!';
    const expected = '   -ox--|';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, said);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'passes an error on at once',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-1r--#', events);
    const expected = '   -ox--#';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, said);
  }),
);

test(
  'lets go of its source when nobody listens any more',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-1r--a--', events);
    const unsub = '      ---!----';
    const subs = '       ^--!----';
    const expected = '   -ox-----';
    const turns$ = events$.pipe(converse(open({ node: 'n' })), spoken());
    expectObservable(turns$, unsub).toBe(expected, said);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'sends a listener that could not be bound again, after a longer wait each time',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('(wcyl)1 1s     2 1999ms 3', binding);
    const unsub = '      12s !';
    const expected = '   (ooox)o 999ms xo 1998ms xo 3998ms x';
    const turns$ = events$.pipe(converse(open({ node: 'n' })), spoken());
    expectObservable(turns$, unsub).toBe(expected, listens);
  }),
);

test(
  'sends it no more once it has been bound',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('(wcyl)1 1s    o', binding);
    const expected = '   (ooox)o 999ms xo';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, listens);
  }),
);

test(
  'waits no more when its source has ended',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('(wcyl)1--|', binding);
    const subs = '       ^--------!';
    const expected = '   (ooox)o--|';
    expectObservable(events$.pipe(converse(open({ node: 'n' })), spoken())).toBe(expected, listens);
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'after two rests a cluster that is gone is removed',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('(1rlabw)', {
      ...events,
      l: listening(''),
      b: listening('2'),
      w: { _tag: 'Published', snapshot: aSnapshot(2, {}) } as const,
    });
    const removed = map(({ responses }: { responses: readonly DeltaResponse[] }) =>
      responses.flatMap((one) => one.removed).join(),
    );
    const turns$ = events$.pipe(converse(open({ node: 'n' })), removed);
    expectObservable(turns$, '^ 20001ms !').toBe('(oooooo) 9992ms o 9999ms c', { o: '', c: 'c' });
  }),
);
