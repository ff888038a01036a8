import { exitCode } from './exit-code.ts';
import { newProgram } from './program.ts';

/** The command line: runs one command and sets the exit code (0 good, 1 problems, 2 wrong call). */
export const main = async (argv: readonly string[]): Promise<void> => {
  for (const output of [process.stdout, process.stderr]) output.on('error', endWithReader);
  try {
    await newProgram(process.env).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCode(error, (line) => console.error(line));
  }
};

/** A reader such as `head` leaves when it has read enough: that is an end like any other. */
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
};
