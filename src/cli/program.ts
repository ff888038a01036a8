import { Command } from 'commander';

import { log as openLog, type LogFormat, type LogLevel } from '../edge/admin/log.ts';
import { addBootstrap } from './command/bootstrap.ts';
import { addCheck } from './command/check.ts';
import { addDebug } from './command/debug.ts';
import { addQuickstart } from './command/quickstart.ts';
import { addRecord } from './command/record.ts';
import { addReplay } from './command/replay.ts';
import { addRun } from './command/run.ts';
import { addTranslate } from './command/translate.ts';
import { ownVersion } from './own-version.ts';
import { strayVariables } from './stray-variables.ts';
import { settleSwitchVariables } from './switch-variables.ts';

/** Every command with its options; what somebody does not set is taken from the environment. */
export const newProgram = (env: NodeJS.ProcessEnv): Command => {
  const program = new Command('headgate')
    .description('An API gateway for Kubernetes: a control plane for Envoy, by change.')
    .version(ownVersion())
    .showHelpAfterError('(--help tells more)')
    .exitOverride();
  for (const add of [
    ...[addRun, addQuickstart, addTranslate, addCheck],
    ...[addRecord, addReplay, addBootstrap, addDebug],
  ])
    add(program, env);
  for (const command of program.commands) command.exitOverride();
  program.hook('preSubcommand', (_, command) => settleSwitchVariables(command, env));
  program.hook('preAction', (_, command) => tellStrayVariables(program, command, env));
  return program;
};

/** Says which variables nothing reads, in the log. */
const tellStrayVariables = (program: Command, command: Command, env: NodeJS.ProcessEnv): void => {
  const options = program.commands.flatMap((one) => one.options);
  const lines = strayVariables(
    env,
    options.flatMap(({ envVar = [] }) => envVar),
  );
  if (lines.length === 0) return;
  const { logLevel = 'info', logFormat = 'text' } = command.opts<LogSettings>();
  const log = openLog({ level: logLevel, format: logFormat, to: 'stderr', env });
  for (const line of lines) log.warn(line);
};

interface LogSettings {
  readonly logLevel?: LogLevel;
  readonly logFormat?: LogFormat;
}
