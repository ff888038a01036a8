import { join } from 'node:path';

import { map, merge, pipe, share, tap, type MonoTypeOperatorFunction } from 'rxjs';

import { directory } from '../../streams/directory.ts';
import { pipeline } from '../../streams/pipeline.ts';
import { record } from '../../streams/record.ts';
import { convictionFile } from '../edge/conviction-file.ts';
import { fallbackCertificate } from '../edge/fallback-certificate.ts';
import { openFolder } from '../edge/folder.ts';
import { openJournalFile } from '../edge/journal-file.ts';
import type { Metrics } from '../edge/metrics.ts';
import type { Batch } from '../journal/batch.ts';
import { withFallbackSecret } from '../kube/fallback-secret.ts';
import type { ManifestSet } from '../manifest/manifest-set.ts';
import { showProblem } from '../problem/show-problem.ts';
import type { TranslateOptions } from '../translate/translate-options.ts';
import { problemLine } from './problem-lines.ts';
import type { ServedSource } from './serve.ts';

/** A folder to serve. */
export interface FolderSourceOptions extends TranslateOptions {
  readonly configDir: string;
  /** The journal to write. */
  readonly record?: string;
}

/** Between two batches at least this many milliseconds, under load at most so many. */
export const holdoff = { quiet: 2, max: 100 };

/** Serves a folder of manifests, by change. */
export const folderSource = ({
  configDir,
  record: journal,
  ambassadorId,
  namespace,
}: FolderSourceOptions): ServedSource => ({
  input: configDir,
  open: async ({ state, metrics, log }) => {
    const folder = await openFolder(configDir);
    const fallback = await fallbackCertificate(state.fallbackCertificate, namespace);
    const file = journal === undefined ? undefined : await openJournalFile(journal);
    void file?.lost.then((error) => log.error(error.message));
    const translation = { ambassadorId, namespace };
    const refused = convictionFile(join(state.path, 'refused.json'));
    let manifests: ManifestSet | undefined;
    const events$ = directory(folder).pipe(
      tap((found) => {
        manifests = found.manifests;
      }),
      map(({ events }) => events.map(withFallbackSecret(fallback))),
    );
    const observed = measured(metrics);
    return {
      publish: (verdicts$) => {
        const convicted = refused.read();
        const options = convicted.length === 0 ? translation : { ...translation, convicted };
        return merge(events$, verdicts$.pipe(map((verdict) => [verdict]))).pipe(
          pipeline({
            holdoff,
            translation,
            convicted,
            tap:
              file === undefined
                ? observed.batch
                : pipe(record(options, file.write), observed.batch),
          }),
          tap(observed.published),
          tap(({ convicted }) => refused.write(convicted)),
          share(),
        );
      },
      show: (problem) =>
        manifests === undefined ? showProblem(problem) : problemLine(manifests, problem),
      close: async () => await file?.close(),
    };
  },
});

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
