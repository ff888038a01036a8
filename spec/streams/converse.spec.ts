import test from 'ava';
import { map } from 'rxjs';

import { open } from '../../src/xds/session/conversation.ts';
import type { ConversationEvent } from '../../src/xds/session/step.ts';
import { TypeUrl } from '../../src/xds/type-url.ts';
import { converse } from '../../streams/converse.ts';
import { marbles } from '../_support/property/marbles.ts';
import { request } from '../_support/xds/fake-envoy.ts';
import { aCluster, aSnapshot } from '../_support/xds/xds-world.ts';

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

/** What a turn says: the version it sends, or nothing. */
const spoken = () =>
  map(({ responses }: { responses: readonly { resources: readonly { version: string }[] }[] }) =>
    responses.flatMap(({ resources }) => resources.map(({ version }) => version)).join(),
  );
const said = { '-': '', x: '1', y: '2', z: '3', o: '' };

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
