import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { debugSocketIn } from '../../../src/edge/file/state-folder.ts';
import { signal, startedWith } from '../../../src/edge/process/process-identity.ts';

/** A `headgate run` in a process of its own. */
export interface ControlPlaneProcess {
  readonly configDir: string;
  /** The socket of Envoy's admin interface. */
  readonly envoyAdmin: string;
  /** The socket of the debug server. */
  readonly debug: string;
  /** The port of the admin server. */
  readonly adminPort: number;
  /** What it logged so far. */
  readonly log: () => readonly string[];
  /** What it and Envoy wrote on standard output so far. */
  readonly output: () => Buffer;
  readonly stop: () => Promise<void>;
}

/** Starts `headgate run` with a strict Envoy of one thread, in folders of its own. */
export const startControlPlaneProcess = async (
  flags: readonly string[],
  program = headgate,
): Promise<ControlPlaneProcess> => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-story-'));
  const [configDir, stateDir] = [join(folder, 'config'), join(folder, 'state')];
  mkdirSync(configDir);
  mkdirSync(stateDir, { mode: 0o700 });
  const envoyAdmin = join(folder, 'envoy.sock');
  const outputFile = join(folder, 'output');
  const output = openSync(outputFile, 'a');
  const child = spawn(
    process.execPath,
    ['--import', preload, program, ...run, '--config-dir', configDir, '--state-dir', stateDir]
      .concat('--envoy-admin', `unix:${envoyAdmin}`)
      .concat(flags),
    { stdio: ['pipe', output, 'pipe'], env: process.env },
  );
  closeSync(output);
  const killAll = (): void => {
    child.kill('SIGKILL');
    for (const identity of startedWith([join(stateDir, 'bootstrap.json')]))
      signal(identity, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', killAll);
  const lines: string[] = [];
  const adminPort = await said(child, lines, /health checks and metrics on \S+:(\d+)/);
  return {
    configDir,
    envoyAdmin,
    debug: debugSocketIn(stateDir),
    adminPort,
    log: () => lines,
    output: () => readFileSync(outputFile),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await ended;
      process.off('exit', killAll);
      killAll();
    },
  };
};

const headgate = fileURLToPath(new URL('../../../bin/headgate.js', import.meta.url));

const preload = new URL('./end-with-parent.ts', import.meta.url).href;

const run = ['run', '--envoy-concurrency', '1', '--envoy-strict', '--drain-time', '0'].concat(
  '--admin-address',
  '127.0.0.1:0',
);

/** Waits for a line of the log; fails when the process ends before. */
const said = async (child: ChildProcess, lines: string[], wanted: RegExp): Promise<number> =>
  await new Promise((resolve, reject) => {
    if (child.stderr === null) throw new Error('expected a pipe for the log');
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const [, port] = wanted.exec(line) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`headgate ended with ${code}:\n${lines.join('\n')}`)),
    );
  });
