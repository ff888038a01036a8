import {
  asyncScheduler,
  defer,
  tap,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { Batch } from '../../src/journal/batch.ts';
import { journalVersion, type Header } from '../../src/journal/header.ts';
import { entryLine, headerLine } from '../../src/journal/journal.ts';
import { kinds } from '../../src/kube/kind.ts';

/**
 * Writes every batch into a journal and passes it on, unchanged and at once.
 *
 *     batches     -a--b--|
 *                 -a--b--|
 *     written     ha--b        h = the header, when subscribed
 *
 * A batch is written before it has any effect, so what brings the process down is in the journal.
 * `write` takes a line and neither waits nor throws: the sink has to keep up and to handle
 * failures. Completion and errors pass; they write nothing.
 */
export const record =
  <B extends Batch>(
    options: Header['options'],
    write: (line: string) => void,
    scheduler: SchedulerLike = asyncScheduler,
  ): MonoTypeOperatorFunction<B> =>
  (batches$) =>
    defer(() => {
      const start = scheduler.now();
      let seq = 0;
      write(headerLine({ headgate: 'journal', version: journalVersion, options, kinds }));
      return batches$.pipe(
        tap(({ at, events }) => {
          seq += 1;
          write(entryLine({ seq, at: Math.max(0, at - start), events }));
        }),
      );
    });
