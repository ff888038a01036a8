import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { withClusterGateway, type ClusterGateway } from './cluster-gateway.ts';
import { quantile } from './quantile.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mappings: { type: 'string' },
    seconds: { type: 'string', default: '60' },
  },
});
const [name = 'apply'] = positionals;

/** Mappings created one after another, each with its own host: from the request to the first 200. */
const apply =
  (count: number) =>
  async (gateway: ClusterGateway): Promise<void> => {
    for (let i = 0; i < 50; i += 1) await served(gateway, `warm-${i}`);
    const before = gateway.usage();
    const samples: number[] = [];
    const stored: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const { total, created } = await served(gateway, `site-${i}`);
      samples.push(total);
      stored.push(created);
    }
    const after = gateway.usage();
    print(`${count} Mappings one after another, each its own host: request → first 200`, samples);
    print('of which the API server took until it answered', stored);
    console.log(
      `control plane: ${after.mebibytes} MiB, ${(after.cpuSeconds - before.cpuSeconds).toFixed(1)} s CPU`,
    );
  };

const served = async ({ ask, create }: ClusterGateway, site: string) => {
  const start = performance.now();
  await create(site);
  const created = performance.now() - start;
  while ((await ask(site)) !== 200)
    if (performance.now() - start > 30_000) throw new Error(`${site} is not served after 30 s`);
  return { created, total: performance.now() - start };
};

/** What a control plane costs that has nothing to do. */
const idle =
  (count: number, seconds: number) =>
  async (gateway: ClusterGateway): Promise<void> => {
    const left = Array.from({ length: count }, (_, i) => `site-${i}`);
    const creator = async (): Promise<void> => {
      for (let site = left.pop(); site !== undefined; site = left.pop()) await gateway.create(site);
    };
    await Promise.all(Array.from({ length: 8 }, creator));
    while ((await gateway.headgate.metric('headgate_status_pending')) > 0) await setTimeout(1000);
    await setTimeout(5000);
    const [before, sentBefore] = [gateway.usage(), traffic(gateway.headgate.pid)];
    await setTimeout(seconds * 1000);
    const [after, sentAfter] = [gateway.usage(), traffic(gateway.headgate.pid)];
    const minutes = seconds / 60;
    console.log(
      `${count} Mappings, idle for ${seconds} s: ${after.mebibytes} MiB, ` +
        `${((after.cpuSeconds - before.cpuSeconds) / minutes).toFixed(2)} s CPU a minute, ` +
        `${Math.round((sentAfter - sentBefore) / 1024 / minutes)} KiB read and written a minute`,
    );
  };

/** Bytes that a process has read and written, sockets and files. */
const traffic = (pid: number): number =>
  [...readFileSync(`/proc/${pid}/io`, 'utf8').matchAll(/^[rw]char: (\d+)$/gm)].reduce(
    (sum, [, bytes]) => sum + Number(bytes),
    0,
  );

const print = (what: string, samples: readonly number[]): void => {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  const figures = [
    ['mean', mean],
    ['p50', quantile(samples, 0.5)],
    ['p99', quantile(samples, 0.99)],
    ['max', quantile(samples, 1)],
  ] as const;
  console.log(`${what}: ${figures.map(([of, ms]) => `${of} ${ms.toFixed(1)} ms`).join(', ')}`);
};

const inside = 'HEADGATE_OWN_NETWORK';

if (process.env[inside] === undefined) {
  const script = 'ip link set lo up && ip route add local 10.77.0.0/16 dev lo && exec "$0" "$@"';
  const { status } = spawnSync(
    'unshare',
    ['--net', '--map-root-user', 'sh', '-c', script, process.execPath, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, [inside]: 'bench' } },
  );
  process.exitCode = status ?? 1;
} else {
  console.log(`${name}: ${availableParallelism()} cores, Node ${process.version}`);
  if (name === 'apply') await withClusterGateway(apply(Number(flags.mappings ?? 1000)));
  else if (name === 'idle')
    await withClusterGateway(idle(Number(flags.mappings ?? 10_000), Number(flags.seconds)));
  else throw new Error('expected apply or idle');
}
