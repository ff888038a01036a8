import test from 'ava';
import { from, map, type OperatorFunction } from 'rxjs';

import { empty, keys } from '../../../src/collection/collection.ts';
import type { Batch } from '../../../src/journal/batch.ts';
import type { Published } from '../../../src/plane/published.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { untimedPipeline } from '../../../streams/pipeline.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aBatch, aResolver, eventsOf } from '../../_support/world/batches.ts';
import { host, listener, mapping } from '../../_support/world/manifests.ts';

const [first, second, withProblem, without] = eventsOf(
  listener + host,
  listener + host + mapping('cart'),
  listener + host + mapping('cart', ', nonsense: 1'),
  listener + host,
);
const batches = {
  f: aBatch(0, ...(first ?? [])),
  s: aBatch(1, ...(second ?? [])),
  p: aBatch(2, ...(withProblem ?? [])),
  d: aBatch(3, ...(without ?? [])),
  r: aBatch(5, aResolver('unused')),
  v: aBatch(6, { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] }),
};

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };

const published =
  <A>(f: (published: Published) => A): OperatorFunction<Batch, A> =>
  (batches$) =>
    batches$.pipe(untimedPipeline(options), map(f));

test(
  'publishes a snapshot for each batch that changes one, and counts them',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('-f-s-d-|', batches);
    const subs = '        ^------!';
    const expected = '    -x-y-z-|';

    const seq$ = batches$.pipe(published(({ snapshot }) => snapshot.seq));
    expectObservable(seq$).toBe(expected, { x: 1, y: 2, z: 3 });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

test(
  'publishes nothing when a batch changes neither a resource nor a problem',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-f-r-v-s-|', batches);
    const expected = '    -x-----y-|';

    expectObservable(batches$.pipe(published(({ snapshot }) => snapshot.seq))).toBe(expected, {
      x: 1,
      y: 2,
    });
  }),
);

test(
  'publishes the same resources again when only the problems changed',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-f-s-p-|', batches);
    const expected = '    -x-y-z-|';

    const faults$ = batches$.pipe(
      published(({ snapshot, translation }) => ({
        seq: snapshot.seq,
        faults: [...keys(translation.problems)],
      })),
    );
    expectObservable(faults$).toBe(expected, {
      x: { seq: 1, faults: [] },
      y: { seq: 2, faults: [] },
      z: { seq: 3, faults: ['Mapping default/cart'] },
    });
  }),
);

test('shares every resource that a batch does not touch', (t) => {
  const snapshots: Snapshot[] = [];
  from([batches.f, batches.s, batches.p])
    .pipe(published(({ snapshot }) => snapshot))
    .subscribe((snapshot) => snapshots.push(snapshot));

  const [before, after, again] = snapshots;
  t.not(after?.resources[TypeUrl.Cluster], before?.resources[TypeUrl.Cluster]);
  for (const typeUrl of typeUrls) t.is(again?.resources[typeUrl], after?.resources[typeUrl]);
});

test(
  'carries the batch that led to a publication',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-f-r-s-|', batches);
    const expected = '    -f---s-|';

    expectObservable(batches$.pipe(published(({ batch }) => batch))).toBe(expected, batches);
  }),
);

test('takes back the object that Envoy refuses, when it refuses it, and says so', (t) => {
  const run = (...all: readonly Batch[]): readonly Published[] => {
    const seen: Published[] = [];
    from(all)
      .pipe(published((one) => one))
      .subscribe((one) => seen.push(one));
    return seen;
  };
  const accepted = aBatch(2, { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] });
  const clusters = (one?: Published) => [
    ...keys(one?.snapshot.resources[TypeUrl.Cluster] ?? empty()),
  ];
  const [name = ''] = clusters(run(batches.f, accepted, batches.s)[1]);
  const refusal = { typeUrl: TypeUrl.Cluster, name, version: '1', message: 'no' } as const;
  const refused = aBatch(4, { _tag: 'Verdict', node: 'edge', seq: 2, refused: [refusal] });

  const [before, after, third, ...others] = run(batches.f, accepted, batches.s, refused);

  t.deepEqual(
    [before, after, third].map((one) => clusters(one).length),
    [0, 1, 0],
  );
  t.deepEqual(others, []);
  t.deepEqual(
    third?.convicted.map(({ object, message }) => [object, message]),
    [['Mapping default/cart', 'no']],
  );
});

test(
  'passes an error and lets go when unsubscribed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const failing$ = hot('-f-#', batches);
    const batches$ = hot('-f-s-|', batches);
    const unsub = '       --!';
    const subs = '        ^-!';
    const seqs = published(({ snapshot }) => snapshot.seq);

    expectObservable(failing$.pipe(seqs)).toBe('-x-#', { x: 1 });
    expectObservable(batches$.pipe(seqs), unsub).toBe('-x-', { x: 1 });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);
