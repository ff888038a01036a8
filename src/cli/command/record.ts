import type { Command } from 'commander';

import { coalesce } from '../../../streams/pipe/coalesce.ts';
import { record } from '../../../streams/pipe/record.ts';
import { log as openLog, type LogFormat, type LogLevel } from '../../edge/admin/log.ts';
import { openJournalFile } from '../../edge/file/journal-file.ts';
import { translateOptionsIn, type TranslateOptions } from '../../translate/translate-options.ts';
import { logFlags, translationFlags } from '../flags.ts';
import { stopRequests } from '../serve/stop-requests.ts';
import { chosenSource, withSourceDefaults, type SourceOptions } from '../source/chosen-source.ts';
import { clusterFlags, configDirFlag } from '../source/cluster-flags.ts';
import { ephemeralFallback } from '../source/ephemeral-fallback.ts';
import { holdoff } from '../source/served-source.ts';

interface RecordOptions extends TranslateOptions, SourceOptions {
  readonly output: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

/** `headgate record`: writes what a source says into a journal, and serves nobody. */
export const addRecord = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('record')
    .description('write everything a cluster or a folder says into a journal, until stopped')
    .addOption(configDirFlag)
    .requiredOption('-o, --output <file>', 'the journal to write');
  for (const flag of [...clusterFlags(env), ...translationFlags(env), ...logFlags])
    command.addOption(flag);
  command.action(async (given: RecordOptions) => {
    const options = withSourceDefaults(given);
    const { output, namespace } = options;
    const log = openLog({ level: options.logLevel, format: options.logFormat, to: 'stderr', env });
    const fallback = await ephemeralFallback(namespace, env);
    const source = await chosenSource(options, env).open({ log, fallback, lastGood: [] });
    const journal = await openJournalFile(output);
    const stop = stopRequests(log);
    const subscription = source.events$
      .pipe(coalesce(holdoff), record(translateOptionsIn(options), journal.write))
      .subscribe(({ events }) =>
        log.info(`recorded ${events.length} event${events.length === 1 ? '' : 's'}`),
      );
    const lost = await Promise.race([stop.asked, journal.lost]);
    subscription.unsubscribe();
    stop.release();
    await source.close();
    await journal.close();
    if (lost !== undefined) throw lost;
  });
};
