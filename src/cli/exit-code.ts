import { CommanderError } from 'commander';

import { messageOf } from '../edge/message-of.ts';
import { UsageError } from './usage-error.ts';

/**
 * The exit code for what ended a command: 2 for a wrong call, 1 for anything else.
 *
 * Commander has already explained what it throws; everything else is told here.
 */
export const exitCode = (error: unknown, tell: (line: string) => void): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  tell(`headgate: ${messageOf(error)}`);
  return error instanceof UsageError ? 2 : 1;
};
