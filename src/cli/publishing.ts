import { join } from 'node:path';

import type { Logger } from 'pino';
import { map, merge, pipe, share, tap, type MonoTypeOperatorFunction, type Observable } from 'rxjs';

import { pipeline } from '../../streams/pipeline.ts';
import type { Published } from '../../streams/publish.ts';
import { record } from '../../streams/record.ts';
import { convictionFile } from '../edge/conviction-file.ts';
import { openJournalFile } from '../edge/journal-file.ts';
import type { Metrics } from '../edge/metrics.ts';
import type { Batch } from '../journal/batch.ts';
import type { KubeEvent } from '../kube/kube-event.ts';
import type { TranslateOptions } from '../translate/translate-options.ts';
import type { Verdict } from '../xds/discovery.ts';
import type { Serving } from './serve.ts';

/** How what a source says is published. */
export interface PublishingOptions extends TranslateOptions {
  /** The journal to write. */
  readonly record?: string;
}

/** The pipe between a source and the Envoys. */
export interface Publishing {
  readonly publish: (
    events$: Observable<readonly KubeEvent[]>,
    verdicts$: Observable<Verdict>,
  ) => Observable<Published>;
  readonly close: () => Promise<void>;
}

/** Between two batches at least this many milliseconds, under load at most so many. */
export const holdoff = { quiet: 2, max: 100 };

/** Builds the pipe, with its journal, its metrics and what earlier runs found out. */
export const openPublishing = async (
  { ambassadorId, namespace, record: journal }: PublishingOptions,
  { state, metrics, log }: Serving,
): Promise<Publishing> => {
  const file = await openJournal(journal, log);
  const translation = { ambassadorId, namespace };
  const refused = convictionFile(join(state.path, 'refused.json'));
  const observed = measured(metrics);
  return {
    publish: (events$, verdicts$) => {
      const convicted = refused.read();
      const options = convicted.length === 0 ? translation : { ...translation, convicted };
      return merge(events$, verdicts$.pipe(map((verdict) => [verdict]))).pipe(
        pipeline({
          holdoff,
          translation,
          convicted,
          tap:
            file === undefined ? observed.batch : pipe(record(options, file.write), observed.batch),
        }),
        tap(observed.published),
        tap(({ convicted }) => refused.write(convicted)),
        share(),
      );
    },
    close: async () => await file?.close(),
  };
};

const openJournal = async (path: string | undefined, log: Logger) => {
  if (path === undefined) return undefined;
  const file = await openJournalFile(path);
  void file.lost.then((error) => log.error(error.message));
  return file;
};

/** Counts batches and events, and times how long each batch takes to become a snapshot. */
const measured = (metrics: Metrics) => {
  let began = 0;
  return {
    batch: tap(({ events }: Batch) => {
      began = performance.now();
      metrics.batch(events.length);
      for (const event of events) metrics.event('kind' in event ? event.kind : '', event._tag);
    }) satisfies MonoTypeOperatorFunction<Batch>,
    published: (): void => metrics.translated((performance.now() - began) / 1000),
  };
};
