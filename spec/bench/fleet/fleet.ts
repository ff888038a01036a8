import { filter, firstValueFrom, type Observable, scan } from 'rxjs';

import { adsServer, type AdsServer } from '../../../src/edge/ads/ads-server.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { simulatedEnvoys, type SimulatedEnvoys } from './simulated-envoys.ts';

/** An ADS server in this process and simulated Envoys in another one. */
export interface Fleet {
  readonly server: AdsServer;
  readonly envoys: SimulatedEnvoys;
  /** Settles when so many streams have answered all of a snapshot. */
  readonly answered: (seq: number, count: number) => Promise<void>;
  /** Ends all streams. */
  readonly leave: () => Promise<void>;
}

/** Starts both, uses them and ends them. */
export const withFleet = async <A>(
  published$: Observable<{ readonly snapshot: Snapshot }>,
  use: (fleet: Fleet) => Promise<A>,
): Promise<A> => {
  const server = adsServer({ address: { _tag: 'Tcp', host: '127.0.0.1', port: 0 }, published$ });
  const { local } = await server.start();
  if (local._tag !== 'Tcp') throw new Error('expected a port');
  const envoys = await simulatedEnvoys(`http://127.0.0.1:${local.port}`);
  try {
    return await use({
      server,
      envoys,
      answered: async (seq, count) => {
        await firstValueFrom(
          server.telemetry$.pipe(
            filter((told) => told._tag === 'Answered' && told.seq === seq),
            scan((answers) => answers + 1, 0),
            filter((answers) => answers === count),
          ),
        );
      },
      leave: async () => {
        await envoys.leave();
        while (server.standings().length > 0) await new Promise((done) => setTimeout(done, 5));
      },
    });
  } finally {
    await envoys.end();
    server.kill();
  }
};
