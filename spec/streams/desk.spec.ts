import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';
import { concatMap, from, timer, map, tap, VirtualTimeScheduler, type Observable } from 'rxjs';

import { entries } from '../../src/collection/collection.ts';
import type { Batch } from '../../src/journal/batch.ts';
import { typeUrls } from '../../src/xds/type-url.ts';
import { newDesk } from '../../streams/desk.ts';
import { inSlices } from '../../streams/in-slices.ts';
import { untimedPipeline } from '../../streams/pipeline.ts';
import type { Published } from '../../streams/publish.ts';
import { aBatch } from '../_support/batches.ts';
import { aHost, aListener, aService, applied, listed } from '../_support/builders.ts';
import { holds } from '../_support/property.ts';
import { eventsOf, someHistory } from '../_support/small-world.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };

const start = listed([aListener('default/l1'), aHost('default/h1'), aService('default/web')]);

const said = ({ snapshot, translation }: Published): unknown => ({
  seq: snapshot.seq,
  sent: typeUrls.map((typeUrl) => [...entries(snapshot.resources[typeUrl])]),
  problems: [...entries(translation.problems)],
});

const collected = <A>(values$: Observable<A>): readonly A[] => {
  const values: A[] = [];
  values$.subscribe((value) => values.push(value));
  return values;
};

test('what is published in slices is what the same batches publish at once', (t) => {
  const pauses = fc.infiniteStream(fc.constantFrom(0, 1, 2, 50));
  holds(
    t,
    fc.property(someHistory, pauses, (history, pause) => {
      const desk = newDesk(options.translation, 2);
      const scheduler = new VirtualTimeScheduler();
      const groups = [start, ...history.map((batch) => batch.flatMap(eventsOf))];
      const recorded: Batch[] = [];
      const inTime = collected(
        from(groups).pipe(
          concatMap((events, i) =>
            timer(pause.next().value, scheduler).pipe(map(() => aBatch(i, ...events))),
          ),
          inSlices(desk, scheduler),
          tap((batch) => recorded.push(batch)),
          untimedPipeline(options, desk),
          map(said),
        ),
      );
      scheduler.flush();
      const replayed = collected(from(recorded).pipe(untimedPipeline(options), map(said)));
      assert.deepEqual(inTime, replayed);
      assert.ok(inTime.length > 0);
    }),
    { numRuns: 60 },
  );
});

test('a batch whose working out fails is let through, to fail where it is on record', (t) => {
  const desk = newDesk(options.translation, 1);
  const broken = { _tag: 'Listed', kind: 'Host', items: [null, null] } as unknown;
  const batch = aBatch(0, broken as ReturnType<typeof applied>);

  const work = desk.begin(batch);
  const slices = [work.slice(), work.slice(), work.slice()];

  t.true(slices.includes(batch));
  t.is(desk.preparedFor(batch), undefined);
});
