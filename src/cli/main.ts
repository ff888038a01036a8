import { CommanderError } from 'commander';

import { newProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** The command line: runs one command and sets the exit code (0 good, 1 problems, 2 wrong call). */
export const main = async (argv: readonly string[]): Promise<void> => {
  try {
    await newProgram(process.env).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCode(error);
  }
};

const exitCode = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(`headgate: ${error instanceof Error ? error.message : String(error)}`);
  return error instanceof UsageError ? 2 : 1;
};
