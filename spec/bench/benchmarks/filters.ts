import { createServer } from 'node:http';

import { listening } from '../../_support/envoy/a-server.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { figures } from '../figures.ts';
import { startFiltered } from '../requests/filtered-subjects.ts';
import { addedCosts, pairedCosts } from '../requests/paired-costs.ts';

const traffic = { seconds: 3, connections: 32, status: 200 };
const mostRounds = 7;

/** What each filter costs a request. */
export const benchmark: Benchmark = {
  name: 'filters',
  what:
    'Processor time of a real Envoy for a request that it forwards, answered with 2 KiB of JSON, at N requests a second that are sent ' +
    'on time over 32 connections (open loop). Gateways with one filter each take turns with one that has none, all at once; what is added is the ' +
    'difference of two rounds of one turn, so it can be negative. What the services do that are asked or told is not counted.',
  aim: 'none: it says what a filter costs',
  sizes: [500],
  run: async ({ sizes, samples, progress }) => {
    const rows: Row[] = [];
    for (const rate of sizes) {
      progress(`${rate} requests a second`);
      rows.push(...(await atRate(rate, Math.min(samples, mostRounds))));
    }
    return rows;
  },
};

const atRate = async (rate: number, rounds: number): Promise<readonly Row[]> => {
  const backend = await startBackend();
  const { subjects, stop } = await startFiltered(backend.port);
  try {
    const costs = await pairedCosts(subjects, { ...traffic, rate, rounds });
    for (const { what, used } of subjects)
      if (used?.() === 0) throw new Error(`${what}: its service was never used`);
    const [base = [], ...others] = costs;
    return [
      { what: 'no filter', n: rate, unit: 'µs', ...figures(base) },
      ...others.map((one, i): Row => {
        const added = addedCosts(one, base);
        return {
          what: `added by ${subjects[i + 1]?.what}`,
          n: rate,
          unit: 'µs',
          ...figures(added),
          note: `least ${Math.min(...added).toFixed(1)} µs`,
        };
      }),
    ];
  } finally {
    await stop();
    await backend.close();
  }
};

/** Answers everything with the same JSON, which can be compressed. */
const startBackend = async () => {
  const entry = (i: number) => ({ id: i, name: `item ${i}`, price: i * 7 });
  const body = Buffer.from(JSON.stringify(Array.from({ length: 52 }, (_, i) => entry(i))));
  const server = createServer((_, answer) => {
    answer
      .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      .end(body);
  });
  server.keepAliveTimeout = 0;
  return await listening(server);
};
