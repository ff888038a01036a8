import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExecutionContext } from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { showLoad, startLoad, type LoadReport } from '../envoy/load.ts';
import { eventually as within } from '../envoy/supervised-envoy.ts';
import { freePort } from '../process/free-port.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  usage,
  type Headgate,
} from '../process/headgate-process.ts';
import { installCrds } from '../test-cluster/crds.ts';
import { startFaultProxy } from '../test-cluster/fault-proxy.ts';
import { startTestCluster, type TestClusterOptions } from '../test-cluster/test-cluster.ts';
import {
  backendPort,
  theBinding,
  theRights,
  worldManifests,
  worldTargets,
  type ClusterWorld,
} from './cluster-world.ts';

/** Waits as long as headgate waits at most before it asks again, and more for a busy machine. */
const eventually = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> =>
  await within(what, holds, 240);

const account = { namespace: 'default', name: 'headgate' };

/**
 * A cluster with a gateway in it, served by `headgate run` and a real Envoy, under steady load.
 *
 * Between headgate and the API server there is a proxy with faults. Runs in an `ownNetwork`.
 */
export const aClusterStory = async (t: ExecutionContext, options: TestClusterOptions = {}) => {
  t.timeout(600_000);
  const world: ClusterWorld = {
    ...{ http: await freePort(), https: await freePort() },
    ...{ one: '10.77.1.1', two: '10.77.1.2' },
  };
  for (const name of ['one', 'two'] as const) {
    const backend = await startBackend({ name, host: world[name], port: backendPort });
    t.teardown(backend.close);
  }
  const cluster = await startTestCluster(t, options);
  await installCrds(cluster);
  await cluster.apply([theRights(), theBinding(account), ...(await worldManifests(world))]);

  const proxy = await startFaultProxy(t, cluster);
  const tokenFile = join(cluster.folder, 'token');
  /** Gives headgate a new token, as the kubelet does. */
  const rotateToken = async (seconds = 3600): Promise<void> =>
    writeFileSync(tokenFile, await cluster.tokenFor(account.namespace, account.name, seconds));
  await rotateToken();

  const place = aPlace(t);
  const kubeconfig = cluster.kubeconfigWith(tokenFile, proxy);
  const headgate = startHeadgate(t, { ...place, kubeconfig }, [], undefined, heapLimits);
  await settled(headgate);
  const load = startLoad(t, worldTargets(world), { rate: 100 });
  const before = usage(headgate.pid);
  let report: Promise<LoadReport> | undefined;
  const stopLoad = async (): Promise<LoadReport> => await (report ??= load.stop());

  return {
    ...{ cluster, proxy, headgate, world, rotateToken, stopLoad },
    get: async (path: string): Promise<Response> =>
      await fetch(`http://127.0.0.1:${world.http}${path}`),
    /** Waits until a path is served by this backend, over a connection of its own. */
    served: async (path: string, by: 'one' | 'two'): Promise<void> =>
      await eventually(`${path} is served by ${by}`, async () => {
        const { status, headers } = await fetch(`http://127.0.0.1:${world.http}${path}`, {
          headers: { connection: 'close' },
        });
        return status === 200 && headers.get('x-service') === by;
      }),
    /** Waits until a path is answered with this status. */
    answers: async (path: string, wanted: number): Promise<void> =>
      await eventually(`${path} is answered with ${wanted}`, async () => {
        const { status } = await fetch(`http://127.0.0.1:${world.http}${path}`);
        return status === wanted;
      }),
    /** Waits until the log has a line that matches, and checks that it is the only one. */
    says: async (expression: RegExp): Promise<void> => {
      const found = (): readonly string[] => headgate.lines.filter((line) => expression.test(line));
      await eventually(`the log says ${expression.source}`, () => found().length > 0);
      t.is(found().length, 1, found().join('\n'));
    },
    /**
     * Checks that nothing failed, and that everything is as if headgate had just started.
     *
     * Its memory may grow with what was there in between, by this many mebibytes.
     */
    endsWell: async (mebibytes = 60): Promise<void> => {
      await settled(headgate);
      const fresh = startHeadgate(
        t,
        { state: `${place.state}-fresh`, kubeconfig: cluster.kubeconfig },
        ['--no-envoy'],
      );
      await eventually(
        'a fresh control plane has read everything',
        async () => (await snapshotOf(fresh).catch(() => [])).length > 0,
      );
      await eventually('both have the same configuration', async () =>
        isEqual(await snapshotOf(headgate), await snapshotOf(fresh)),
      ).catch(async () => t.deepEqual(await snapshotOf(headgate), await snapshotOf(fresh)));
      t.is(await fresh.end('SIGTERM'), 0);
      const report = await stopLoad();
      const after = usage(headgate.pid);
      t.log(`${showLoad(report)}; ${before.mebibytes} MiB before, ${after.mebibytes} MiB after`);
      t.deepEqual(report.failures, []);
      t.true(after.mebibytes <= before.mebibytes + mebibytes);
      t.true(
        after.files <= before.files + 10,
        `${before.files} files before, ${after.files} after`,
      );
      t.is(await headgate.end('SIGTERM'), 0);
    },
  };
};

/** The heap is small, so that garbage is collected and what is kept must fit. */
const heapLimits = ['--max-old-space-size=160', '--max-semi-space-size=8'];

/** A story that is under way. */
export type ClusterStory = Awaited<ReturnType<typeof aClusterStory>>;

/** Every resource that is served, with its content. */
const snapshotOf = async (headgate: Headgate): Promise<readonly unknown[]> =>
  (await headgate.debug<{ readonly resources: readonly unknown[] }>('snapshot')).resources;

const isEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
