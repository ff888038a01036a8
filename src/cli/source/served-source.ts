import { join } from 'node:path';

import type { Logger } from 'pino';
import {
  map,
  merge,
  pipe,
  share,
  Subject,
  tap,
  type MonoTypeOperatorFunction,
  type Subscription,
} from 'rxjs';

import { firstAnswers } from '../../../streams/consul/first-answers.ts';
import { datedCertificates } from '../../../streams/dated-certificates.ts';
import { record } from '../../../streams/pipe/record.ts';
import { pipeline } from '../../../streams/pipeline.ts';
import type { Liveness } from '../../edge/admin/liveness.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import { fallbackCertificate } from '../../edge/certificate/fallback-certificate.ts';
import { convictionFile } from '../../edge/envoy/conviction-file.ts';
import { lastGoodFile } from '../../edge/file/last-good-file.ts';
import { openJournalFile } from '../../edge/file/journal-file.ts';
import { monotonic } from '../../edge/monotonic.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Due } from '../../plane/agenda.ts';
import { translateOptionsIn, type TranslateOptions } from '../../translate/translate-options.ts';
import { logBackends } from '../serve/backend-log.ts';
import type { ServedSource } from '../serve/serve.ts';
import { consulAnswers } from './consul-answers.ts';
import { lastGoodVersions } from './last-good-versions.ts';
import type { Source } from './source.ts';

/** How what a source says is published. */
export interface PublishingOptions extends TranslateOptions {
  /** The journal to write. */
  readonly record?: string;
}

/** The shortest and the longest hold-off after a batch, in milliseconds. */
export const holdoff = { quiet: 2, max: 100 };

/** A source and the pipe behind it: its journal, its metrics, what earlier runs found out. */
export const servedSource = (
  source: Source,
  options: PublishingOptions,
  env: NodeJS.ProcessEnv,
): ServedSource => ({
  input: source.input,
  open: async ({ state, metrics, log, liveness }) => {
    const translation = translateOptionsIn(options);
    const fallback = await fallbackCertificate(state.fallbackCertificate, options.namespace);
    const kept = lastGoodFile(join(state.path, 'last-good.ndjson'), {
      input: source.input,
      warn: (message) => log.warn(message),
    });
    const lastGood = kept.read();
    const opened = await source.open({
      log,
      connected: metrics.sourceConnected,
      fallback,
      lastGood,
    });
    const keeping = lastGoodVersions(opened.fileOf);
    const file = await openJournal(options.record, log);
    const refused = convictionFile(join(state.path, 'refused.json'));
    const observed = measured(metrics, liveness);
    const endpoints$ = new Subject<Ir['endpoints']>();
    const consul$ = consulAnswers({ endpoints$, options: translation, env, metrics });
    const events$ = merge(opened.events$.pipe(datedCertificates(Date.now)), consul$).pipe(
      tap((events) => liveness.arrived(events)),
    );
    let told: Subscription | undefined;
    return {
      publish: (envoys$) => {
        const convicted = refused.read();
        const recorded = {
          ...translation,
          ...(convicted.length > 0 && { convicted }),
          ...(lastGood.length > 0 && { lastGood }),
        };
        return merge(events$, envoys$.pipe(map((event) => [event]))).pipe(
          pipeline({
            holdoff,
            translation,
            convicted,
            lastGood,
            tap:
              file === undefined
                ? observed.batch
                : pipe(record<Due>(recorded, file.write), observed.batch),
          }),
          tap(observed.published),
          tap(({ translation: { ir } }) => endpoints$.next(ir.endpoints)),
          tap(({ convicted }) => refused.write(convicted)),
          tap((published) => kept.write(keeping(published))),
          firstAnswers(monotonic),
          share(),
        );
      },
      placeOf: opened.placeOf,
      waitingFor: opened.waitingFor,
      reportStatus:
        opened.reportStatus ??
        ((envoys) => {
          told = logBackends({ ...envoys, namespace: options.namespace, log });
        }),
      close: async () => {
        told?.unsubscribe();
        await opened.close();
        await file?.close();
      },
    };
  },
});

const openJournal = async (path: string | undefined, log: Logger) => {
  if (path === undefined) return undefined;
  const file = await openJournalFile(path);
  void file.lost.then((error) => log.error(error.message));
  return file;
};

/** Counts batches and events, and times how long each batch takes to become a snapshot. */
const measured = (metrics: Metrics, liveness: Liveness) => {
  let began = 0;
  return {
    batch: tap(({ events }: Due) => {
      liveness.handled();
      began = performance.now();
      metrics.batch(events.length);
      for (const event of events) metrics.event('kind' in event ? event.kind : '', event._tag);
    }) satisfies MonoTypeOperatorFunction<Due>,
    published: (): void => metrics.translated((performance.now() - began) / 1000),
  };
};
