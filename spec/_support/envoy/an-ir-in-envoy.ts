import { filter, firstValueFrom, ReplaySubject } from 'rxjs';

import { adsServer } from '../../../src/edge/ads/ads-server.ts';
import { envoyAdmin, type EnvoyAdmin } from '../../../src/edge/envoy/envoy-admin.ts';
import { superviseEnvoy } from '../../../src/edge/envoy/envoy-supervisor.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import { dynamicBootstrap } from '../../../src/xds/bootstrap/dynamic-bootstrap.ts';
import { makeSnapshot, type SnapshotGraph } from '../../../src/xds/make-snapshot.ts';
import type { Verdict } from '../../../src/xds/session/discovery.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { isWarm } from './is-warm.ts';
import { aStateFolder, eventually, realEnvoy } from './supervised-envoy.ts';

/** A real Envoy that takes no unknown field, and gets over ADS what an IR stands for. */
export interface IrInEnvoy {
  readonly admin: EnvoyAdmin;
  /** Serves another IR and tells what Envoy made of it, when it has no more to wait for. */
  readonly serve: (ir: Ir) => Promise<Served>;
  readonly stop: () => Promise<void>;
}

/** What was sent for an IR, and what Envoy refused of it. */
interface Served extends Pick<Verdict, 'refused'> {
  readonly resources: Snapshot['resources'];
}

/** Starts an Envoy that has nothing yet. */
export const anIrInEnvoy = async (): Promise<IrInEnvoy> => {
  const { state, remove } = aStateFolder();
  const ads = { _tag: 'Unix', path: state.adsSocket } as const;
  const address = { _tag: 'Unix', path: state.adminSocket } as const;
  const published$ = new ReplaySubject<{ readonly snapshot: Snapshot }>(1);
  const server = adsServer({ address: ads, published$ });
  await server.start();
  const running = superviseEnvoy(
    {
      binary: await realEnvoy(),
      state,
      bootstrap: dynamicBootstrap({ nodeId: 'spec', nodeCluster: 'spec', ads, admin: address }),
      admin: address,
      ads,
      env: process.env,
      logLevel: 'warning',
      concurrency: 1,
      rejectUnknownFields: true,
      drain: { atLeast: 0, atMost: 600_000 },
    },
    new AbortController().signal,
  ).subscribe();
  const admin = envoyAdmin(address, 60_000);
  let graph: SnapshotGraph | undefined;
  let seq = 0;
  return {
    admin,
    serve: async (ir) => {
      graph = makeSnapshot(graph, ir);
      seq += 1;
      const { resources, certificates } = graph;
      const snapshot: Snapshot = { seq, resources, certificates };
      const verdict = firstValueFrom(
        server.envoys$.pipe(
          filter((one) => one._tag === 'Verdict'),
          filter((one) => one.seq === seq),
        ),
      );
      published$.next({ snapshot });
      const { refused } = await verdict;
      await eventually('Envoy uses what it has', async () => await isWarm(admin));
      return { resources, refused };
    },
    stop: async () => {
      running.unsubscribe();
      await server.stop();
      remove();
    },
  };
};
