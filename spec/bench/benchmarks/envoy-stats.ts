import { setTimeout } from 'node:timers/promises';

import { aMapping, type Manifest } from '../../_support/world/builders.ts';
import type { Benchmark, Row, RunOptions } from '../benchmark.ts';
import { cluster, domain } from '../cluster.ts';
import { figures } from '../figures.ts';
import { withGateway, type Gateway } from '../gateway.ts';
import { cpuMsOf, mebibytesOf } from '../process-use.ts';
import { servedAfter, site, siteNumber } from '../sites.ts';

/** What a scrape delays, and what statistics of routes take. */
export const benchmark: Benchmark = {
  name: 'envoy-stats',
  what:
    'N Mappings with N clusters that get no requests. A change of a route until Envoy answers by it, while nobody asks ' +
    '`/metrics` and while somebody asks once a second, in turns; the processor time of a scrape, changes meanwhile included; and the memory of an Envoy ' +
    'with and without `--route-stats`.',
  aim: 'scraped once a second, a change takes no longer than else, within noise',
  sizes: [1000, 10_000, 100_000],
  run: async ({ sizes, samples, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes) rows.push(...(await atSize(n, samples, progress)));
    return rows;
  },
};

const objects =
  (n: number) =>
  (port: number): readonly Manifest[] =>
    cluster('wildcard Host', n, { port, mapping: (_, i) => (i % 10 === 0 ? site(i, 0) : idle(i)) });

/** A Mapping whose cluster is its own, and needs no endpoints. */
const idle = (i: number): Manifest =>
  aMapping(`shops/shop-${i}`, {
    hostname: domain(i),
    prefix: '/api/',
    service: `198.18.0.${1 + (i % 250)}:${1000 + Math.floor(i / 250)}`,
  });

const atSize = async (
  n: number,
  samples: number,
  progress: RunOptions['progress'],
): Promise<readonly Row[]> => {
  progress(`envoy-stats: ${n} clusters`);
  const plain = await withGateway({ objects: objects(n) }, async (gateway) => ({
    memory: mebibytesOf(gateway.envoyPid),
    rows: await scrapes(gateway, n, Math.min(samples, 100)),
  }));
  const counted = await withGateway(
    { objects: objects(n), flags: ['--route-stats'] },
    async ({ envoyPid }) => mebibytesOf(envoyPid),
  );
  return [
    ...plain.rows,
    { what: 'memory of Envoy', n, unit: 'MiB', p50: plain.memory },
    {
      what: 'memory of Envoy, --route-stats',
      n,
      unit: 'MiB',
      p50: counted,
      ratio: `${(counted / plain.memory).toFixed(2)}× without`,
    },
  ];
};

/** How many changes are measured before it is the turn of the other. */
const round = 5;

const scrapes = async (gateway: Gateway, n: number, samples: number): Promise<readonly Row[]> => {
  const quiet: number[] = [];
  const scraped: number[] = [];
  const costs: Cost[] = [];
  let version = 0;
  const change = async (): Promise<number> => {
    version += 1;
    return await servedAfter(gateway, siteNumber(n, version), version);
  };
  await change();
  while (scraped.length < samples) {
    for (let i = 0; i < round; i += 1) quiet.push(await change());
    const end = scraping(gateway);
    for (let i = 0; i < round; i += 1) scraped.push(await change());
    costs.push(...(await end()));
  }
  const was = figures(quiet);
  const is = figures(scraped);
  return [
    { what: 'a change, nobody scrapes', n, unit: 'ms', ...was },
    {
      what: 'a change, scraped once a second',
      n,
      unit: 'ms',
      ...is,
      ratio: `${(is.p50 / was.p50).toFixed(2)}× quiet`,
    },
    { what: 'a scrape, bytes', n, unit: 'bytes', ...figures(costs.map(({ bytes }) => bytes)) },
    { what: 'a scrape', n, unit: 'ms', ...figures(costs.map(({ ms }) => ms)) },
    ...[
      { of: 'Envoy', times: costs.map(({ envoy }) => envoy) },
      { of: 'the control plane', times: costs.map(({ own }) => own) },
    ].map(({ of, times }): Row => ({
      what: `a scrape, processor time of ${of}`,
      n,
      unit: 'ms',
      ...figures(times),
    })),
  ];
};

interface Cost {
  readonly ms: number;
  readonly bytes: number;
  /** Of Envoy and of the control plane, in milliseconds. */
  readonly envoy: number;
  readonly own: number;
}

/** Asks for the metrics once a second until it is told to end. */
const scraping = ({ headgate, envoyPid }: Gateway): (() => Promise<readonly Cost[]>) => {
  const costs: Cost[] = [];
  const over = new AbortController();
  const run = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const [began, envoy, own] = [performance.now(), cpuMsOf(envoyPid), cpuMsOf(headgate.pid)];
      const text = await (await headgate.get('/metrics')).text();
      if (!text.includes('headgate_envoy_scrape_success 1'))
        throw new Error('Envoy did not answer');
      costs.push({
        ms: performance.now() - began,
        bytes: text.length,
        envoy: cpuMsOf(envoyPid) - envoy,
        own: cpuMsOf(headgate.pid) - own,
      });
      await setTimeout(1000, undefined, over).catch(() => undefined);
    }
  };
  const done = run();
  return async () => {
    over.abort();
    await done;
    return costs;
  };
};
