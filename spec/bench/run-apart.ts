import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Row } from './benchmark.ts';
import { loadBenchmark } from './benchmarks.ts';
import { machine } from './machine.ts';
import type { Result } from './results.ts';

/** What is asked of all benchmarks of a run. */
export interface Settings {
  readonly samples: number;
  readonly sizes?: readonly number[];
}

/** Runs a benchmark in a process of its own, with an empty heap; no result when it fails. */
export const runApart = async (name: string, settings: Settings): Promise<readonly Result[]> => {
  const { ownNetwork } = await loadBenchmark(name);
  const command = [process.execPath, ...node, program, name, JSON.stringify(settings)];
  const [file = '', ...args] = ownNetwork === true ? [...network, ...command] : command;
  const child = spawn(file, args, { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] });
  let found: Pick<Result, 'rows' | 'seconds'> | undefined;
  child.on('message', (message) => {
    found = message as { readonly rows: readonly Row[]; readonly seconds: number };
  });
  const code: unknown = (await once(child, 'close'))[0];
  if (found !== undefined)
    return [{ name, machine: machine(), day: new Date().toISOString().slice(0, 10), ...found }];
  console.error(`${name} failed with ${String(code)}`);
  return [];
};

const program = join(import.meta.dirname, 'run-benchmark.ts');

/** It ends with this process, whatever becomes of that. */
const preload = new URL('../_support/process/end-with-parent.ts', import.meta.url).href;

/** The heap limit is far above what is needed, so that none is measured against it. */
const node = ['--expose-gc', '--max-old-space-size=12000', '--import', preload];

/** Runs the rest of its arguments in a network of their own; needs util-linux and iproute2. */
const network = [
  'unshare',
  '--net',
  '--map-root-user',
  'sh',
  '-c',
  'ip link set lo up && ip route add local 10.77.0.0/16 dev lo && exec "$0" "$@"',
];
