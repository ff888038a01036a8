import { readFile } from 'node:fs/promises';

import { Option, type Command } from 'commander';
import { isLeft } from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { pipe } from 'fp-ts/lib/function.js';
import { concat, lastValueFrom, map, NEVER, tap } from 'rxjs';

import { explained } from '../../../streams/replay/explained.ts';
import { replay, type ReplayOptions } from '../../../streams/replay/replay.ts';
import { withStandInCertificates } from '../../edge/certificate/stand-in-certificates.ts';
import { showExplanation, showSummary, type Explanation } from '../../journal/explain.ts';
import { readJournal, type Journal } from '../../journal/journal.ts';
import { argument, positive } from '../argument.ts';
import { recordedPipeline } from '../serve/recorded-pipeline.ts';
import type { ServeOptions } from '../serve/serve-options.ts';
import { serve } from '../serve/serve.ts';
import { UsageError } from '../usage-error.ts';
import { addServeFlags } from './run.ts';
import { xdsJson } from './translate.ts';

interface Options extends ServeOptions {
  readonly instant?: true;
  readonly speed?: number;
  readonly until?: ReplayOptions['until'];
  readonly output: 'summary' | 'xds' | 'diff';
  readonly json?: true;
  readonly serve?: true;
}

/** `headgate replay`: what a journal did, on a laptop. */
export const addReplay = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('replay')
    .description('replay a journal: print what each batch changed, or feed an Envoy with it')
    .argument('<file>', 'the journal')
    .option('--instant', 'as fast as possible; this is the default unless --serve')
    .option('--speed <factor>', 'at the recorded pace, times this', positive)
    .option('--until <seq|time>', 'stop after this entry (12) or this moment (1500ms, 2.5s)', limit)
    .addOption(
      new Option(
        '--output <what>',
        'summary: a line a batch; diff: each resource; xds: the last snapshot',
      )
        .choices(['summary', 'diff', 'xds'])
        .default('summary'),
    )
    .option('--json', 'print JSON, one line a batch')
    .option('--serve', 'feed an Envoy and keep it running after the end');
  addServeFlags(command, env);
  command.action(async (file: string, options: Options) => {
    const journal = await readFileAsJournal(file);
    for (const warning of journal.warnings) console.error(`${file}: ${warning}`);
    if (options.serve === true) await serveJournal(file, journal, options, env);
    else await printJournal(journal, options);
  });
};

const readFileAsJournal = async (file: string): Promise<Journal> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`there is no journal ${file}`);
  const journal = readJournal(text);
  if (isLeft(journal)) throw new Error(`${file}: ${journal.left}`);
  return journal.right;
};

const modeOf = ({ instant, speed }: Options, otherwise: ReplayOptions['mode']) => {
  if (speed !== undefined) return { _tag: 'Speed', factor: speed } as const;
  return instant === true ? ({ _tag: 'Instant' } as const) : otherwise;
};

const within = ({ until }: Options): Pick<ReplayOptions, 'until'> =>
  until === undefined ? {} : { until };

const printJournal = async (journal: Journal, options: Options): Promise<void> => {
  const mode = modeOf(options, { _tag: 'Instant' });
  const published$ = replay(journal, { mode, ...within(options) }).pipe(
    map((batch, index) => ({ ...batch, at: journal.entries[index]?.at ?? batch.at })),
    recordedPipeline(journal),
  );
  if (options.output === 'xds') {
    const last = await lastValueFrom(published$, { defaultValue: undefined });
    const resources = last === undefined ? [] : xdsJson(last.snapshot.resources);
    console.log(JSON.stringify(resources, null, 2));
  } else
    await lastValueFrom(
      published$.pipe(
        explained(),
        tap((explanation) => print(explanation, options)),
      ),
      { defaultValue: undefined },
    );
};

const print = (explanation: Explanation, { output, json }: Options): void => {
  if (json === true) console.log(JSON.stringify(explanation));
  else if (output === 'diff') for (const line of showExplanation(explanation)) console.log(line);
  else console.log(showSummary(explanation));
};

/** Private keys are not in a journal, so other certificates for the same names stand in. */
const serveJournal = async (
  file: string,
  recorded: Journal,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<void> => {
  const journal = await withStandInCertificates(recorded);
  const mode = modeOf(options, { _tag: 'Speed', factor: 1 });
  await serve(options, env, {
    input: file,
    open: async () => ({
      publish: () =>
        concat(
          replay(journal, { mode, ...within(options) }).pipe(recordedPipeline(journal)),
          NEVER,
        ),
      placeOf: () => undefined,
      close: async () => undefined,
    }),
  });
};

const limit = argument('an entry (12) or a time (1500ms, 2.5s)', (text) =>
  pipe(
    O.fromNullable(/^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text)),
    O.map(([, digits, unit]): NonNullable<ReplayOptions['until']> =>
      unit === undefined
        ? { _tag: 'Seq', seq: Number(digits) }
        : { _tag: 'Time', at: Number(digits) * (unit === 's' ? 1000 : 1) },
    ),
  ),
);
