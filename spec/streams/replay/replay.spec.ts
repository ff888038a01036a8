import test from 'ava';
import { toArray } from 'rxjs';

import type { PipelineEvent } from '../../../src/journal/batch.ts';
import type { Journal } from '../../../src/journal/journal.ts';
import { replay, type ReplayOptions } from '../../../streams/replay/replay.ts';
import { marbles } from '../../_support/property/marbles.ts';

const host: PipelineEvent = { _tag: 'Deleted', kind: 'Host', key: 'a/host' };
const tls: PipelineEvent = { _tag: 'Deleted', kind: 'Secret', key: 'a/tls' };

const journal = (...at: readonly number[]): Journal => ({
  header: {
    headgate: 'journal',
    version: 1,
    options: { ambassadorId: 'default', namespace: 'default' },
  },
  entries: at.map((ms, index) => ({
    seq: index + 1,
    at: ms,
    events: index % 2 === 0 ? [host] : [tls, host],
  })),
  warnings: [],
});

const recorded: ReplayOptions = { mode: { _tag: 'Speed', factor: 1 } };
const instant: ReplayOptions = { mode: { _tag: 'Instant' } };

test(
  'completes at once without entries',
  marbles(({ expectObservable }) => {
    expectObservable(replay(journal(), recorded)).toBe('|');
    expectObservable(replay(journal(), instant)).toBe('|');
  }),
);

test(
  'keeps the recorded pace',
  marbles(({ expectObservable }) => {
    expectObservable(replay(journal(2, 6, 6), recorded)).toBe('--a---(bc|)', {
      a: { at: 2, events: [host] },
      b: { at: 6, events: [tls, host] },
      c: { at: 6, events: [host] },
    });
  }),
);

test(
  'is as many times faster as it is told',
  marbles(({ expectObservable }) => {
    const twice: ReplayOptions = { mode: { _tag: 'Speed', factor: 2 } };

    expectObservable(replay(journal(2, 8), twice)).toBe('-a--(b|)', {
      a: { at: 1, events: [host] },
      b: { at: 4, events: [tls, host] },
    });
  }),
);

test(
  'takes no time when instant, and says the recorded times',
  marbles(({ expectObservable }) => {
    expectObservable(replay(journal(2, 90_000), instant)).toBe('(ab|)', {
      a: { at: 2, events: [host] },
      b: { at: 90_000, events: [tls, host] },
    });
  }),
);

const stops = test.macro((t, until: NonNullable<ReplayOptions['until']>, count: number) => {
  let seen = 0;
  replay(journal(1, 2, 3, 4), { ...instant, until })
    .pipe(toArray())
    .subscribe((batches) => {
      seen = batches.length;
    });
  t.is(seen, count);
});

test('stops after an entry', stops, { _tag: 'Seq', seq: 3 }, 3);
test('stops after a time', stops, { _tag: 'Time', at: 2 }, 2);
test('stops before the first entry', stops, { _tag: 'Time', at: 0 }, 0);

test(
  'stops its clock when unsubscribed',
  marbles(({ expectObservable }) => {
    const unsub = '   ----!';
    const expected = '--a--';

    expectObservable(replay(journal(2, 6), recorded), unsub).toBe(expected, {
      a: { at: 2, events: [host] },
    });
  }),
);

test('keeps order and loses nothing in a long journal', (t) => {
  const times = Array.from({ length: 20_000 }, (_, index) => index);
  const seen: number[] = [];
  replay(journal(...times), instant).subscribe(({ at }) => seen.push(at));
  t.deepEqual(seen, times);
});
