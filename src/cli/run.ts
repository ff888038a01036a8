import { Option, type Command } from 'commander';

import { envoyFlags, logFlags, serverFlags, translationFlags } from './flags.ts';
import { folderSource, type FolderSourceOptions } from './folder-source.ts';
import { serve } from './serve.ts';
import type { ServeOptions } from './serve-options.ts';

/** `headgate run`: serves a folder of manifests through an Envoy until it is stopped. */
export const addRun = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('run')
    .description('run a control plane and Envoy for a folder of manifests')
    .addOption(
      new Option('--config-dir <folder>', 'the folder of manifests; it is watched')
        .env('HEADGATE_CONFIG_DIR')
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--record <file>', 'write everything that happens into a journal').env(
        'HEADGATE_RECORD',
      ),
    );
  addServeFlags(command, env);
  command.action(async (options: ServeOptions & FolderSourceOptions) => {
    await serve(options, env, folderSource(options));
  });
};

/** The flags of `ServeOptions`. */
export const addServeFlags = (command: Command, env: NodeJS.ProcessEnv): void => {
  for (const flag of [...translationFlags(env), ...envoyFlags, ...serverFlags, ...logFlags])
    command.addOption(flag);
};
