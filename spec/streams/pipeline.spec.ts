import test from 'ava';
import { isRight } from 'fp-ts/lib/Either.js';
import { map } from 'rxjs';

import { entries } from '../../src/collection/collection.ts';
import type { PipelineEvent } from '../../src/journal/batch.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { typeUrls } from '../../src/xds/type-url.ts';
import type { Due } from '../../src/plane/agenda.ts';
import type { Published } from '../../src/plane/published.ts';
import { record } from '../../streams/pipe/record.ts';
import { pipeline, untimedPipeline } from '../../streams/pipeline.ts';
import { replay } from '../../streams/replay/replay.ts';
import { marbles } from '../_support/property/marbles.ts';
import { aResolver, eventsOf } from '../_support/world/batches.ts';
import { host, listener, mapping } from '../_support/world/manifests.ts';

const translation = { ambassadorId: 'default', namespace: 'default' };
const holdoff = { quiet: 5, max: 20 };

const [a = [], b = [], c = [], d = []] = eventsOf(
  listener + host,
  listener + host + mapping('cart'),
  listener + host + mapping('cart') + mapping('shop'),
  listener + host + mapping('shop'),
);
const verdict: PipelineEvent = { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] };
const groups: Readonly<Record<string, readonly PipelineEvent[]>> = {
  a,
  b,
  c,
  d,
  v: [verdict],
  r: [aResolver('unused')],
};

const seqs = map(({ snapshot }: Published) => snapshot.seq);

test(
  'publishes the first change at once and a burst as one',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const events$ = hot('-a--bcd------|', groups);
    const subs = '       ^------------!';
    const expected = '   -1----2------|';

    expectObservable(events$.pipe(pipeline({ translation, holdoff }), seqs, map(String))).toBe(
      expected,
    );
    expectSubscriptions(events$.subscriptions).toBe(subs);
  }),
);

test(
  'is silent about what changes nothing',
  marbles(({ hot, expectObservable }) => {
    const events$ = hot('-a--------r-----v------|', groups);
    const expected = '   -1---------------------|';

    expectObservable(events$.pipe(pipeline({ translation, holdoff }), seqs, map(String))).toBe(
      expected,
    );
  }),
);

test(
  'flushes what is pending when it completes, and passes an error',
  marbles(({ hot, expectObservable }) => {
    const pipe = pipeline({ translation, holdoff });

    expectObservable(hot('-ab|', groups).pipe(pipe, seqs, map(String))).toBe('-1-(2|)');
    expectObservable(hot('-a#', groups).pipe(pipe, seqs, map(String))).toBe('-1#');
    expectObservable(hot('---|', groups).pipe(pipe, seqs, map(String))).toBe('---|');
  }),
);

/** Everything Envoy could tell apart. */
const outcome = ({ snapshot, batch }: Published) => ({
  seq: snapshot.seq,
  at: batch.at,
  resources: typeUrls.flatMap((typeUrl) =>
    [...entries(snapshot.resources[typeUrl])].map(
      ([name, { version, bytes }]) => [typeUrl, name, version, bytes.toString('hex')] as const,
    ),
  ),
});

test('replays a recording to the same snapshots, byte for byte', (t) => {
  const lines: string[] = [];
  const recorded: Published[] = [];
  marbles(({ hot, flush }) => {
    const tap = record<Due>(translation, (line) => lines.push(line));
    hot('-a--b-c---v-----r----d-------|', groups)
      .pipe(pipeline({ translation, holdoff, tap }))
      .subscribe((published) => recorded.push(published));
    flush();
  })(t);

  const journal = readJournal(lines.join(''));
  if (!isRight(journal)) return t.fail(journal.left);
  const replayed: Published[] = [];
  replay(journal.right, { mode: { _tag: 'Instant' } })
    .pipe(untimedPipeline({ translation: journal.right.header.options }))
    .subscribe((published) => replayed.push(published));

  t.deepEqual(
    recorded.map(({ snapshot }) => snapshot.seq),
    [1, 2, 3],
  );
  t.deepEqual(replayed.map(outcome), recorded.map(outcome));
});
