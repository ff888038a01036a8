import { Subject } from 'rxjs';

import { budgetOf } from '../../../src/problem/budget.ts';
import type { Batch, PipelineEvent } from '../../../src/journal/batch.ts';
import { untimedPipeline } from '../../../streams/pipeline.ts';
import type { Published } from '../../../src/plane/published.ts';

/** The pipe of the installation `default`, running. */
export interface RunningPipe {
  /** What a batch publishes; absent if nothing follows from it. */
  readonly take: (events: readonly PipelineEvent[]) => Published | undefined;
}

const translation = { ambassadorId: 'default', namespace: 'default', budget: budgetOf(2 ** 30) };

/** Runs a pipe to which batches are handed one by one. */
export const runningPipe = (): RunningPipe => {
  const batches$ = new Subject<Batch>();
  let published: Published | undefined;
  batches$.pipe(untimedPipeline({ translation })).subscribe((one) => {
    published = one;
  });
  return {
    take: ([head, ...tail]) => {
      published = undefined;
      if (head !== undefined) batches$.next({ at: 0, events: [head, ...tail] });
      return published;
    },
  };
};
