import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';
import {
  catchError,
  concatMap,
  from,
  map,
  of,
  tap,
  timer,
  VirtualTimeScheduler,
  type OperatorFunction,
} from 'rxjs';

import { entries } from '../../../src/collection/collection.ts';
import type { Batch, PipelineEvent } from '../../../src/journal/batch.ts';
import type { Published } from '../../../src/plane/published.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { publications } from '../../../streams/pipe/publications.ts';
import { withPauses } from '../../../streams/pipe/with-pauses.ts';
import { untimedPipeline } from '../../../streams/pipeline.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { holds } from '../../_support/property/property.ts';
import { aBatch } from '../../_support/world/batches.ts';
import { aHost, aListener, applied, aService, listed } from '../../_support/world/builders.ts';
import { eventsOf } from '../../_support/property/happening.ts';
import { someHistory } from '../../_support/world/small-world.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };
const services = Array.from({ length: 9 }, (_, i) => aService(`default/web-${i}`));
const verdict = { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] } as const;
const broken = { _tag: 'Listed', kind: 'Host', items: [null, null, null] } as unknown;

const batches = {
  o: aBatch(0, ...listed([])),
  L: aBatch(1, ...listed(services)),
  M: aBatch(2, ...services.map(applied)),
  s: aBatch(3, applied(aService('default/small')), verdict),
  v: aBatch(4, verdict),
  B: aBatch(5, broken as PipelineEvent),
};

/** Batches in the order in which they take effect; more than two objects are large. */
const stage = (): OperatorFunction<Batch, string> => (batches$) =>
  batches$.pipe(
    withPauses(options, 2),
    tap(({ plane }) => plane()),
    map(({ at, events }) => `${at}: ${events.length}`),
  );

const listedKinds = listed([]).length;
const o = `0: ${listedKinds}`;

test(
  'lets small batches through at once',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('-o-s-v--|', batches);
    const subs = '        ^-------!';
    const expected = '    -o-s-v--|';

    expectObservable(batches$.pipe(stage())).toBe(expected, { o, s: '3: 2', v: '4: 1' });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

test(
  'a small batch overtakes a large one, and its objects come once more with it',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-o-(Ls)--|', batches);
    const expected = '    -o-(sL)--|';

    expectObservable(batches$.pipe(stage())).toBe(expected, {
      o,
      s: '3: 2',
      L: `3: ${listedKinds + 1}`,
    });
  }),
);

test(
  'large batches that come meanwhile are the next, as one, with the small ones after them',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-o-(LMMs)-|', batches);
    const expected = '    -o-(sLM)--|';

    expectObservable(batches$.pipe(stage())).toBe(expected, {
      o,
      s: '3: 2',
      L: `3: ${listedKinds + 1}`,
      M: `3: ${2 * services.length + 1}`,
    });
  }),
);

test(
  'what comes before anything was published becomes one batch with a large one',
  marbles(({ hot, expectObservable }) => {
    expectObservable(hot('-(Ms)--|', batches).pipe(stage())).toBe('-x-----|', {
      x: `3: ${services.length + 2}`,
    });
  }),
);

test(
  'completion waits for a large batch, an error does not',
  marbles(({ hot, expectObservable }) => {
    const values = { o, L: `1: ${listedKinds}` };

    expectObservable(hot('-o-(L|)', batches).pipe(stage())).toBe('-o-(L|)', values);
    expectObservable(hot('-o-(L#)', batches).pipe(stage())).toBe('-o-#', values);
  }),
);

test(
  'lets go of its source and of its work when unsubscribed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('-o-(Ls)--|', batches);
    const unsub = '       --!';
    const subs = '        ^-!';
    const expected = '    -o-';

    expectObservable(batches$.pipe(stage()), unsub).toBe(expected, { o });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

test(
  'an error of the work passes behind its batch, which is on record by then',
  marbles(({ hot, expectObservable, flush }) => {
    const recorded: string[] = [];
    const batches$ = hot('-o-(Bs)--|', batches);
    const expected = '    -o-(sx|)';

    const outcomes$ = batches$.pipe(
      withPauses(options, 2),
      tap(({ at, events }) => recorded.push(`${at}: ${events.length}`)),
      map(({ at, plane }) => ({ at, seq: plane().published?.snapshot.seq })),
      catchError((error: unknown) => of(error instanceof TypeError)),
    );
    expectObservable(outcomes$).toBe(expected, {
      o: { at: 0, seq: 1 },
      s: { at: 3, seq: 1 },
      x: true,
    });
    flush();
    assert.deepEqual(recorded, [o, '3: 2', '3: 2']);
  }),
);

const world = listed([aListener('default/l1'), aHost('default/h1'), aService('default/web')]);

const said = ({ snapshot, translation, convicted }: Published): unknown => ({
  seq: snapshot.seq,
  sent: typeUrls.map((typeUrl) => [...entries(snapshot.resources[typeUrl])]),
  problems: [...entries(translation.problems)],
  convicted,
});

/** What an Envoy says that accepts everything but the first cluster, or that as well. */
const answerTo = (published: Published | undefined, accepts: boolean): readonly PipelineEvent[] => {
  if (published === undefined) return [];
  const { seq, resources } = published.snapshot;
  const [cluster] = entries(resources[TypeUrl.Cluster]);
  const refused =
    accepts || cluster === undefined
      ? []
      : [
          {
            typeUrl: TypeUrl.Cluster,
            name: cluster[0],
            version: cluster[1].version,
            message: 'no',
          },
        ];
  return [{ _tag: 'Verdict', node: 'edge', seq, refused }];
};

test('what is published with pauses is what the same batches publish at once', (t) => {
  const pauses = fc.infiniteStream(fc.constantFrom(0, 1, 2, 50));
  const answers = fc.infiniteStream(fc.constantFrom(true, false, undefined));
  holds(
    t,
    fc.property(someHistory, pauses, answers, (history, pause, answer) => {
      const scheduler = new VirtualTimeScheduler();
      const groups = [world, ...history.map((batch) => batch.flatMap(eventsOf))];
      const recorded: Batch[] = [];
      const inTime: Published[] = [];
      from(groups)
        .pipe(
          concatMap((events, i) =>
            timer(pause.next().value, scheduler).pipe(
              map(() => {
                const accepts = answer.next().value;
                const said = accepts === undefined ? [] : answerTo(inTime.at(-1), accepts);
                return aBatch(i, ...events, ...said);
              }),
            ),
          ),
          withPauses(options, 2, scheduler),
          tap(({ at, events }) => recorded.push({ at, events })),
          map(({ plane }) => plane()),
          publications(),
        )
        .subscribe((published) => inTime.push(published));
      scheduler.flush();
      const replayed: Published[] = [];
      from(recorded)
        .pipe(untimedPipeline(options))
        .subscribe((published) => replayed.push(published));
      assert.deepEqual(inTime.map(said), replayed.map(said));
      assert.ok(inTime.length > 0);
    }),
    { numRuns: 60 },
  );
});
