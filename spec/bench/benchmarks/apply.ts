import { setTimeout } from 'node:timers/promises';

import type { Aim, Benchmark, Row } from '../benchmark.ts';
import { eachSize } from '../each-size.ts';
import { aimAt, figures, sampled } from '../figures.ts';
import { withGateway, type Gateway } from '../gateway.ts';
import { servedAfter, siteNumber, sites } from '../sites.ts';

const aims: Readonly<Record<number, Aim>> = {
  1_000: { p50: 10, p99: 30 },
  10_000: { p50: 12, p99: 40 },
  100_000: { p50: 15, p99: 60 },
};

/** From an object that is applied to an Envoy that answers by it. */
export const benchmark: Benchmark = {
  name: 'apply',
  what:
    'From the moment at which the API server writes a watch event to the first answer of Envoy that ' +
    'follows it: HTTP stream, control plane (`headgate run`), gRPC, a real Envoy of one worker, and ' +
    'a client that asks over a kept connection as fast as it is answered. What an API server takes ' +
    'to store an object is not in it: a stub stands in for it. N Mappings in a wildcard Host, each ' +
    'with a hostname of its own, and 1,000 Services. One change at a time.',
  aim: 'p50 / p99 10 / 30 ms at 1,000 hosts, 12 / 40 at 10,000, 15 / 60 at 100,000',
  sizes: [1_000, 10_000, 100_000],
  run: async (options) =>
    await eachSize(
      options,
      async (n) =>
        await withGateway(
          { objects: (port) => sites(n, port) },
          async (gateway) => await measured(gateway, n, options.samples),
        ),
    ),
};

const measured = async (gateway: Gateway, n: number, samples: number): Promise<readonly Row[]> => {
  for (let turn = 0; turn < 10; turn += 1) await servedAfter(gateway, siteNumber(n, turn), 1);
  const row = async (what: string, measure: (turn: number) => Promise<number>): Promise<Row> => {
    const times = await sampled({ samples, seconds: 60 }, async (turn) => {
      await setTimeout(turn % 23);
      return await measure(turn);
    });
    return { what, n, unit: 'ms', ...figures(times), ...aimAt(aims, n) };
  };
  return [
    await row(
      'a Mapping changes',
      async (turn) => await servedAfter(gateway, siteNumber(n, turn), turn + 2),
    ),
    await row(
      'a host is new',
      async (turn) => await servedAfter(gateway, n + turn, turn + 2, 'ADDED'),
    ),
  ];
};
