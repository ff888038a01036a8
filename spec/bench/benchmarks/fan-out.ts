import { setTimeout } from 'node:timers/promises';

import { BehaviorSubject } from 'rxjs';

import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { aimAt, figures, sampled } from '../figures.ts';
import { withFleet, type Fleet } from '../fleet/fleet.ts';
import { syntheticSnapshot, warmRequests, withEdit } from '../fleet/synthetic-fleet.ts';

/** From a snapshot with one change to the last acknowledgement of many Envoys. */
export const benchmark: Benchmark = {
  name: 'fan-out',
  what:
    'From the moment at which a snapshot with one changed resource is published to the last ' +
    'acknowledgement of it by N simulated Envoys: a connection, a stream and real gRPC for each, all ' +
    'of them in one other process. Every Envoy holds 1,000 route tables of 8 KB with their scopes, ' +
    'and 200 clusters with their endpoints.',
  aim: 'one change to 1,000 Envoys: last acknowledgement within 100 ms',
  sizes: [10, 100, 1_000],
  run: async ({ sizes, samples, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes) {
      progress(`${n} Envoys`);
      const snapshot = syntheticSnapshot({ shards: 1_000, clusters: 200 });
      const published$ = new BehaviorSubject({ snapshot });
      const found = await withFleet(published$, async (fleet) => {
        const connected = fleet.answered(snapshot.seq, n);
        await fleet.envoys.connect(n, warmRequests(snapshot));
        await connected;
        return [
          await row('a route table', TypeUrl.Routes, { n, samples, fleet, published$ }),
          await row('endpoints', TypeUrl.Endpoints, { n, samples, fleet, published$ }),
        ];
      });
      rows.push(...found);
    }
    return rows;
  },
};

interface Measured {
  readonly n: number;
  readonly samples: number;
  readonly fleet: Fleet;
  readonly published$: BehaviorSubject<{ readonly snapshot: Snapshot }>;
}

const row = async (
  what: string,
  typeUrl: TypeUrl,
  { n, samples, fleet, published$ }: Measured,
): Promise<Row> => {
  const publish = async (): Promise<number> => {
    // Snapshots are counted, so that no content ever comes back: Envoys would hold it already.
    const before = published$.value.snapshot;
    const snapshot = withEdit(before, typeUrl, before.seq);
    const answered = fleet.answered(snapshot.seq, n);
    const began = performance.now();
    published$.next({ snapshot });
    await answered;
    const taken = performance.now() - began;
    await setTimeout(5);
    return taken;
  };
  await sampled({ samples: 30, seconds: 10 }, publish);
  await fleet.envoys.received();
  const times = await sampled({ samples, seconds: 30 }, publish);
  const { bytes, resources } = await fleet.envoys.received();
  if (resources !== n * times.length)
    throw new Error(`expected ${n * times.length} resources to be sent, found ${resources}`);
  return {
    what: `${what}, last acknowledgement`,
    n,
    unit: 'ms',
    ...figures(times),
    ...aimAt({ 1000: { p50: 100 } }, n),
    note: `${Math.round(bytes / n / times.length)} bytes an Envoy`,
  };
};
