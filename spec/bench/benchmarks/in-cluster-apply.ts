import type { Benchmark, Row } from '../benchmark.ts';
import { withClusterGateway, type ClusterGateway } from '../cluster-gateway.ts';
import { eachSize } from '../each-size.ts';
import { figures } from '../figures.ts';
import { cpuMsOf, mebibytesOf } from '../process-use.ts';

/** From a request to a real API server to the first answer of Envoy. */
export const benchmark: Benchmark = {
  name: 'in-cluster-apply',
  what:
    'N Mappings are created one after another, each with a hostname of its own: from the request to ' +
    'a real API server to the first 200 of a real Envoy behind `headgate run`. etcd, the API server ' +
    'and the client are on the same machine.',
  aim: 'none; `apply` is the part of it that is ours',
  sizes: [1_000],
  ownNetwork: true,
  run: async (options) =>
    await eachSize(
      options,
      async (n) => await withClusterGateway(async (gateway) => await measured(gateway, n)),
    ),
};

const measured = async (gateway: ClusterGateway, n: number): Promise<readonly Row[]> => {
  const { pid } = gateway.headgate;
  for (let i = 0; i < 50; i += 1) await served(gateway, `warm-${i}`);
  const before = cpuMsOf(pid);
  const total: number[] = [];
  const stored: number[] = [];
  for (let i = 0; i < n; i += 1) {
    const times = await served(gateway, `site-${i}`);
    total.push(times.total);
    stored.push(times.created);
  }
  const [cpuMs, mebibytes] = [cpuMsOf(pid) - before, mebibytesOf(pid)];
  return [
    { what: 'request → first 200', n, unit: 'ms', ...figures(total) },
    { what: 'of which the API server takes to answer', n, unit: 'ms', ...figures(stored) },
    { what: 'processor time of the control plane, a Mapping', n, unit: 'ms', p50: cpuMs / n },
    { what: 'control plane, afterwards', n, unit: 'MiB', p50: mebibytes },
  ];
};

const served = async ({ ask, create }: ClusterGateway, site: string) => {
  const start = performance.now();
  await create(site);
  const created = performance.now() - start;
  while ((await ask(site)) !== 200)
    if (performance.now() - start > 30_000) throw new Error(`${site} is not served after 30 s`);
  return { created, total: performance.now() - start };
};
