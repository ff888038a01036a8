import { Option, type Command } from 'commander';
import { map } from 'rxjs';

import { coalesce } from '../../streams/coalesce.ts';
import { directory } from '../../streams/directory.ts';
import { record } from '../../streams/record.ts';
import { openFolder } from '../edge/folder.ts';
import { openJournalFile } from '../edge/journal-file.ts';
import { log as openLog, type LogFormat, type LogLevel } from '../edge/log.ts';
import { withFallbackSecret } from '../kube/fallback-secret.ts';
import type { TranslateOptions } from '../translate/translate-options.ts';
import { logFlags, translationFlags } from './flags.ts';
import { ephemeralFallback } from './ephemeral-fallback.ts';
import { holdoff } from './publishing.ts';
import { stopRequests } from './stop-requests.ts';

interface RecordOptions extends TranslateOptions {
  readonly configDir: string;
  readonly output: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

/** `headgate record`: writes what a source says into a journal, and serves nobody. */
export const addRecord = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('record')
    .description('write everything a folder of manifests says into a journal, until stopped')
    .addOption(
      new Option('--config-dir <folder>', 'the folder of manifests; it is watched')
        .env('HEADGATE_CONFIG_DIR')
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <file>', 'the journal to write');
  for (const flag of [...translationFlags(env), ...logFlags]) command.addOption(flag);
  command.action(async ({ configDir, output, ambassadorId, namespace, ...rest }: RecordOptions) => {
    const log = openLog({ level: rest.logLevel, format: rest.logFormat, to: 'stderr', env });
    const folder = await openFolder(configDir);
    const fallback = await ephemeralFallback(namespace, env);
    const journal = await openJournalFile(output);
    const stop = stopRequests(log);
    const subscription = directory(folder)
      .pipe(
        map(({ events }) => events.map(withFallbackSecret(fallback))),
        coalesce(holdoff),
        record({ ambassadorId, namespace }, journal.write),
      )
      .subscribe(({ events }) =>
        log.info(`recorded ${events.length} event${events.length === 1 ? '' : 's'}`),
      );
    const lost = await Promise.race([stop.asked, journal.lost]);
    subscription.unsubscribe();
    stop.release();
    await journal.close();
    if (lost !== undefined) throw lost;
  });
};
