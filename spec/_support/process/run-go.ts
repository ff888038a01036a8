import { run } from '../../../src/edge/process/run.ts';

/** A call of Go, and what to say when it does not succeed. */
interface GoCall {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it is for, after "cannot". */
  readonly task: string;
  readonly advice: string;
  readonly line?: (line: string) => void;
}

/**
 * Runs Go and gives what it wrote.
 *
 * `go.mod` and `go.sum` stay as they are: what differs from them is refused. If Go fails, the error
 * says why in a sentence: it is not installed, too old, too slow, or the last lines that it wrote.
 */
export const runGo = async ({ args, env = {}, task, advice, line }: GoCall): Promise<string> => {
  const result = await run('go', args, {
    env: { ...process.env, ...env, GOFLAGS: '-mod=readonly' },
    timeout: 1_800_000,
    ...(line === undefined ? {} : { line }),
  });
  if (result.code === 0) return result.output;
  throw new Error(`cannot ${task}: ${reason(result)}. ${advice}`);
};

const reason = ({ code, error, output }: Awaited<ReturnType<typeof run>>): string => {
  if (error === 'ENOENT') return 'Go is not installed';
  if (error === 'ETIMEDOUT') return 'Go took longer than half an hour';
  if (/requires go >= /.test(output))
    return `this Go is too old (${/requires go >= [\d.]+/.exec(output)?.[0] ?? ''})`;
  const last = output.trim().split('\n').slice(-3).join(' / ');
  return `Go failed (${error ?? `exit code ${code}`}): ${last}`;
};
