import test from 'ava';
import { isRight } from 'fp-ts/lib/Either.js';
import { of } from 'rxjs';

import type { Batch, PipelineEvent } from '../../../src/journal/batch.ts';
import { readJournal } from '../../../src/journal/journal.ts';
import { kinds } from '../../../src/kube/kind.ts';
import { record } from '../../../streams/pipe/record.ts';
import { marbles } from '../../_support/property/marbles.ts';

const host: PipelineEvent = { _tag: 'Deleted', kind: 'Host', key: 'a/host' };
const secret: PipelineEvent = { _tag: 'Deleted', kind: 'Secret', key: 'a/tls' };
const batches: Readonly<Record<string, Batch>> = {
  a: { at: 2, events: [host] },
  b: { at: 5, events: [secret, host] },
};

const header =
  '{"headgate":"journal","version":1,"options":{"ambassadorId":"default","namespace":"edge"},' +
  `"kinds":${JSON.stringify(kinds)}}\n`;
const first = '{"seq":1,"at":2,"events":[{"_tag":"Deleted","kind":"Host","key":"a/host"}]}\n';
const second =
  '{"seq":2,"at":5,"events":[{"_tag":"Deleted","kind":"Secret","key":"a/tls"},' +
  '{"_tag":"Deleted","kind":"Host","key":"a/host"}]}\n';

const options = { ambassadorId: 'default', namespace: 'edge' };

const records = test.macro((t, source: string, expected: string, written: readonly string[]) => {
  const lines: string[] = [];
  marbles(({ hot, expectObservable }) => {
    const recorded$ = hot(source, batches).pipe(record(options, (line) => lines.push(line)));
    expectObservable(recorded$).toBe(expected, batches);
  })(t);
  t.deepEqual(lines, written);
});

test('writes the header alone while its source is silent', records, '---|', '---|', [header]);
test('writes one batch and passes it on', records, '--a--|', '--a--|', [header, first]);
test('keeps order', records, '--a--b|', '--a--b|', [header, first, second]);
test('passes an error', records, '--a-#', '--a-#', [header, first]);

test('writes a batch before anyone sees it', (t) => {
  const seen: string[] = [];
  of<Batch>({ at: 0, events: [host] })
    .pipe(record(options, () => seen.push('written')))
    .subscribe(() => seen.push('passed on'));

  t.deepEqual(seen, ['written', 'written', 'passed on']);
});

test(
  'lets go of its source when unsubscribed',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const batches$ = hot('--a--b|', batches);
    const unsub = '       ----!';
    const subs = '        ^---!';
    const expected = '    --a--';

    expectObservable(batches$.pipe(record(options, () => undefined)), unsub).toBe(
      expected,
      batches,
    );
    expectSubscriptions(batches$.subscriptions).toBe(subs);
  }),
);

test('counts time from the moment of subscription', (t) => {
  const lines: string[] = [];
  marbles(({ hot, expectObservable }) => {
    const recorded$ = hot('-----b|', { b: { at: 5, events: [host] } as Batch }).pipe(
      record(options, (line) => lines.push(line)),
    );
    expectObservable(recorded$, '---^---!').toBe('-----b|', { b: { at: 5, events: [host] } });
  })(t);

  t.deepEqual(lines, [header, first]);
});

test('says in the header what an earlier run found out', (t) => {
  const convicted = [
    { object: 'Mapping a/cart', digest: '00ff', resource: 'routes', message: 'no' },
  ] as const;
  const lines: string[] = [];
  of<Batch>({ at: 0, events: [host] })
    .pipe(record({ ...options, convicted }, (line) => lines.push(line)))
    .subscribe();
  const journal = readJournal(lines.join(''));

  t.true(isRight(journal));
  if (isRight(journal)) t.deepEqual(journal.right.header.options, { ...options, convicted });
});
