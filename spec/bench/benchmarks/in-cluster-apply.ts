import { setImmediate as setImmediatePromise } from 'node:timers/promises';

import type { Subscription } from 'rxjs';

import { recordOf } from '../../../src/kube/codec/record-of.ts';
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
    'and the client are on the same machine. The parts of it: until a watch of our own, beside that of the ' +
    'control plane, hears of the object (etcd and the API server); from there to the 200; and, by the metrics ' +
    'of the control plane, on average: from the event to its bytes, and to the acknowledgement of Envoy.',
  aim: 'HTTPRoutes: p50 12 ms, flat to 10,000; `apply` is the part of it that is ours',
  sizes: [1_000, 10_000],
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
  const heard = await listening(gateway);
  const [before, sums] = [cpuMsOf(pid), await sumsOf(gateway)];
  const total: number[] = [];
  const stored: number[] = [];
  const watched: number[] = [];
  const rest: number[] = [];
  for (let i = 0; i < n; i += 1) {
    const { start, created, end } = await served(gateway, `site-${i}`);
    const at = await heard.at(`site-${i}`);
    total.push(end - start);
    stored.push(created - start);
    watched.push(at - start);
    rest.push(end - at);
  }
  heard.stop();
  const after = await sumsOf(gateway);
  const last = figures(total.slice(-Math.ceil(n / 10)));
  const [cpuMs, mebibytes] = [cpuMsOf(pid) - before, mebibytesOf(pid)];
  return [
    { what: `${kind}: request → first 200`, n, unit: 'ms', ...figures(total) },
    { what: `${kind}: the same, the last tenth of them`, n, unit: 'ms', ...last },
    { what: `${kind}: of which the API server takes to answer`, n, unit: 'ms', ...figures(stored) },
    { what: `${kind}: until a watch of our own hears of it`, n, unit: 'ms', ...figures(watched) },
    { what: `${kind}: from there to the first 200`, n, unit: 'ms', ...figures(rest) },
    ...parts.map(({ what }, i): Row => {
      const [was, is] = [sums[i], after[i]];
      const count = (is?.count ?? 0) - (was?.count ?? 0);
      const seconds = (is?.seconds ?? 0) - (was?.seconds ?? 0);
      return {
        ...{ what: `${kind}: ${what}`, n, unit: 'ms', p50: (1000 * seconds) / count },
        ...{ samples: count, note: 'an average' },
      };
    }),
    { what: `${kind}: processor time of the control plane`, n, unit: 'ms', p50: cpuMs / n },
    { what: `${kind}: control plane, afterwards`, n, unit: 'MiB', p50: mebibytes },
  ];
};

const served = async ({ ask, create }: ClusterGateway, site: string) => {
  const start = performance.now();
  await create(site);
  const created = performance.now();
  while ((await ask(site)) !== 200)
    if (performance.now() - start > 30_000) throw new Error(`${site} is not served after 30 s`);
  return { start, created, end: performance.now() };
};

/** What the control plane itself measures; what is left is Envoy's workers, and asking again and again. */
const parts = [
  { what: 'from a batch to a snapshot', metric: 'headgate_translation_seconds', label: '' },
  {
    what: 'from the event to its bytes on their way to Envoy',
    metric: 'headgate_propagation_seconds',
    label: 'until="written"',
  },
  {
    what: 'from the event to the acknowledgement of Envoy',
    metric: 'headgate_propagation_seconds',
    label: 'until="acked"',
  },
] as const;

const sumsOf = async ({ headgate }: ClusterGateway) =>
  await Promise.all(
    parts.map(async ({ metric, label }) => ({
      seconds: await headgate.metric(`${metric}_sum`, label),
      count: await headgate.metric(`${metric}_count`, label),
    })),
  );

/** When a watch of our own hears of each site first. */
const listening = async ({ client, path }: ClusterGateway) => {
  const times = new Map<string, number>();
  const opened = new Promise<Subscription>((resolve, reject) => {
    const subscription = client
      .stream({ method: 'GET', path, query: { watch: 'true', timeoutSeconds: '86400' } })
      .subscribe({
        next: (said) => {
          if (said._tag === 'Opened') return setImmediate(() => resolve(subscription));
          const { name } = recordOf(recordOf(recordOf(said.value)['object'])['metadata']);
          if (typeof name === 'string' && !times.has(name)) times.set(name, performance.now());
          return undefined;
        },
        error: reject,
      });
  });
  const subscription = await opened;
  return {
    at: async (name: string): Promise<number> => {
      for (;;) {
        const time = times.get(name);
        if (time !== undefined) return time;
        if (subscription.closed) throw new Error('expected the watch to go on');
        await setImmediatePromise();
      }
    },
    stop: () => subscription.unsubscribe(),
  };
};
