import { exitCode } from './exit-code.ts';
import { newProgram } from './program.ts';

/** The command line: runs one command and sets the exit code (0 good, 1 problems, 2 wrong call). */
export const main = async (argv: readonly string[]): Promise<void> => {
  try {
    await newProgram(process.env).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCode(error, (line) => console.error(line));
  }
};
