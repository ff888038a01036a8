import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** How a command ended and what it said. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command is run with. */
export interface Surroundings {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program; by default the one of this checkout. */
  readonly program?: string;
}

const checkout = new URL('../../../bin/headgate.js', import.meta.url).pathname;

/** Starts `headgate`, without any variable of its own from the environment of the specs. */
export const startHeadgate = (
  args: readonly string[],
  { cwd, env = {}, program = checkout }: Surroundings = {},
) => {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:HEADGATE|AMBASSADOR)_|^(?:NO|FORCE)_COLOR$|^NODE_/.test(name),
  );
  return spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: 'pipe',
  });
};

/** Runs `headgate` to its end. */
export const headgate = async (
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> => {
  const child = startHeadgate(args, surroundings);
  child.stdin.end(surroundings.stdin ?? '');
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { code, stdout, stderr };
};
