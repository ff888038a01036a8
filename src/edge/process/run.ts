import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

interface RunResult {
  readonly code: number | null;
  /** The system's code when it could not be started at all (`ENOENT`), a signal, or `ETIMEDOUT`. */
  readonly error?: string;
  /** What it wrote on both outputs, in the order in which it came. */
  readonly output: string;
}

interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which it is killed. */
  readonly timeout: number;
  readonly line?: (line: string) => void;
}

/** Runs a program to its end, without a shell; never rejects. */
export const run = async (
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> => {
  try {
    return await ended(file, args, options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { code: null, error: code, output: '' };
  }
};

const ended = async (
  file: string,
  args: readonly string[],
  { env, timeout, line }: RunOptions,
): Promise<RunResult> =>
  await new Promise((resolve, reject) => {
    const lines: string[] = [];
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (text) => {
        lines.push(text);
        line?.(text);
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const error = signal === null ? {} : { error: child.killed ? 'ETIMEDOUT' : signal };
      resolve({ code, ...error, output: lines.join('\n') });
    });
  });
