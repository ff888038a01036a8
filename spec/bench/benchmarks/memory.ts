import { setTimeout } from 'node:timers/promises';

import type { Manifest } from '../../_support/world/builders.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { cluster, layouts } from '../cluster.ts';
import { held } from '../collect-garbage.ts';
import { controlPlane } from '../control-plane.ts';
import { gatewayCluster } from '../gateway-cluster.ts';
import { withGateway, type Gateway } from '../gateway.ts';
import { mebibytesOf } from '../process-use.ts';
import { randomChange, randomNumbers } from '../change/random-change.ts';

/** How many random edits there are, and after how many of them memory is looked at. */
const [edits, step] = [100_000, 25_000];

/** Written to the API server at once before the control plane is waited for. */
const burst = 500;

/** What N Mappings take, and whether it grows. */
export const benchmark: Benchmark = {
  name: 'memory',
  what:
    'What the control plane (`headgate run`) and its real Envoy take with N Mappings in a wildcard ' +
    'Host and 1,000 Services, resident; the share of a Mapping is what they take above a cluster ' +
    'with none. Heap and buffers a Mapping, after a collection, are measured in one process with a ' +
    'simulated Envoy; those of an HTTPRoute, beside them. Then 100,000 random edits (routes, ' +
    'Services, new Mappings and their removal, endpoints), as fast as they are taken, and a look at ' +
    'memory after each 25,000.',
  aim: '3 KB of heap a Mapping, 400 MB at 100,000; flat under edits',
  sizes: [1_000, 10_000, 100_000],
  run: async ({ sizes, progress }) => {
    const rows: Row[] = [];
    const bare = await withGateway(gatewayOf(0), async (gateway) => await atRest(gateway));
    for (const n of sizes) {
      progress(`${n}, heap`);
      for (const layout of layouts)
        rows.push(await heapRow(`a Mapping, ${layout}`, () => cluster(layout, n), n));
      rows.push(await heapRow('an HTTPRoute of one Gateway', () => gatewayCluster(n), n));
      progress(`${n}, processes`);
      rows.push(
        ...(await withGateway(
          gatewayOf(n),
          async (gateway) => await processRows(gateway, n, bare, progress),
        )),
      );
    }
    return rows;
  },
};

const gatewayOf = (n: number) => ({
  objects: (port: number): readonly Manifest[] => cluster('wildcard Host', n, { port }),
});

/** The objects are made in it: they must not count, neither before nor after. */
const heapRow = async (
  what: string,
  objectsOf: () => readonly Manifest[],
  n: number,
): Promise<Row> => {
  const before = await held();
  const plane = controlPlane(asRead(objectsOf()));
  const bytes = ((await held()) - before) / n;
  if (plane.latest() === undefined) throw new Error('expected a publication');
  return {
    what: `heap and buffers ${what}`,
    n,
    unit: 'KiB',
    p50: bytes / 1024,
    aim: { p50: 3 },
  };
};

/** Objects as they are read: they share no strings with what a benchmark makes of them. */
const asRead = (objects: readonly Manifest[]): readonly Manifest[] =>
  objects.map((object) => JSON.parse(JSON.stringify(object)) as Manifest);

/** What two processes have, in MiB. */
interface Memory {
  readonly controlPlane: number;
  readonly envoy: number;
}

/** After a while in which nothing happens. */
const atRest = async (gateway: Gateway): Promise<Memory> => {
  await gateway.settled();
  await setTimeout(3000);
  const { headgate, envoyPid } = gateway;
  return { controlPlane: mebibytesOf(headgate.pid), envoy: mebibytesOf(envoyPid) };
};

const processRows = async (
  gateway: Gateway,
  n: number,
  bare: Memory,
  progress: (line: string) => void,
): Promise<readonly Row[]> => {
  const first = await atRest(gateway);
  const above = first.controlPlane - bare.controlPlane;
  const looks: Memory[] = [];
  const random = randomNumbers(n);
  for (let done = 0; done < edits; done += burst) {
    for (let i = 0; i < burst; i += 1) {
      const { type, object } = randomChange(n, random);
      gateway.api.say(type, object);
    }
    await taken(gateway, done + burst);
    if ((done + burst) % step !== 0) continue;
    looks.push(await atRest(gateway));
    progress(`${n}, ${done + burst} edits`);
  }
  const grown = (of: keyof Memory): Row => ({
    what: `${of === 'envoy' ? 'Envoy' : 'control plane'}, after ${edits} edits`,
    n,
    unit: 'MiB',
    p50: looks.at(-1)?.[of] ?? 0,
    max: Math.max(...looks.map((look) => look[of])),
    ratio: `${((looks.at(-1)?.[of] ?? 0) / (looks[0]?.[of] ?? 1)).toFixed(2)}× after ${step}`,
    note: looks.map((look) => Math.round(look[of])).join(' → '),
  });
  return [
    {
      what: 'control plane, at rest',
      n,
      unit: 'MiB',
      p50: first.controlPlane,
      ...(n === 100_000 && { aim: { p50: 400 } }),
    },
    { what: 'control plane, resident a Mapping', n, unit: 'KiB', p50: (above * 1024) / n },
    { what: 'Envoy, at rest', n, unit: 'MiB', p50: first.envoy },
    grown('controlPlane'),
    grown('envoy'),
  ];
};

/** Waits until the control plane has heard of so many edits. */
const taken = async ({ headgate }: Gateway, count: number): Promise<void> => {
  const heard = async () =>
    (await headgate.metric('headgate_events_total', 'type="Applied"')) +
    (await headgate.metric('headgate_events_total', 'type="Deleted"'));
  while ((await heard()) < count) await setTimeout(10);
};
