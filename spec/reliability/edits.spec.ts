// The long run, 360 edits: HEADGATE_LONG=1 npx ava spec/reliability/edits.spec.ts
import test from 'ava';

import { showLoad, slowSave, startLoad, unexplained, type Gap } from '../_support/envoy/load.ts';
import { aPlace, caughtUp, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { edit } from '../_support/world/edits.ts';
import { aFolderOf, startPorts, targets, writeWorld } from '../_support/world/steady-world.ts';

const isLong = process.env['HEADGATE_LONG'] !== undefined;
const edits = isLong ? 360 : 105;
/** So many requests are answered between each two edits. */
const requestsEach = 60;

test('no request fails while manifests are edited in every way', async (t) => {
  t.timeout(600_000);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  await writeWorld(folder, ports);
  const headgate = startHeadgate(t, place, ['--drain-time', '600']);
  await settled(headgate);

  const load = startLoad(t, targets(ports));
  const gaps: Gap[] = [];
  for (let n = 0; n < edits; n += 1) {
    await load.more(requestsEach);
    const from = Date.now();
    if ((await edit(folder, ports, n)) <= slowSave) continue;
    await caughtUp(headgate, place);
    await load.more(0);
    gaps.push({ from, to: Date.now() });
  }
  await caughtUp(headgate, place);
  await load.more(requestsEach);
  const report = await load.stop();

  t.log(
    `${edits} edits; ${showLoad(report)}; answers ${JSON.stringify(report.answers)}; ${gaps.length} slow saves`,
  );
  t.log(`${await headgate.metric('headgate_pushes_total')} responses`);
  t.is(await headgate.metric('headgate_nacks_total'), 0);
  t.true(report.sent >= edits * requestsEach);
  t.true((report.answers['one'] ?? 0) > 0 && (report.answers['two'] ?? 0) > 0);
  t.deepEqual(unexplained(report, gaps).slice(0, 8), []);
  t.is(await headgate.end('SIGINT'), 0);
});
