import test from 'ava';
import { map, type OperatorFunction } from 'rxjs';

import { finish } from '../../../src/collection/work.ts';
import type { Batch } from '../../../src/journal/batch.ts';
import { newDesk } from '../../../streams/pipe/desk.ts';
import { withPauses } from '../../../streams/pipe/with-pauses.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aBatch } from '../../_support/world/batches.ts';
import { applied, aService, listed } from '../../_support/world/builders.ts';

const options = { ambassadorId: 'default', namespace: 'default' };
const services = Array.from({ length: 9 }, (_, i) => aService(`default/web-${i}`));
const verdict = { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] } as const;

const batches = {
  L: aBatch(1, ...listed(services)),
  M: aBatch(2, ...services.map(applied)),
  s: aBatch(3, applied(aService('default/small')), verdict),
  v: aBatch(4, verdict),
};

/** A stage after others that published something, or before anything was published. */
const stage = (isOpen: boolean): OperatorFunction<Batch, string> => {
  const desk = newDesk(options, 2);
  const begun = desk.begin(aBatch(0, ...listed([])));
  const batch = finish(begun.work);
  if (isOpen) desk.reached(desk.preparedFor(batch) ?? {});
  return (batches$) =>
    batches$.pipe(
      withPauses(desk),
      map(({ at, events }) => `${at}: ${events.length}`),
    );
};

const listedKinds = listed([]).length;

test(
  'lets small batches through at once',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('-s-v--|', batches);
    const subs = '        ^-----!';
    const expected = '    -s-v--|';

    expectObservable(batches$.pipe(stage(true))).toBe(expected, { s: '3: 2', v: '4: 1' });
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

test(
  'a small batch overtakes a large one, and its objects come once more with it',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-(Ls)--|', batches);
    const expected = '    -(sL)--|';

    expectObservable(batches$.pipe(stage(true))).toBe(expected, {
      s: '3: 2',
      L: `3: ${listedKinds + 1}`,
    });
  }),
);

test(
  'large batches that come meanwhile are the next, as one, with the small ones after them',
  marbles(({ hot, expectObservable }) => {
    const batches$ = hot('-(LMMs)-|', batches);
    const expected = '    -(sLM)--|';

    expectObservable(batches$.pipe(stage(true))).toBe(expected, {
      s: '3: 2',
      L: `3: ${listedKinds + 1}`,
      M: `3: ${2 * services.length + 1}`,
    });
  }),
);

test(
  'what comes before anything was published becomes one batch with a large one',
  marbles(({ hot, expectObservable }) => {
    expectObservable(hot('-(Ms)--|', batches).pipe(stage(false))).toBe('-x-----|', {
      x: `3: ${services.length + 2}`,
    });
  }),
);

test(
  'completion waits for a large batch, an error does not',
  marbles(({ hot, expectObservable }) => {
    const values = { L: `1: ${listedKinds}` };

    expectObservable(hot('-(L|)', batches).pipe(stage(true))).toBe('-(L|)', values);
    expectObservable(hot('-(L#)', batches).pipe(stage(true))).toBe('-#', values);
  }),
);
