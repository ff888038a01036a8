import { setTimeout } from 'node:timers/promises';

/** Collects all garbage; the process was started with `--expose-gc`. */
export const collectGarbage = (): void => {
  if (globalThis.gc === undefined) throw new Error('expected node --expose-gc');
  globalThis.gc();
};

/**
 * What is held when all garbage is collected, in bytes. What the running code has looked at is kept until it ends, a
 * kilobyte a Mapping more or less from one run to the next, so turns go by first.
 */
export const held = async (): Promise<number> => {
  for (let turn = 0; turn < turns; turn += 1) {
    await setTimeout(20);
    collectGarbage();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const turns = 3;
