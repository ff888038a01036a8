import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import { stopProcess } from './stop-process.ts';

/** A server that can be killed and paused. */
export interface ServerProcess {
  /** Starts it, with the same arguments each time, and waits until it is ready. */
  readonly start: () => Promise<void>;
  /** Ends it with SIGKILL and waits for the end. */
  readonly kill: () => Promise<void>;
  /** Stops it from doing anything (SIGSTOP): its connections stay open and nobody answers. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Its number; undefined when it does not run. */
  readonly pid: () => number | undefined;
  /** What it wrote so far. */
  readonly log: () => string;
}

/** How to run a server. */
export interface ServerOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly isReady: () => Promise<boolean>;
  /** Is told whenever it has started or ended. */
  readonly changed: () => void;
}

/** A server that does not run yet. */
export const serverProcess = (options: ServerOptions): ServerProcess => {
  const { program, args, logFile, changed } = options;
  let child: ChildProcess | undefined;
  const log = (): string => readFileSync(logFile, 'utf8');
  return {
    start: async () => {
      if (child !== undefined) throw new Error(`${options.name} runs already`);
      const output = openSync(logFile, 'a');
      const started = spawn(program, args, { stdio: ['ignore', output, output] });
      closeSync(output);
      child = started;
      started.once('exit', () => {
        if (child === started) child = undefined;
        changed();
      });
      changed();
      await untilReady(options, () => child === started, log);
    },
    kill: async () => {
      const killed = child;
      if (killed === undefined) return;
      const ended = once(killed, 'exit');
      killed.kill('SIGKILL');
      await ended;
    },
    pause: () => {
      if (child?.pid !== undefined) stopProcess(child.pid);
    },
    resume: () => void child?.kill('SIGCONT'),
    pid: () => child?.pid,
    log,
  };
};

const patience = 180_000;

const untilReady = async (
  { name, isReady }: ServerOptions,
  runs: () => boolean,
  log: () => string,
): Promise<void> => {
  const end = performance.now() + patience;
  while (!(await isReady().catch(() => false))) {
    const said = runs() ? performance.now() > end && 'does not become ready' : 'ended';
    if (said !== false)
      throw new Error(`${name} ${said}:\n${log().split('\n').slice(-20).join('\n')}`);
    await setTimeout(25);
  }
};
