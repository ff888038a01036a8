// The long run, 315 edits: HEADGATE_LONG=1 npx ava spec/reliability/hot-edits.spec.ts
import test from 'ava';

import type { EnvoyAdmin } from '../../src/edge/envoy/envoy-admin.ts';
import { editors } from '../_support/hot/editors.ts';
import { startHotWorld } from '../_support/hot/hot-world.ts';
import { showTallies } from '../_support/hot/tally.ts';

const rounds = process.env['HEADGATE_LONG'] === undefined ? 3 : Math.ceil(315 / editors.length);
/** So many requests or messages of each kind follow an edit before the next one. */
const each = 4;

test('objects of every kind are edited and no request fails, no connection is dropped', async (t) => {
  t.timeout(900_000);
  const world = await startHotWorld(t, editors);
  const { gateway, counts, more } = world;
  await more(each);
  for (let round = 1; round <= rounds; round += 1)
    for (const { kind, manifests } of editors) {
      const before = await draining(gateway.envoy);
      counts.begin(kind);
      counts.now().edits += 1;
      await gateway.apply(`${kind}.yaml`, manifests(round, world));
      await more(each);
      counts.now().drained += Math.max(0, (await draining(gateway.envoy)) - before);
    }
  const kinds = ['nothing', ...editors.map(({ kind }) => kind)];
  t.log(`\n${showTallies(counts, kinds)}`);
  for (const { kind, leaves } of editors) if (leaves !== undefined) t.log(`${kind}: ${leaves}`);
  for (const kind of kinds) {
    const { failed, dropped, answered } = counts.of(kind);
    t.deepEqual({ failed, dropped }, { failed: [], dropped: [] }, kind);
    t.true(answered > 0, kind);
  }
  t.deepEqual(
    editors.map(({ kind }) => [kind, counts.of(kind).drained > 0]),
    editors.map(({ kind, leaves }) => [kind, leaves !== undefined]),
  );
});

/** How many filter chains and listeners drain: for as long as the drain time, which is longer than a run. */
const draining = async (envoy: EnvoyAdmin): Promise<number> => {
  const stats = await envoy.stats('listener_manager.total_(filter_chains|listeners)_draining');
  return [...stats.values()].reduce((sum, one) => sum + one, 0);
};
