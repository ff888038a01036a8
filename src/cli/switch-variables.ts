import type { Command } from 'commander';

import { UsageError } from './usage-error.ts';

/**
 * Makes the variables of a command's switches mean what they say; anything but a yes or a no is a
 * UsageError.
 *
 * To commander a switch is on whenever its variable is there, even as `0`: so a variable that says
 * no is removed before commander looks.
 */
export const settleSwitchVariables = (command: Command, env: NodeJS.ProcessEnv): void => {
  for (const { envVar, required, optional } of command.options) {
    const text = envVar === undefined || required || optional ? undefined : env[envVar];
    if (envVar === undefined || text === undefined) continue;
    const said = answers.get(text.toLowerCase());
    if (said === undefined)
      throw new UsageError(`expected 1, true, yes, 0, false or no in ${envVar}, found '${text}'`);
    if (!said) delete env[envVar];
  }
};

const answers: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'true', 'yes'].map((yes) => [yes, true] as const),
  ...['0', 'false', 'no', ''].map((no) => [no, false] as const),
]);
