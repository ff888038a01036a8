import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A line of a log, and when it came. */
export interface LogLine {
  /** RFC 3339 in UTC, with milliseconds. */
  readonly at: string;
  readonly text: string;
}

/** A process in the network of a Pod; it ends with this process. */
export interface Container {
  readonly log: () => readonly LogLine[];
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  /** Asks it to end, and ends it after so many seconds. */
  readonly end: (seconds: number) => Promise<void>;
}

/** How to run a container. */
export interface ContainerOptions {
  /** The number of a process in the network of the Pod. */
  readonly pid: number;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The first lines of a longer log are forgotten. */
const longestLog = 100_000;

/** Starts a container. */
export const startContainer = ({ pid, program, args, env }: ContainerOptions): Container => {
  const child = spawn(
    'setpriv',
    ['--pdeathsig=KILL', 'nsenter', '--net', `--target=${pid}`, '--', program, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...env } },
  );
  const lines: LogLine[] = [];
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (text) => {
      lines.push({ at: new Date().toISOString(), text });
      if (lines.length > longestLog) lines.shift();
    });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve()).once('exit', () => resolve());
  });
  return {
    log: () => lines,
    ended,
    end: async (seconds) => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
      await ended;
      clearTimeout(timer);
    },
  };
};
