import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import { ask } from '../../_support/envoy/ask.ts';
import type { Headgate } from '../../_support/process/headgate-process.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { domain } from '../cluster.ts';
import { figures } from '../figures.ts';
import { withGateway, type Starting } from '../gateway.ts';
import { watchHealth, type HealthWatch } from '../health.ts';
import { sites } from '../sites.ts';

/** From the start of a process to what it can do. */
export const benchmark: Benchmark = {
  name: 'cold-start',
  what:
    'From the start of the process `headgate run` (Node included) until everything has been read, ' +
    'translated and encoded; and, in a run of its own with a real Envoy, until that Envoy answers a ' +
    'first request. N Mappings in a wildcard Host and 1,000 Services come as streaming lists from a ' +
    'stub that has them ready as bytes. Meanwhile another process asks for the health of the control plane ' +
    'every 5 ms: what that waits for at most is how long the event loop was held up.',
  aim: '6 s to the first complete snapshot and 12 s to the first Envoy that serves, at 100,000; health checks within 50 ms',
  sizes: [1_000, 10_000, 100_000],
  run: async ({ sizes, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes) {
      const runs = n > 10_000 ? 1 : 3;
      const snapshots: Start[] = [];
      const servings: Start[] = [];
      for (let run = 0; run < runs; run += 1) {
        progress(`${n}, without an Envoy`);
        snapshots.push(await start(n, false));
        progress(`${n}, with an Envoy`);
        servings.push(await start(n, true));
      }
      rows.push(...rowsOf(n, snapshots, servings));
    }
    return rows;
  },
};

/** What one start took. */
interface Start {
  readonly seconds: number;
  /** Milliseconds. */
  readonly health: readonly number[];
  /** The most memory the control plane had, in MiB. */
  readonly peak: number;
}

const start = async (n: number, withEnvoy: boolean): Promise<Start> => {
  let began = 0;
  let health: HealthWatch | undefined;
  let served: Promise<number> | undefined;
  const starting = ({ headgate, port }: Starting): void => {
    began = performance.now();
    health = watchHealth(headgate);
    if (withEnvoy) served = firstAnswer(port).then(() => performance.now());
  };
  const objects = (port: number) => sites(n, port);
  const options = { objects, starting, ...(!withEnvoy && { envoy: false as const }) };
  return await withGateway(options, async ({ headgate }) => {
    const ready = (await served) ?? performance.now();
    const times = (await health?.stop()) ?? [];
    return { seconds: (ready - began) / 1000, health: times, peak: peakOf(headgate) };
  });
};

const firstAnswer = async (port: number): Promise<void> => {
  const question = { port, host: domain(0), path: '/api/' };
  while ((await ask(question).catch(() => undefined))?.status !== 302) await setTimeout(10);
};

const peakOf = ({ pid }: Headgate): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const rowsOf = (
  n: number,
  snapshots: readonly Start[],
  servings: readonly Start[],
): readonly Row[] => {
  const seconds = (starts: readonly Start[]) => figures(starts.map((one) => one.seconds));
  const atMost = (p50: number) => (n === 100_000 ? { aim: { p50 } } : {});
  return [
    { what: 'first complete snapshot', n, unit: 's', ...seconds(snapshots), ...atMost(6) },
    { what: 'first Envoy that serves', n, unit: 's', ...seconds(servings), ...atMost(12) },
    {
      what: 'health check, meanwhile',
      n,
      unit: 'ms',
      ...figures([...snapshots, ...servings].flatMap(({ health }) => health)),
      aim: { max: 50 },
    },
    {
      what: 'most memory while starting',
      n,
      unit: 'MiB',
      ...figures(servings.map(({ peak }) => peak)),
    },
  ];
};
