// The long run, at least 315 edits of each group: HEADGATE_LONG=1 npx ava spec/reliability/hot-edits.spec.ts
import test from 'ava';

import type { EnvoyAdmin } from '../../src/edge/envoy/envoy-admin.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { startAnnotationEditors } from '../_support/hot/annotation-editors.ts';
import { startAuthEditors } from '../_support/hot/auth-editors.ts';
import { startConsulEditors } from '../_support/hot/consul-editors.ts';
import type { EditorGroup } from '../_support/hot/editor.ts';
import { editors } from '../_support/hot/editors.ts';
import { startHotWorld } from '../_support/hot/hot-world.ts';
import { startIngressEditors } from '../_support/hot/ingress-editors.ts';
import { startLimitEditors } from '../_support/hot/limit-editors.ts';
import { startObserverEditors } from '../_support/hot/observer-editors.ts';
import { showTallies } from '../_support/hot/tally.ts';

const isLong = process.env['HEADGATE_LONG'] !== undefined;
/** So many requests or messages of each kind follow an edit before the next one. */
const each = 4;

/** Edits every kind of a group in turn, under traffic of all kinds; the short form has these rounds. */
const isHot = (of: string, short: number, start: () => Promise<EditorGroup>): void =>
  test.serial(`${of} are edited and no request fails, no connection is dropped`, async (t) => {
    t.timeout(1_800_000);
    const group = await start();
    t.teardown(group.stop);
    const world = await startHotWorld(t, group);
    const { gateway, counts, more, edit } = world;
    await more(each);
    const rounds = isLong ? Math.ceil(315 / group.editors.length) : short;
    for (let round = 1; round <= rounds; round += 1)
      for (const editor of group.editors) {
        const before = await draining(gateway.envoy);
        counts.begin(editor.kind);
        counts.now().edits += 1;
        await edit(editor, round);
        await more(each);
        counts.now().drained += Math.max(0, (await draining(gateway.envoy)) - before);
      }
    const kinds = ['nothing', ...group.editors.map(({ kind }) => kind)];
    t.log(`\n${showTallies(counts, kinds)}`);
    for (const { kind, leaves } of group.editors)
      if (leaves !== undefined) t.log(`${kind}: ${leaves}`);
    for (const kind of kinds) {
      const { failed, dropped, unguarded, answered } = counts.of(kind);
      t.deepEqual({ failed, dropped, unguarded }, { failed: [], dropped: [], unguarded: [] }, kind);
      t.true(answered > 0, kind);
    }
    t.deepEqual(
      group.editors.map(({ kind }) => [kind, counts.of(kind).drained > 0]),
      group.editors.map(({ kind, leaves }) => [kind, leaves !== undefined]),
    );
    // What is told is gathered by Envoy, and of a connection when it ends; traffic goes on meanwhile.
    await eventually('every service is asked or told', () => (group.unused?.() ?? []).length === 0);
  });

isHot(
  'objects of every kind',
  3,
  async () => await Promise.resolve({ editors, stop: async () => Promise.resolve() }),
);
isHot('AuthServices', 2, startAuthEditors);
isHot('RateLimitServices', 1, startLimitEditors);
isHot('LogServices and TracingServices', 1, startObserverEditors);
isHot('services of Consul and their resolver', 2, startConsulEditors);
isHot('annotations', 1, startAnnotationEditors);
isHot('Ingresses', 2, startIngressEditors);

/** How many filter chains and listeners drain: for as long as the drain time, which is longer than a run. */
const draining = async (envoy: EnvoyAdmin): Promise<number> => {
  const stats = await envoy.stats('listener_manager.total_(filter_chains|listeners)_draining');
  return [...stats.values()].reduce((sum, one) => sum + one, 0);
};
