import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Batch } from '../../../src/journal/batch.ts';
import { journalVersion } from '../../../src/journal/header.ts';
import { entryLine, headerLine } from '../../../src/journal/journal.ts';
import { kinds } from '../../../src/kube/kind.ts';
import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import { listed } from '../../_support/world/builders.ts';
import type { Aim, Benchmark, Row } from '../benchmark.ts';
import { cluster, mappingNumber, scattered, sliceNumber } from '../cluster.ts';
import { aimAt, figures } from '../figures.ts';
import { eventsOf, watchLine } from '../watch-line.ts';

/** How many Mappings the recorded cluster has. */
const mappings = 1_000;

/** Up to how many events are replayed one by one as well: each is a publication of its own. */
const oneByOne = 10_000;

const aims: Readonly<Record<number, Aim>> = { 100_000: { least: 50_000 } };

/** How fast a recording is repeated. */
export const benchmark: Benchmark = {
  name: 'replay',
  what:
    'Events a second of `headgate replay FILE --instant`, from the start of the process to its end. ' +
    'A journal of N events, half of them changes of Mappings and half of EndpointSlices, on a ' +
    'cluster of 1,000 Mappings: in batches as a storm leaves them, and one by one.',
  aim: '50,000 events a second',
  sizes: [10_000, 100_000],
  run: async ({ sizes, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes)
      for (const batch of n > oneByOne ? [500] : [500, 1]) {
        progress(`${n} events, batches of ${batch}`);
        const rates: number[] = [];
        const runs = batch === 1 ? 1 : 3;
        for (let run = 0; run < runs; run += 1) rates.push(await rate(n, batch));
        rows.push({
          what: batch === 1 ? 'one by one' : `batches of ${batch}`,
          n,
          unit: 'events/s',
          ...figures(rates),
          ...(batch > 1 && aimAt(aims, n)),
        });
      }
    return rows;
  },
};

const rate = async (n: number, batch: number): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-bench-'));
  try {
    const file = join(folder, 'journal.ndjson');
    writeFileSync(file, journal(n, batch));
    const began = performance.now();
    const program = join(import.meta.dirname, '../../../bin/headgate.js');
    const child = spawn(process.execPath, [program, 'replay', file, '--instant'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code: unknown = (await once(child, 'exit'))[0];
    if (code !== 0) throw new Error(`headgate replay ended with ${String(code)}`);
    return n / ((performance.now() - began) / 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const journal = (n: number, batch: number): string => {
  const options = { ambassadorId: 'default', namespace: 'default' };
  const lines = [headerLine({ headgate: 'journal', version: journalVersion, options, kinds })];
  const write = ([head, ...tail]: readonly KubeEvent[], seq: number): void => {
    if (head === undefined) return;
    const events: Batch['events'] = [head, ...tail];
    lines.push(entryLine({ seq, at: seq * 10, events }));
  };
  write(listed(cluster('wildcard Host', mappings)), 1);
  for (let done = 0; done < n; done += batch)
    write(Array.from({ length: batch }, (_, i) => eventNumber(done + i)).flat(), done / batch + 2);
  return lines.join('');
};

const eventNumber = (turn: number): readonly KubeEvent[] => {
  const i = scattered(mappings, turn);
  const object =
    turn % 2 === 0
      ? mappingNumber(mappings, i, { timeout_ms: 1000 + (turn % 50_000) })
      : sliceNumber(i, 4 + (Math.floor(turn / mappings) % 200)); // else than in the round before
  return eventsOf(watchLine('MODIFIED', object, turn + 2));
};
