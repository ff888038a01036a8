import { setTimeout } from 'node:timers/promises';

import type { Benchmark, Row, RunOptions } from '../benchmark.ts';
import { startChurn, watchProcessors } from '../change/churn.ts';
import { domain } from '../cluster.ts';
import { figures } from '../figures.ts';
import { withGateway, type Gateway } from '../gateway.ts';
import { openLoop, requestFor } from '../open-loop.ts';
import { siteNumber, sites } from '../sites.ts';

/** Seconds of each kind of work in a round, and how many rounds; the first round is not counted. */
const [seconds, rounds] = [8, 6];

/** What it costs that requests and changes can be seen. */
export const benchmark: Benchmark = {
  name: 'observed',
  what:
    'N Mappings, in two gateways that take turns. One has an access log (JSON, to /dev/null) and counts requests by route, and its ' +
    '`/metrics` is asked every five seconds; nobody looks at the other, which writes nothing down. Processor time of both processes, in percent of a core, while ' +
    'routes change 500 times a second, and while Envoy answers 2,000 requests a second by itself.',
  aim: 'with everything on, changes use at most 2 % more of a core',
  sizes: [1_000, 10_000],
  run: async ({ sizes, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes) rows.push(...(await atSize(n, progress)));
    return rows;
  },
};

const atSize = async (n: number, progress: RunOptions['progress']): Promise<readonly Row[]> => {
  const objects = (port: number) => sites(n, port);
  return await withGateway(
    { objects, flags: ['--access-log', 'off'] },
    async (alone) =>
      await withGateway(
        { objects, flags: ['--access-log', 'json', '--route-stats'] },
        async (seen) => await compared(n, alone, seen, progress),
      ),
  );
};

/** The shares of a core of both processes, a figure for each round. */
type Shares = Readonly<Record<'controlPlane' | 'envoy', number[]>>;

const compared = async (
  n: number,
  alone: Gateway,
  seen: Gateway,
  progress: RunOptions['progress'],
): Promise<readonly Row[]> => {
  const works = [
    { during: '500 changes a second', work: changing },
    { during: '2,000 requests a second', work: asked },
  ];
  const rows: Row[] = [];
  for (const { during, work } of works) {
    progress(`${n} Mappings, ${during}`);
    const shares = [alone, seen].map((): Shares => ({ controlPlane: [], envoy: [] }));
    for (let turn = 0; turn <= rounds; turn += 1)
      for (const [i, gateway] of [alone, seen].entries()) {
        const used = await sharesDuring(gateway, gateway === seen, async () => {
          await work(gateway, n);
        });
        if (turn === 0) continue;
        shares[i]?.controlPlane.push(used.controlPlane);
        shares[i]?.envoy.push(used.envoy);
      }
    for (const part of ['controlPlane', 'envoy'] as const)
      rows.push(...row(n, during, part, shares));
  }
  return rows;
};

const row = (
  n: number,
  during: string,
  part: keyof Shares,
  [alone, seen]: readonly Shares[],
): readonly Row[] => {
  const who = part === 'envoy' ? 'Envoy' : 'control plane';
  const added = (seen?.[part] ?? []).map((share, turn) => share - (alone?.[part][turn] ?? share));
  return [
    { what: `${who}, ${during}`, n, unit: '%', ...figures(alone?.[part] ?? []) },
    { what: `${who}, ${during}: added by looking`, n, unit: '%', ...figures(added) },
  ];
};

const sharesDuring = async (gateway: Gateway, isLookedAt: boolean, work: () => Promise<void>) => {
  const over = new AbortController();
  const looking = isLookedAt ? look(gateway, over.signal) : undefined;
  const used = watchProcessors(gateway);
  await work();
  const shares = used();
  over.abort();
  await looking;
  return shares;
};

/** Asks for the metrics at once and then every five seconds, as Prometheus does. */
const look = async ({ headgate }: Gateway, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await (await headgate.get('/metrics')).text();
    await setTimeout(5_000, undefined, { signal }).catch(() => undefined);
  }
};

const changing = async (gateway: Gateway, n: number): Promise<void> => {
  const churn = startChurn(gateway, n);
  await setTimeout(1_000 * seconds);
  churn.stop();
  await gateway.settled();
};

const asked = async ({ port }: Gateway, n: number): Promise<void> => {
  const requests = Array.from({ length: 100 }, (_, turn) =>
    requestFor(domain(siteNumber(n, turn)), '/api/'),
  );
  await openLoop({ port, requests, rate: 2_000, seconds, connections: 32 });
};
