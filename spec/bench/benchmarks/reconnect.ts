import { BehaviorSubject } from 'rxjs';

import type { Benchmark, Row } from '../benchmark.ts';
import { figures, sampled } from '../figures.ts';
import { withFleet, type Fleet } from '../fleet/fleet.ts';
import { syntheticSnapshot, warmRequests, type FleetSize } from '../fleet/synthetic-fleet.ts';

/** From many Envoys that come back, all at once and holding everything, to the last one known. */
export const benchmark: Benchmark = {
  name: 'reconnect',
  what:
    'N simulated Envoys connect at the same moment, each on a connection of its own, and say what ' +
    'they hold: 1,000 route tables with their scopes and 200 clusters with their endpoints. It is over ' +
    'when the server has settled that the last of them needs nothing. Then one Envoy comes back alone, ' +
    'which holds 100,000 clusters with their endpoints.',
  aim: '1,000 Envoys within 3 s, 0 resources',
  sizes: [10, 100, 1_000],
  run: async ({ sizes, samples, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes) {
      progress(`${n} Envoys`);
      rows.push(...(await measured(n, usual, Math.min(samples, 10))));
    }
    progress('one Envoy with 100,000 clusters');
    const alone = await measured(1, { shards: 1_000, clusters: 100_000 }, Math.min(samples, 10));
    return [
      ...rows,
      ...alone.map(({ aim: _, ...row }) => ({ ...row, what: `${row.what}, 100,000 clusters` })),
    ];
  },
};

const usual: FleetSize = { shards: 1_000, clusters: 200 };

const measured = async (n: number, size: FleetSize, samples: number): Promise<readonly Row[]> => {
  const snapshot = syntheticSnapshot(size);
  const requests = warmRequests(snapshot);
  return await withFleet(new BehaviorSubject({ snapshot }), async (fleet) => {
    await comeBack(fleet, n, requests);
    await fleet.envoys.received();
    const times = await sampled({ samples, seconds: 60 }, () => comeBack(fleet, n, requests));
    const { resources } = await fleet.envoys.received();
    return [
      {
        what: 'all are back',
        n,
        unit: 'ms',
        ...figures(times),
        ...(n === 1000 ? { aim: { p50: 3_000 } } : {}),
      },
      { what: 'resources sent', n, unit: 'count', p50: resources, aim: { p50: 0 } },
    ];
  });
};

const comeBack = async (
  { envoys, answered, leave }: Fleet,
  n: number,
  requests: readonly Buffer[],
): Promise<number> => {
  const back = answered(1, n);
  const began = performance.now();
  await Promise.all([envoys.connect(n, requests), back]);
  const taken = performance.now() - began;
  await leave();
  return taken;
};
