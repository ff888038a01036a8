import { setTimeout } from 'node:timers/promises';

import type { Benchmark, Row } from '../benchmark.ts';
import { mappings, withClusterGateway, type ClusterGateway } from '../cluster-gateway.ts';
import { eachSize } from '../each-size.ts';
import { cpuMsOf, mebibytesOf, trafficOf } from '../process-use.ts';

/** How long a control plane is watched that has nothing to do, in seconds. */
const watched = 60;

/** What a control plane costs that has nothing to do. */
export const benchmark: Benchmark = {
  name: 'in-cluster-idle',
  what:
    'What `headgate run` uses in a minute in which nothing happens, on a real API server with N ' +
    'Mappings, their status written: the Lease is renewed, watches say bookmarks.',
  aim: 'the same for any N',
  sizes: [100, 10_000],
  ownNetwork: true,
  run: async (options) =>
    await eachSize(
      options,
      async (n) =>
        await withClusterGateway(mappings, async (gateway) => await measured(gateway, n)),
    ),
};

const measured = async (gateway: ClusterGateway, n: number): Promise<readonly Row[]> => {
  const left = Array.from({ length: n }, (_, i) => `site-${i}`);
  const creator = async (): Promise<void> => {
    for (let site = left.pop(); site !== undefined; site = left.pop()) await gateway.create(site);
  };
  await Promise.all(Array.from({ length: 8 }, creator));
  while ((await gateway.headgate.metric('headgate_status_pending')) > 0) await setTimeout(1000);
  await setTimeout(5000);
  const { pid } = gateway.headgate;
  const [cpuMs, bytes] = [cpuMsOf(pid), trafficOf(pid)];
  await setTimeout(watched * 1000);
  return [
    { what: 'processor time in a minute', n, unit: 'ms', p50: cpuMsOf(pid) - cpuMs },
    {
      what: 'read and written in a minute',
      n,
      unit: 'KiB',
      p50: (trafficOf(pid) - bytes) / 1024,
    },
    { what: 'control plane', n, unit: 'MiB', p50: mebibytesOf(pid) },
  ];
};
