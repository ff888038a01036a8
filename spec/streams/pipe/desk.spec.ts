import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';
import {
  concatMap,
  from,
  timer,
  map,
  Subject,
  tap,
  VirtualTimeScheduler,
  type Observable,
} from 'rxjs';

import { entries } from '../../../src/collection/collection.ts';
import { finish } from '../../../src/collection/work.ts';
import { objectKey } from '../../../src/ir/object-ref.ts';
import type { Batch } from '../../../src/journal/batch.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';
import { newDesk } from '../../../streams/pipe/desk.ts';
import type { Published } from '../../../streams/pipe/publish.ts';
import { withPauses } from '../../../streams/pipe/with-pauses.ts';
import { untimedPipeline } from '../../../streams/pipeline.ts';
import { holds } from '../../_support/property/property.ts';
import { aBatch } from '../../_support/world/batches.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  applied,
  listed,
} from '../../_support/world/builders.ts';
import { eventsOf, someHistory } from '../../_support/world/small-world.ts';

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

test('what is published with pauses is what the same batches publish at once', (t) => {
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
          withPauses(desk, scheduler),
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

  t.is(finish(desk.begin(batch).work), batch);
  t.is(desk.preparedFor(batch), undefined);
});

test('a table is cut as it was published, not as it would have been for a while', (t) => {
  const desk = newDesk(options.translation, 100);
  const hosts = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) =>
      aMapping(`default/m${first + i}`, { hostname: `h${first + i}.example` }),
    );
  const few = aBatch(
    0,
    ...listed([aListener('default/l1'), aHost('default/h1'), ...hosts(0, 200)]),
  );
  const more = aBatch(1, ...hosts(200, 60).map(applied));
  const fewer = aBatch(
    2,
    ...hosts(0, 30).map(({ metadata }) => {
      const key = objectKey(String(metadata.namespace), String(metadata.name));
      return { _tag: 'Deleted', kind: 'Mapping', key } as const;
    }),
  );
  const batches$ = new Subject<Batch>();
  const published: unknown[] = [];
  batches$.pipe(untimedPipeline(options, desk), map(said)).subscribe((one) => published.push(one));

  batches$.next(few);
  const job = desk.begin(more);
  job.join(fewer);
  const whole = finish(job.work);
  batches$.next(whole);

  t.not(desk.preparedFor(whole), undefined);
  t.deepEqual(published, collected(from([few, whole]).pipe(untimedPipeline(options), map(said))));
});
