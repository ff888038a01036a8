import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { ExecutionContext } from 'ava';

/** Steady requests. */
export interface LoadOptions {
  /** URLs that must always answer 200, asked in turn. */
  readonly targets: readonly string[];
  /** Requests a second, if the machine can take them; they do not wait for answers. */
  readonly rate: number;
  /** Connections kept open to each address. */
  readonly connections: number;
  /** One of this many requests goes over a connection of its own. */
  readonly freshEvery: number;
  /** After this many milliseconds without an answer, a request has failed. */
  readonly patience: number;
}

/** Something that was not a 200. */
export interface LoadFailure {
  readonly at: number;
  readonly url: string;
  readonly reason: string;
}

/** What became of all requests. */
export interface LoadReport {
  readonly sent: number;
  /** Those over a connection of their own. */
  readonly fresh: number;
  readonly seconds: number;
  /** How many each backend answered. */
  readonly answers: Readonly<Record<string, number>>;
  readonly failures: readonly LoadFailure[];
  readonly milliseconds: { readonly p50: number; readonly p99: number; readonly max: number };
}

/**
 * Sends requests from a process of its own until `stop`, which waits for the last answers.
 *
 * How many are sent depends on the machine: whoever needs some between two steps waits for `more`.
 */
export const startLoad = (
  t: Pick<ExecutionContext, 'teardown'>,
  targets: readonly string[],
  chosen: Partial<LoadOptions> = {},
) => {
  const usual = { rate: 400, connections: 8, freshEvery: 20, patience: 60_000 };
  const options: LoadOptions = { targets, ...usual, ...chosen };
  const program = join(import.meta.dirname, 'load-worker.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const waiting = new Map<string, () => void>();
  const report = new Promise<LoadReport>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const reached = waiting.get(line);
      if (reached === undefined) resolve(JSON.parse(line) as LoadReport);
      else reached();
      waiting.delete(line);
    });
  });
  let asked = 0;
  return {
    /** Waits until all requests so far and the next so many have been answered, or have failed. */
    more: async (count: number): Promise<void> => {
      asked += 1;
      const name = `reached ${asked}`;
      const reached = new Promise<void>((resolve) => waiting.set(name, resolve));
      child.stdin.write(`${name} ${count}\n`);
      await reached;
    },
    stop: async (): Promise<LoadReport> => {
      child.stdin.end();
      return await report;
    },
  };
};

/** A report as one line for people, with the first failures. */
export const showLoad = ({ sent, fresh, seconds, failures, milliseconds }: LoadReport): string =>
  [
    `${sent} requests in ${seconds.toFixed(1)} s, ${fresh} on new connections`,
    `p50 ${milliseconds.p50} ms, p99 ${milliseconds.p99} ms, max ${milliseconds.max} ms`,
    `${failures.length} failed`,
    ...failures
      .slice(0, 8)
      .map(({ at, url, reason }) => `${new Date(at).toISOString()} ${url} ${reason}`),
  ].join('; ');

/** A stretch of time, from when a file was not whole until its content is served again. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * The failures that a slow save does not explain. If a file is gone or empty for longer than the
 * control plane waits, it counts as deleted, and its routes are removed.
 */
export const unexplained = (
  { failures }: LoadReport,
  gaps: readonly Gap[],
): readonly LoadFailure[] =>
  failures.filter(({ at }) => !gaps.some(({ from, to }) => at >= from && at <= to));

/** From how many milliseconds on a save counts as slow; the control plane waits for 40. */
export const slowSave = 30;
