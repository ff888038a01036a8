import { readFileSync } from 'node:fs';

import { Command } from 'commander';

import { addBootstrap } from './bootstrap.ts';
import { addCheck } from './check.ts';
import { addQuickstart } from './quickstart.ts';
import { addRecord } from './record.ts';
import { addReplay } from './replay.ts';
import { packageRoot } from './package-root.ts';
import { addRun } from './run.ts';
import { settleSwitchVariables } from './switch-variables.ts';
import { addTranslate } from './translate.ts';

/** Every command with its options; what somebody does not set is taken from the environment. */
export const newProgram = (env: NodeJS.ProcessEnv): Command => {
  const program = new Command('headgate')
    .description('An API gateway for Kubernetes: a control plane for Envoy, by change.')
    .version(version())
    .showHelpAfterError('(--help tells more)')
    .exitOverride();
  for (const add of [
    ...[addRun, addQuickstart, addTranslate, addCheck],
    ...[addRecord, addReplay, addBootstrap],
  ])
    add(program, env);
  for (const command of program.commands) command.exitOverride();
  program.hook('preSubcommand', (_, command) => settleSwitchVariables(command, env));
  return program;
};

const version = (): string => {
  const text = readFileSync(new URL('package.json', packageRoot), 'utf8');
  const { version: own } = JSON.parse(text) as { readonly version: string };
  return own;
};
