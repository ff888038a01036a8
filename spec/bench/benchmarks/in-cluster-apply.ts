import type { Benchmark, Row } from '../benchmark.ts';
import {
  httpRoutes,
  mappings,
  withClusterGateway,
  type ClusterGateway,
  type SiteKind,
} from '../cluster-gateway.ts';
import { eachSize } from '../each-size.ts';
import { figures } from '../figures.ts';
import { cpuMsOf, mebibytesOf } from '../process-use.ts';

/** From a request to a real API server to the first answer of Envoy. */
export const benchmark: Benchmark = {
  name: 'in-cluster-apply',
  what:
    'N Mappings, or N HTTPRoutes of one Gateway, are created one after another, each with a hostname ' +
    'of its own: from the request to a real API server to the first 200 of a real Envoy behind `headgate run`. etcd, the API server ' +
    'and the client are on the same machine.',
  aim: 'HTTPRoutes: p50 12 ms, flat to 10,000; `apply` is the part of it that is ours',
  sizes: [1_000],
  ownNetwork: true,
  run: async (options) =>
    await eachSize(options, async (n) => [
      ...(await ofKind(mappings, n)),
      ...(await ofKind(httpRoutes, n)),
    ]),
};

const ofKind = async (siteKind: SiteKind, n: number): Promise<readonly Row[]> =>
  await withClusterGateway(siteKind, async (gateway) => await measured(gateway, siteKind.kind, n));

const measured = async (
  gateway: ClusterGateway,
  kind: string,
  n: number,
): Promise<readonly Row[]> => {
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
  const last = figures(total.slice(-Math.ceil(n / 10)));
  const [cpuMs, mebibytes] = [cpuMsOf(pid) - before, mebibytesOf(pid)];
  return [
    { what: `${kind}: request → first 200`, n, unit: 'ms', ...figures(total) },
    { what: `${kind}: the same, the last tenth of them`, n, unit: 'ms', ...last },
    { what: `${kind}: of which the API server takes to answer`, n, unit: 'ms', ...figures(stored) },
    { what: `${kind}: processor time of the control plane`, n, unit: 'ms', p50: cpuMs / n },
    { what: `${kind}: control plane, afterwards`, n, unit: 'MiB', p50: mebibytes },
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
