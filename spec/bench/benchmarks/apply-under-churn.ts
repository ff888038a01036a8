import { setTimeout as wait } from 'node:timers/promises';

import type { Benchmark, Row } from '../benchmark.ts';
import { startChurn, watchProcessors } from '../change/churn.ts';
import { eachSize } from '../each-size.ts';
import { figures, sampled } from '../figures.ts';
import { withGateway, type Gateway } from '../gateway.ts';
import { servedAfter, siteNumber, sites } from '../sites.ts';

/** From an applied object to an answer by it, while much else changes. */
export const benchmark: Benchmark = {
  name: 'apply-under-churn',
  what:
    'As `apply`, first with nothing else going on, then while 5,000 other Mappings change, 500 a ' +
    'second in all, each of them another route in another virtual host; then idle again. Processor ' +
    'time is that of one core.',
  aim: 'at most 1.2× of idle',
  sizes: [10_000, 100_000],
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
  let version = 1;
  const served = async (): Promise<number> => {
    version += 1;
    await wait(version % 23);
    return await servedAfter(gateway, siteNumber(n, version), version);
  };
  for (let turn = 0; turn < 20; turn += 1) await served();
  const idle = async (): Promise<readonly number[]> =>
    await sampled({ samples: samples / 2, seconds: 30 }, served);
  const before = await idle();
  const churn = startChurn(gateway, n);
  const used = watchProcessors(gateway);
  for (let turn = 0; turn < 20; turn += 1) await served();
  const during = await sampled({ samples, seconds: 60 }, served);
  const processors = used();
  churn.stop();
  await gateway.settled();
  const idleTimes = [...before, ...(await idle())];
  const [quiet, busy] = [figures(idleTimes), figures(during)];
  return [
    { what: 'idle', n, unit: 'ms', ...quiet },
    { what: 'under churn', n, unit: 'ms', ...busy },
    {
      what: 'under churn / idle',
      n,
      unit: '×',
      p50: busy.p50 / quiet.p50,
      p99: (busy.p99 ?? 0) / (quiet.p99 ?? 1),
      ratio: ' ',
      aim: { p50: 1.2, p99: 1.2 },
    },
    { what: 'control plane, under churn', n, unit: '%', p50: processors.controlPlane },
    { what: 'Envoy, under churn', n, unit: '%', p50: processors.envoy },
  ];
};
