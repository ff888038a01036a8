// The long run, 1,000 edits: HEADGATE_LONG=1 npx ava spec/reliability/growth.spec.ts
import test from 'ava';

import type { NamedCollection } from '../../src/collection/operator/named-collections.ts';
import { TypeUrl } from '../../src/xds/type-url.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  aPlace,
  caughtUp,
  settled,
  startHeadgate,
  usage,
} from '../_support/process/headgate-process.ts';
import { edit } from '../_support/world/edits.ts';
import { aFolderOf, startPorts, writeWorld } from '../_support/world/steady-world.ts';

const edits = process.env['HEADGATE_LONG'] === undefined ? 150 : 1005;

test('nothing is left behind by many edits', async (t) => {
  t.timeout(300_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  await writeWorld(folder, ports);
  const headgate = startHeadgate(t, place, [], undefined, ['--max-old-space-size=64']);
  await settled(headgate);
  const look = async () => {
    const stats = await place.admin.stats(
      '^(cluster_manager.(active|warming)|listener_manager.total_(listeners|filter_chains))',
    );
    return {
      controlPlane: usage(headgate.pid),
      envoy: usage(place.envoy()),
      clusters: stats.get('cluster_manager.active_clusters'),
      warming: stats.get('cluster_manager.warming_clusters'),
      listeners: stats.get('listener_manager.total_listeners_active'),
      draining: stats.get('listener_manager.total_filter_chains_draining'),
    };
  };
  const editAll = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n += 1) {
      await edit(folder, ports, n);
      if (n % 3 === 0) await caughtUp(headgate, place);
    }
    await caughtUp(headgate, place);
    await eventually('nothing is warming', async () => (await look()).warming === 0);
    await eventually('what is gone is removed', async () => {
      const steps = await headgate.debug<readonly NamedCollection[]>('steps');
      const [stream] = await headgate.streams();
      const held = Object.keys(stream?.types[TypeUrl.Cluster]?.held ?? {}).length;
      return held === steps.find(({ name }) => name === 'snapshot/clusters')?.entries;
    });
  };

  await editAll(0, edits / 5 - ((edits / 5) % 15));
  const before = await look();
  await editAll(edits / 5 - ((edits / 5) % 15), edits);
  const after = await look();

  t.log(`before ${JSON.stringify(before)}`);
  t.log(`after ${JSON.stringify(after)}`);
  t.is(after.clusters, before.clusters);
  t.is(after.listeners, before.listeners);
  t.true(after.controlPlane.files <= before.controlPlane.files + 2);
  t.true(after.controlPlane.mebibytes <= before.controlPlane.mebibytes + 50);
  const drained = (after.draining ?? 0) - (before.draining ?? 0);
  t.true(after.envoy.files <= before.envoy.files + drained + 4, 'old listeners drain for a while');
  t.true(after.envoy.mebibytes <= before.envoy.mebibytes + 60);
  t.is(await headgate.end('SIGINT'), 0);
});
