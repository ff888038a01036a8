import { Option, type Command } from 'commander';

import { envoyFlags, logFlags, serverFlags, translationFlags } from '../flags.ts';
import type { ServeOptions } from '../serve/serve-options.ts';
import { serve } from '../serve/serve.ts';
import { chosenSource, withSourceDefaults, type SourceOptions } from '../source/chosen-source.ts';
import { clusterFlags, configDirFlag, statusFlags } from '../source/cluster-flags.ts';
import { servedSource, type PublishingOptions } from '../source/served-source.ts';

/** `headgate run`: serves a cluster or a folder through an Envoy until it is stopped. */
export const addRun = (program: Command, env: NodeJS.ProcessEnv): void => {
  const command = program
    .command('run')
    .description('run a control plane and Envoy for a cluster, or for a folder of manifests')
    .addOption(configDirFlag)
    .addOption(
      new Option('--record <file>', 'write everything that happens into a journal').env(
        'HEADGATE_RECORD',
      ),
    );
  for (const flag of [...clusterFlags(env), ...statusFlags]) command.addOption(flag);
  addServeFlags(command, env);
  command.action(async (given: ServeOptions & SourceOptions & PublishingOptions) => {
    const options = withSourceDefaults(given);
    await serve(options, env, servedSource(chosenSource(options, env), options, env));
  });
};

/** The flags of `ServeOptions`. */
export const addServeFlags = (command: Command, env: NodeJS.ProcessEnv): void => {
  for (const flag of [...translationFlags(env), ...envoyFlags, ...serverFlags, ...logFlags])
    command.addOption(flag);
};
