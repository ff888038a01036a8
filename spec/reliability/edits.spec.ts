// The long run, 60 s and 360 edits: HEADGATE_LONG=1 npx ava spec/reliability/edits.spec.ts
import { setTimeout } from 'node:timers/promises';

import test from 'ava';

import { edit } from '../_support/edits.ts';
import { aPlace, settled, startHeadgate } from '../_support/headgate-process.ts';
import { showLoad, slowSave, startLoad, unexplained } from '../_support/load.ts';
import { aFolderOf, startPorts, targets, writeWorld } from '../_support/steady-world.ts';

const isLong = process.env['HEADGATE_LONG'] !== undefined;
const edits = isLong ? 360 : 105;
const every = 166;

test('no request fails while manifests are edited in every way', async (t) => {
  t.timeout(120_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  await writeWorld(folder, ports);
  const headgate = startHeadgate(t, place, ['--drain-time', '10']);
  await settled(headgate);

  const load = startLoad(t, targets(ports));
  const slowSaves: number[] = [];
  const began = performance.now();
  for (let n = 0; n < edits; n += 1) {
    await setTimeout(Math.max(0, began + (n + 1) * every - performance.now()));
    if ((await edit(folder, ports, n)) > slowSave) slowSaves.push(Date.now());
  }
  await settled(headgate);
  const report = await load.stop();

  t.log(
    `${edits} edits; ${showLoad(report)}; answers ${JSON.stringify(report.answers)}; ${slowSaves.length} slow saves`,
  );
  t.log(`${await headgate.metric('headgate_pushes_total')} responses`);
  t.is(await headgate.metric('headgate_nacks_total'), 0);
  t.true(report.sent >= 350 * report.seconds);
  t.true((report.answers['one'] ?? 0) > 0 && (report.answers['two'] ?? 0) > 0);
  t.deepEqual(unexplained(report, slowSaves), []);
  t.is(await headgate.end('SIGINT'), 0);
});
