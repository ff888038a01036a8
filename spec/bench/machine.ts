import { availableParallelism, cpus, totalmem } from 'node:os';

import { envoyVersion } from '../../src/edge/envoy/envoy-version.ts';

/** What a benchmark was run on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  /** GiB. */
  readonly memory: number;
  readonly node: string;
  readonly envoy: string;
}

/** This machine. */
export const machine = (): Machine => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memory: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
  envoy: envoyVersion,
});

/** The machine in words, without a full stop. */
export const showMachine = ({ cores, processor, memory, node, envoy }: Machine): string =>
  `${cores} cores (${processor}), ${memory} GiB, Node ${node.replace(/^v/, '')}, Envoy ${envoy}`;
